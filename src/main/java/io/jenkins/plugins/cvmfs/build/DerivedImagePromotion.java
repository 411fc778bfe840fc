package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.agent.Belongings;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.EngineVariables;
import io.jenkins.plugins.cvmfs.config.RegistryCredentials;
import io.jenkins.plugins.cvmfs.engine.login.LoginChoice;
import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.runner.BuildId;
import io.jenkins.plugins.cvmfs.engine.runner.ImagePromotion;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.PromotionSpec;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import io.jenkins.plugins.cvmfs.pages.FailedImage;
import io.jenkins.plugins.cvmfs.pages.ImageArchive;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Adds tags to an image in a run. Credentials are found as for a build that pushes. */
public final class DerivedImagePromotion {
    private final Surroundings in;

    public DerivedImagePromotion(Surroundings in) {
        this.in = in;
    }

    /**
     * Promotes the image and archives the record. Blocks until done.
     *
     * @param image {@code name@sha256:...}
     * @param tags the tags to add
     * @param credentialsId for the registry of the tags, instead of those of the system configuration; or null
     * @throws AbortException if a tag could not be added, with the complete explanation for the user
     */
    public PromotionRecord perform(String image, Collection<String> tags, String credentialsId)
            throws IOException, InterruptedException {
        String id = BuildId.create();
        FilePath directory = in.privateDirectory(id);
        Ready ready = ready(directory, image, tags, credentialsId);
        MaskedListener log = ready.log();
        try {
            PromotionRecord made = new ImagePromotion(ready.site(), ready.spec()).run(ready.logins());
            new ImageArchive(in.run(), in.launcher(), in.listener()).keep(id, Map.of("promotion.json", made.toJson()));
            DerivedImageAction.promoted(in.run(), id, made);
            made.references().forEach(reference -> log.getLogger().println("Promoted " + reference));
            return made;
        } catch (BuildFailedException e) {
            DerivedImageAction.failed(
                    in.run(), FailedImage.of(e.finding(), log::apply).ofPromotion());
            throw new AbortException(log.apply(e.getMessage()));
        } finally {
            ready.site().close();
            log.end();
        }
    }

    private record Ready(PromotionSpec spec, AgentSite site, MaskedListener log, Map<String, String> logins) {}

    /** The same order as for a build: checks, policy, credentials. Nothing is written to the agent yet. */
    private Ready ready(FilePath directory, String image, Collection<String> tags, String credentialsId)
            throws IOException, InterruptedException {
        try {
            in.requireUnix("images are promoted");
            PromotionSpec spec = spec(image, tags);
            Optional<Map<String, String>> agents = in.agentsEnvironment();
            refuseUnlessAllowed(agents);
            return ready(directory, spec, credentialsId, agents);
        } catch (AbortException e) {
            // It is shown when the block that hides the variables has ended.
            String message = new MaskedListener(in.listener(), in.sensitive()).apply(e.getMessage());
            DerivedImageAction.failed(in.run(), new FailedImage(message, "", "").ofPromotion());
            throw new AbortException(message);
        }
    }

    private void refuseUnlessAllowed(Optional<Map<String, String>> agents) throws AbortException {
        Optional<String> refusal =
                DerivedImageConfiguration.get().getPolicy().promotionRefusal(in.changedVariables(agents));
        if (refusal.isPresent()) {
            throw new AbortException(refusal.get());
        }
    }

    private Ready ready(
            FilePath directory, PromotionSpec spec, String credentialsId, Optional<Map<String, String>> agents)
            throws IOException, InterruptedException {
        LoginChoice choice = RegistryCredentials.choice(
                spec.tags(),
                List.of(spec.source()),
                credentialsId == null ? Map.of() : Map.of(credentialsId, spec.tags()));
        choice.warnings().forEach(in.listener().getLogger()::println);
        Map<String, String> auths = RegistryCredentials.auths(in.run(), choice);
        String agentsConfiguration =
                agents.map(own -> own.get(EngineVariables.CONFIGURATION)).orElse(null);
        MaskedListener log = in.masked(auths, List.of());
        in.workspace().mkdirs();
        AgentSite site = in.site(directory, log, new Belongings(auths, Map.of(), agentsConfiguration, null));
        return new Ready(spec, site, log, RegistryCredentials.names(choice));
    }

    private static PromotionSpec spec(String image, Collection<String> tags) throws AbortException {
        try {
            return PromotionSpec.of(image, tags);
        } catch (InvalidSpecException e) {
            throw new AbortException(e.message(UnaryOperator.identity()));
        }
    }
}
