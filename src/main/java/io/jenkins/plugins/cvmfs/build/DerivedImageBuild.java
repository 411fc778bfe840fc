package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.agent.AgentFiles;
import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.agent.Ending;
import io.jenkins.plugins.cvmfs.config.AskedPowers;
import io.jenkins.plugins.cvmfs.config.Asker;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.EngineVariables;
import io.jenkins.plugins.cvmfs.config.RegistryCredentials;
import io.jenkins.plugins.cvmfs.engine.dockerfile.check.Review;
import io.jenkins.plugins.cvmfs.engine.login.AuthFile;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.PublicMetadata;
import io.jenkins.plugins.cvmfs.engine.record.SpecJson;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.runner.BuildId;
import io.jenkins.plugins.cvmfs.engine.runner.ImageBuild;
import io.jenkins.plugins.cvmfs.engine.runner.Outcome;
import io.jenkins.plugins.cvmfs.engine.runner.Results;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.SecretWarnings;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import io.jenkins.plugins.cvmfs.pages.DerivedImageResult;
import io.jenkins.plugins.cvmfs.pages.ImageArchive;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds one image in a run: what the step and the freestyle builder share. */
public final class DerivedImageBuild {
    private final Run<?, ?> run;
    private final FilePath workspace;
    private final Launcher launcher;
    private final EnvVars env;
    private final TaskListener listener;

    public DerivedImageBuild(Run<?, ?> run, FilePath workspace, Launcher launcher, EnvVars env, TaskListener listener) {
        this.run = run;
        this.workspace = workspace;
        this.launcher = launcher;
        this.env = env;
        this.listener = listener;
    }

    /**
     * Builds, archives and notes the image.
     *
     * @param options what is wanted
     * @param expansion of variables in the options
     * @return what was built; empty if the plan was only to be shown, or the Dockerfile to be checked
     * @throws AbortException with everything a user needs to know, if there is no image
     */
    public Optional<DerivedImageResult> perform(ImageOptions options, UnaryOperator<String> expansion)
            throws IOException, InterruptedException {
        String id = BuildId.create();
        Optional<Prepared> prepared = prepare(options, expansion, id);
        return prepared.isEmpty() ? Optional.empty() : Optional.ofNullable(perform(id, prepared.get()));
    }

    private DerivedImageResult perform(String id, Prepared prepared) throws IOException, InterruptedException {
        AgentSite site = prepared.site();
        Instant started = Instant.now();
        try {
            site.layDown(prepared.plan().files());
            Outcome outcome = site.run();
            prepared.log().end();
            FilePath directory = AgentSite.directory(workspace, id);
            Duration duration = Duration.between(started, Instant.now());
            return finish(id, prepared.plan().spec(), site, directory, outcome, started, duration, prepared.log());
        } finally {
            site.remove();
        }
    }

    /**
     * What a build is about to do.
     *
     * @param plan the plan
     * @param site where
     * @param log does not show the secrets of the build
     */
    public record Prepared(BuildPlan plan, AgentSite site, MaskedListener log) {}

    /**
     * Makes a build ready, but lays nothing down.
     *
     * @param id of the build
     * @return empty if the plan was only to be shown
     */
    public Optional<Prepared> prepare(ImageOptions options, UnaryOperator<String> expansion, String id)
            throws IOException, InterruptedException {
        if (!launcher.isUnix()) {
            throw new AbortException("This agent runs Windows; derived images are built on agents that run Linux. "
                    + "Choose one by its label.");
        }
        workspace.mkdirs();
        SecretFiles secrets =
                new SecretFiles(run, options, SpecReader.builder(options, DerivedImageConfiguration.get()));
        FilePath directory = AgentSite.directory(workspace, id);
        ImageSpec spec = spec(options, expansion, secrets, directory.getRemote());
        Optional<String> dockerfile = dockerfile(spec);
        BuildPlan plan = BuildPlan.of(spec, id, dockerfile);
        new SecretWarnings(spec, UnaryOperator.identity()).all().forEach(listener.getLogger()::println);
        if (options.isDockerfileChecks()) {
            check(spec, dockerfile);
        }
        if (options.isDryRun()) {
            new MaskedListener(listener, secrets.hidden()).getLogger().println(plan.render());
            return Optional.empty();
        }
        refuseUnlessAllowed(spec, options.getBuilder() != null, dockerfile);
        Map<String, String> auths = RegistryCredentials.auths(run, baseImages(spec), null);
        auths.putAll(RegistryCredentials.auths(run, spec.tags(), options.getCredentialsId()));
        List<String> hidden = new ArrayList<>(secrets.hidden());
        hidden.addAll(AuthFile.hidden(auths.values()));
        MaskedListener log = new MaskedListener(listener, hidden);
        AgentSite site = new AgentSite(directory, workspace, launcher, env, log, auths, secrets.contents());
        return Optional.of(new Prepared(plan, site, log));
    }

