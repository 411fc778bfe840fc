package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.cvmfs.agent.AgentFiles;
import io.jenkins.plugins.cvmfs.agent.AgentProbe;
import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.agent.Belongings;
import io.jenkins.plugins.cvmfs.config.AskedPowers;
import io.jenkins.plugins.cvmfs.config.Asker;
import io.jenkins.plugins.cvmfs.config.BuilderOptions;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.EngineVariables;
import io.jenkins.plugins.cvmfs.config.RegistryCredentials;
import io.jenkins.plugins.cvmfs.engine.diagnosis.AccessChoice;
import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.login.ImagesUsed;
import io.jenkins.plugins.cvmfs.engine.login.LoginChoice;
import io.jenkins.plugins.cvmfs.engine.options.CvmfsAccess;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.record.BuildLines;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.SecretWarnings;
import io.jenkins.plugins.cvmfs.engine.tags.Naming;
import io.jenkins.plugins.cvmfs.engine.tags.RunEnvironment;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import io.jenkins.plugins.cvmfs.pages.FailedImage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes a build ready, in one order for all front ends: pure checks, then the policy, then credentials, then the plan.
 * A build that is refused has used no credentials and has started no process, but those that look at the agent where
 * the access to CVMFS is left open.
 */
public final class BuildPreparation {
    private final Surroundings in;
    private final ImageOptions options;
    private final UnaryOperator<String> expansion;
    private final DerivedImageConfiguration configuration;
    private final AgentFiles files;
    private final MaskedListener known;
    private final Naming naming;

    /**
     * @param in what Jenkins gives
     * @param options what is wanted
     * @param expansion of variables in the options
     */
    public BuildPreparation(Surroundings in, ImageOptions options, UnaryOperator<String> expansion) {
        this.in = in;
        this.options = options;
        this.expansion = expansion;
        this.configuration = DerivedImageConfiguration.get();
        this.files = new AgentFiles(in.workspace());
        this.known = new MaskedListener(in.listener(), in.sensitive());
        this.naming = new Naming(RunEnvironment.jenkins(in.env(), in.scheduled(), Instant.now()));
    }

    /**
     * Prepares a build; nothing is on the agent yet.
     *
     * @param id of the build
     * @return empty if the plan was only to be shown
     */
    public Optional<Prepared> prepare(String id) throws IOException, InterruptedException {
        try {
            return checked(id);
        } catch (AbortException e) {
            // It is shown when the block that hides the variables has ended.
            String message = known.apply(e.getMessage());
            DerivedImageAction.failed(in.run(), new FailedImage(message, "", ""));
            throw new AbortException(message);
        }
    }

    private Optional<Prepared> checked(String id) throws IOException, InterruptedException {
        requireUnix();
        requireReadableConfiguration();
        in.workspace().mkdirs();
        FilePath directory = in.privateDirectory(id);
        BuilderOptions builder = SpecReader.builder(options, configuration);
        SecretFiles announced = SecretFiles.announced(options, builder);
        ImageSpec asked = spec(announced, directory, Optional.empty(), Optional.empty());
        Optional<DockerfileText> judged = dockerfile(asked);
        Optional<String> dockerfile = judged.map(DockerfileText::text);
        Optional<AccessChoice> access = access(asked, dockerfile);
        boolean named = Naming.isAsked(asked.values());
        ImageSpec checked = access.isEmpty() && !named ? asked : spec(announced, directory, access, dockerfile);
        if (named) {
            naming.lines(checked.values()).forEach(known.getLogger()::println);
        }
        warn(checked);
        if (options.isDockerfileChecks()) {
            check(checked, dockerfile);
        }
        if (options.isDryRun()) {
            known.getLogger().println(BuildPlan.of(checked, id, judged).render(false));
            return Optional.empty();
        }
        Optional<Map<String, String>> agents = in.agentsEnvironment();
        refuseUnlessAllowed(checked, dockerfile, agents);
        SecretFiles secrets = SecretFiles.fetched(in.run(), options, builder);
        String dockerConfig =
                agents.map(own -> own.get(EngineVariables.CONFIGURATION)).orElse(null);
        return Optional.of(
                ready(id, directory, spec(secrets, directory, access, dockerfile), secrets, judged, dockerConfig));
    }

