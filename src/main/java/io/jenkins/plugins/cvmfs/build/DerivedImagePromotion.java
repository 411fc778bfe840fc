package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.agent.Belongings;
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
import io.jenkins.plugins.cvmfs.pages.ImageArchive;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
        PromotionSpec spec = spec(image, tags);
        if (!in.launcher().isUnix()) {
            throw new AbortException("This agent runs Windows; images are promoted on agents that run Linux. "
                    + "Choose one by its label.");
        }
        String id = BuildId.create();
        in.workspace().mkdirs();
        FilePath directory = in.privateDirectory(id);
        LoginChoice choice = RegistryCredentials.choice(spec.tags(), List.of(spec.source()), credentialsId);
        choice.warnings().forEach(in.listener().getLogger()::println);
        Map<String, String> auths = RegistryCredentials.auths(in.run(), choice);
        String agentsConfiguration = in.agentsEnvironment()
                .map(own -> own.get(EngineVariables.CONFIGURATION))
                .orElse(null);
        MaskedListener log = in.masked(auths, List.of());
        AgentSite site = new AgentSite(
                directory,
                in.workspace(),
                in.launcher(),
                in.env(),
                log,
                new Belongings(auths, Map.of(), agentsConfiguration, null));
        try {
            PromotionRecord made = new ImagePromotion(site, spec).run(RegistryCredentials.names(choice));
            new ImageArchive(in.run(), in.launcher(), in.listener())
                    .keep(directory, id, Map.of("promotion.json", made.toJson()));
            DerivedImageAction.promoted(in.run(), made);
            made.references().forEach(reference -> log.getLogger().println("Promoted " + reference));
            return made;
        } catch (BuildFailedException e) {
            throw new AbortException(log.apply(e.getMessage()));
        } finally {
            site.close();
            log.end();
        }
    }

    private static PromotionSpec spec(String image, Collection<String> tags) throws AbortException {
        try {
            return PromotionSpec.of(image, tags);
        } catch (InvalidSpecException e) {
            throw new AbortException(e.message(UnaryOperator.identity()));
        }
    }
}
