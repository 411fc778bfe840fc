package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.agent.Belongings;
import io.jenkins.plugins.cvmfs.config.EngineVariables;
import io.jenkins.plugins.cvmfs.config.RegistryCredentials;
import io.jenkins.plugins.cvmfs.engine.login.AuthFile;
import io.jenkins.plugins.cvmfs.engine.login.DockerConfig;
import io.jenkins.plugins.cvmfs.engine.login.LoginChoice;
import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.runner.BuildId;
import io.jenkins.plugins.cvmfs.engine.runner.ImagePromotion;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.PromotionSpec;
import io.jenkins.plugins.cvmfs.pages.ImageArchive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Gives further names to an image in a run; credentials are found as for a build that pushes. */
public final class DerivedImagePromotion {
    private final Surroundings in;

    public DerivedImagePromotion(Surroundings in) {
        this.in = in;
    }

    /**
     * Promotes, and archives the record, while the thread waits.
     *
     * @param image {@code name@sha256:...}
     * @param tags the further names
     * @param credentialsId for the registry of the tags, instead of those of the system configuration; or null
     * @throws AbortException with everything a user needs to know, if a registry lacks a name
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
        MaskedListener log = masked(auths);
        AgentSite site = new AgentSite(
                directory,
                in.workspace(),
                in.launcher(),
                in.env(),
                log,
                new Belongings(auths, Map.of(), agentsConfiguration()));
        try {
            PromotionRecord made = new ImagePromotion(site, spec).run(RegistryCredentials.names(choice));
            new ImageArchive(in.run(), in.launcher(), in.listener())
                    .keep(directory, id, Map.of("promotion.json", made.toJson()));
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

    private MaskedListener masked(Map<String, String> auths) {
        List<String> hidden = new ArrayList<>(AuthFile.hidden(auths.values()));
        hidden.addAll(DockerConfig.hidden(in.env()));
        hidden.addAll(in.sensitive());
        return new MaskedListener(in.listener(), hidden);
    }

    private String agentsConfiguration() throws IOException, InterruptedException {
        Computer computer = in.computer();
        return computer == null
                ? null
                : EngineVariables.of(computer, in.listener()).get(EngineVariables.CONFIGURATION);
    }
}