    private Prepared ready(
            String id,
            FilePath directory,
            ImageSpec spec,
            SecretFiles secrets,
            Optional<DockerfileText> judged,
            String dockerConfig)
            throws IOException, InterruptedException {
        LoginChoice choice = RegistryCredentials.choice(
                spec.tags(), ImagesUsed.of(spec, judged.map(DockerfileText::text)), options.getCredentialsId());
        choice.warnings().forEach(in.listener().getLogger()::println);
        Map<String, String> auths = RegistryCredentials.auths(in.run(), choice);
        MaskedListener log = in.masked(auths, secrets.hidden());
        log.getLogger().println(BuildLines.first(spec));
        AgentSite site = new AgentSite(
                directory,
                in.workspace(),
                in.launcher(),
                in.env(),
                log,
                new Belongings(auths, secrets.contents(), dockerConfig));
        return new Prepared(BuildPlan.of(spec, id, judged), site, log, RegistryCredentials.names(choice));
    }

    private void requireUnix() throws AbortException {
        if (!in.launcher().isUnix()) {
            throw new AbortException("This agent runs Windows; derived images are built on agents that run Linux. "
                    + "Choose one by its label.");
        }
    }

    private void requireReadableConfiguration() throws AbortException {
        Optional<String> expression = configuration.unreadableExpression();
        if (expression.isPresent()) {
            throw new AbortException("The system configuration, CVMFS derived images, has the agents expression '"
                    + expression.get() + "', which is not a label expression. An administrator must fix it under "
                    + "Manage Jenkins, System: expected an expression such as linux && cvmfs.");
        }
    }

    /** Looks at the agent where the access to CVMFS is left open. */
    private Optional<AccessChoice> access(ImageSpec asked, Optional<String> dockerfile) {
        if (asked.access() != CvmfsAccess.AUTO) {
            return Optional.empty();
        }
        AccessChoice choice = AccessChoice.of(
                asked,
                dockerfile,
                OptionTable::inPipeline,
                new AgentProbe(in.workspace(), in.launcher(), in.env(), in.listener()));
        in.listener().getLogger().println(choice.line());
        return Optional.of(choice);
    }

    private ImageSpec spec(
            SecretFiles secrets, FilePath directory, Optional<AccessChoice> access, Optional<String> dockerfile)
            throws AbortException {
        try {
            return new SpecReader(options, configuration, in.node(), expansion)
                    .read(files, secrets, directory.getRemote(), access, naming, dockerfile);
        } catch (InvalidSpecException e) {
            throw new AbortException(e.message(OptionTable::inPipeline));
        }
    }

    private void warn(ImageSpec spec) {
        SecretWarnings.of(spec, OptionTable::inPipeline).forEach(known.getLogger()::println);
    }

    private void check(ImageSpec spec, Optional<String> dockerfile) throws IOException {
        Review review = Review.of(spec, path -> dockerfile);
        review.warnings().forEach(known.getLogger()::println);
        DerivedImageAction.warn(
                in.run(), review.warnings().stream().map(known::apply).toList());
        try {
            review.refuse();
        } catch (InvalidSpecException e) {
            throw new AbortException(e.message(OptionTable::inPipeline));
        }
    }

    /** What the agent's processes have by themselves; empty where the agent is not known. */
    private void refuseUnlessAllowed(ImageSpec spec, Optional<String> dockerfile, Optional<Map<String, String>> agents)
            throws IOException, InterruptedException {
        BuilderOptions builder = configuration.getBuilder();
        Asker asker = new Asker(
                in.run().getParent().getFullName(),
                options.getBuilder() != null,
                builder == null ? null : builder.getImage(),
                agents.map(own -> EngineVariables.changed(own, in.env())).orElse(List.of()));
        Optional<String> refusal =
                configuration.getPolicy().refusal(new AskedPowers(spec, dockerfile, asker), in.node());
        if (refusal.isPresent()) {
            throw new AbortException(refusal.get());
        }
    }

    private Optional<DockerfileText> dockerfile(ImageSpec spec) throws AbortException {
        try {
            return DockerfileText.read(spec, files, files::text);
        } catch (InvalidSpecException e) {
            throw new AbortException(e.message(OptionTable::inPipeline));
        }
    }
}