    private ImageSpec spec(ImageOptions options, UnaryOperator<String> expansion, SecretFiles secrets, String directory)
            throws AbortException {
        try {
            return new SpecReader(options, DerivedImageConfiguration.get(), node(), expansion)
                    .read(new AgentFiles(workspace), secrets, directory);
        } catch (InvalidSpecException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private void check(ImageSpec spec, Optional<String> dockerfile) throws AbortException {
        Review review = Review.of(spec, path -> dockerfile);
        review.warnings().forEach(listener.getLogger()::println);
        try {
            review.refuse();
        } catch (InvalidSpecException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private void refuseUnlessAllowed(ImageSpec spec, boolean ownBuilder, Optional<String> dockerfile)
            throws IOException, InterruptedException {
        DerivedImageConfiguration configuration = DerivedImageConfiguration.get();
        Computer computer = workspace.toComputer();
        Asker asker = new Asker(
                run.getParent().getFullName(),
                ownBuilder,
                configuration.getBuilder() == null
                        ? null
                        : configuration.getBuilder().getImage(),
                computer == null ? List.of() : EngineVariables.changed(EngineVariables.of(computer, listener), env));
        Optional<String> refusal = configuration.getPolicy().refusal(new AskedPowers(spec, dockerfile, asker), node());
        if (refusal.isPresent()) {
            throw new AbortException(refusal.get());
        }
    }

    private Node node() {
        Computer computer = workspace.toComputer();
        return computer == null ? null : computer.getNode();
    }

    private Optional<String> dockerfile(ImageSpec spec) {
        return spec.source() instanceof Source.Dockerfile source
                ? source.local().flatMap(new AgentFiles(workspace)::text)
                : Optional.empty();
    }

    private static List<ImageReference> baseImages(ImageSpec spec) {
        return spec.source() instanceof Source.Setup setup
                ? ImageReference.parse(setup.baseImage()).stream().toList()
                : List.of();
    }

    /**
     * Archives and notes what a build made of which nothing is known any more but its directory.
     *
     * @param directory the private directory
     * @param results what the script left there
     * @param ending how it ended, with an exit code
     * @param log does not show the secrets of the build
     * @return null if the Dockerfile was only to be checked
     */
    public DerivedImageResult finish(
            String id, FilePath directory, Results results, Ending ending, Instant started, MaskedListener log)
            throws IOException, InterruptedException {
        ImageSpec spec;
        try {
            spec = SpecJson.read(ending.spec());
        } catch (UnreadableResultException e) {
            throw new AbortException("What was built cannot be told: " + e.getMessage() + ".");
        }
        Outcome outcome = new Outcome(ending.exitCode(), ending.lastOutput());
        return finish(id, spec, results, directory, outcome, started, Duration.ofMillis(ending.millis()), log);
    }

    private DerivedImageResult finish(
            String id,
            ImageSpec spec,
            Results results,
            FilePath directory,
            Outcome outcome,
            Instant started,
            Duration duration,
            MaskedListener log)
            throws IOException, InterruptedException {
        try {
            if (spec.options().onlyChecks()) {
                ImageBuild.checked(spec, results, outcome);
                return null;
            }
            ImageRecord image = ImageBuild.finish(spec, results, outcome, started, duration);
            ImageArchive archive = new ImageArchive(run, launcher, listener);
            archive.keep(directory, id, documents(image, results));
            archive.fingerprint(image);
            DerivedImageAction.add(run, image);
            return new DerivedImageResult(image);
        } catch (BuildFailedException e) {
            throw new AbortException(log.apply(e.getMessage()));
        } catch (UnreadableResultException e) {
            throw new AbortException("The image was made, but " + e.getMessage() + ".");
        }
    }

    private static Map<String, String> documents(ImageRecord image, Results results)
            throws IOException, InterruptedException, UnreadableResultException {
        Map<String, String> documents = new LinkedHashMap<>();
        documents.put("record.json", image.toJson());
        Optional<String> metadata = results.read(ResultFile.METADATA);
        if (metadata.isPresent()) {
            documents.put("metadata.json", PublicMetadata.of(metadata.get()));
        }
        return documents;
    }
}
