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
import io.jenkins.plugins.cvmfs.engine.login.LoginChoice;
import io.jenkins.plugins.cvmfs.engine.options.CvmfsAccess;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.options.SeveralImages;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.record.BuildLines;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.SecretWarnings;
import io.jenkins.plugins.cvmfs.engine.spec.SpecProblems;
import io.jenkins.plugins.cvmfs.engine.tags.Naming;
import io.jenkins.plugins.cvmfs.engine.tags.RunEnvironment;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import io.jenkins.plugins.cvmfs.pages.FailedImage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Prepares a build in the same order for all front ends: pure checks, then the policy, then credentials, then the plan.
 * A refused build has used no credentials. It has started no process either, except to inspect the agent if the access
 * to CVMFS is {@code auto}.
 */
public final class BuildPreparation {
    private final Surroundings in;
    private final String dockerHome;
    private final ImageOptions options;
    private final UnaryOperator<String> expansion;
    private final DerivedImageConfiguration configuration;
    private final AgentFiles files;
    private final MaskedListener known;
    private final Naming naming;

    /**
     * @param in what Jenkins provides
     * @param options what to build
     * @param expansion of variables in the options
     */
    public BuildPreparation(Surroundings in, ImageOptions options, UnaryOperator<String> expansion) {
        this(in, options, expansion, null);
    }

    private BuildPreparation(
            Surroundings in, ImageOptions options, UnaryOperator<String> expansion, String dockerHome) {
        this.in = in;
        this.dockerHome = dockerHome;
        this.options = options;
        this.expansion = expansion;
        this.configuration = DerivedImageConfiguration.get();
        this.files = new AgentFiles(in.workspace());
        this.known = new MaskedListener(in.listener(), in.sensitive());
        this.naming = new Naming(RunEnvironment.jenkins(in.env(), in.scheduled(), Instant.now()));
    }

    /**
     * Prepares a build without writing anything to the agent.
     *
     * @param id of the build
     * @return empty for a dry run
     */
    public Optional<Prepared> prepare(String id) throws IOException, InterruptedException {
        try {
            in.requireUnix("derived images are built");
            return withTool().checked(id);
        } catch (AbortException e) {
            // It is shown after the block that hides the variables has ended.
            String message = known.apply(e.getMessage());
            DerivedImageAction.failed(in.run(), new FailedImage(message, "", ""));
            throw new AbortException(message);
        }
    }

    /** The same with the docker command that the job chose. A dry run installs nothing. */
    private BuildPreparation withTool() throws IOException, InterruptedException {
        Optional<String> home = options.isDryRun() ? Optional.empty() : in.dockerHome(options.getToolName());
        return home.isEmpty() ? this : new BuildPreparation(in.withDocker(home.get()), options, expansion, home.get());
    }

    private Optional<Prepared> checked(String id) throws IOException, InterruptedException {
        requireReadableConfiguration();
        FilePath directory = in.privateDirectory(id);
        BuilderOptions builder = SpecReader.builder(options, configuration);
        SecretFiles announced = SecretFiles.announced(options, builder);
        SpecReader reader = new SpecReader(options, configuration, in.node(), expansion);
        files.survey(reader.files());
        Optional<SeveralImages> several;
        List<AskedImage> images;
        try {
            List<Problem> problems = new ArrayList<>();
            several = reader.several(problems);
            images = several.isPresent()
                    ? each(several.get(), problems, reader, announced, directory)
                    : List.of(asked(Optional.empty(), reader, announced, directory));
        } catch (InvalidSpecException e) {
            throw refused(e);
        }
        if (options.isDryRun()) {
            known.getLogger()
                    .println(plan(id, several, images, AskedImage::spec).render(false));
            return Optional.empty();
        }
        Optional<Map<String, String>> agents = in.agentsEnvironment();
        for (AskedImage image : images) {
            refuseUnlessAllowed(image, agents);
        }
        SecretFiles secrets = SecretFiles.fetched(in.run(), options, builder);
        Map<AskedImage, ImageSpec> complete = new LinkedHashMap<>();
        try {
            for (AskedImage image : images) {
                complete.put(
                        image, read(reader, image.named(), secrets, directory, image.access(), image.dockerfile()));
            }
        } catch (InvalidSpecException e) {
            throw refused(e);
        }
        String dockerConfig =
                agents.map(own -> own.get(EngineVariables.CONFIGURATION)).orElse(null);
        return Optional.of(ready(directory, plan(id, several, images, complete::get), secrets, dockerConfig));
    }

    private static AbortException refused(InvalidSpecException e) {
        return new AbortException(e.message(OptionTable::inPipeline));
    }

    /** Several images; all mistakes are reported together. */
    private List<AskedImage> each(
            SeveralImages several, List<Problem> problems, SpecReader reader, SecretFiles announced, FilePath directory)
            throws InvalidSpecException, IOException {
        SpecProblems found = new SpecProblems();
        found.add(problems);
        List<AskedImage> images = new ArrayList<>();
        for (SeveralImages.Named image : several.images()) {
            try {
                images.add(asked(Optional.of(image), reader, announced, directory));
                found.add(image.name(), List.of());
            } catch (InvalidSpecException e) {
                found.add(image.name(), e.problems());
            }
        }
        found.add(ImagesPlan.clashes(
                images.stream().map(image -> image.wanted(image.spec())).toList()));
        found.refuse();
        return images;
    }

    private AskedImage asked(
            Optional<SeveralImages.Named> named, SpecReader reader, SecretFiles announced, FilePath directory)
            throws InvalidSpecException, IOException {
        ImageSpec first = read(reader, named, announced, directory, Optional.empty(), Optional.empty());
        Optional<DockerfileText> judged = DockerfileText.read(first, files, files::text);
        Optional<String> dockerfile = judged.map(DockerfileText::text);
        Optional<AccessChoice> access = access(first, dockerfile);
        boolean ruled = Naming.isAsked(first.values());
        ImageSpec spec =
                access.isEmpty() && !ruled ? first : read(reader, named, announced, directory, access, dockerfile);
        AskedImage image = new AskedImage(named, spec, judged, access);
        if (ruled) {
            image.said(naming.lines(spec.values())).forEach(known.getLogger()::println);
        }
        image.said(SecretWarnings.of(spec, OptionTable::inPipeline)).forEach(known.getLogger()::println);
        if (options.isDockerfileChecks()) {
            check(image);
        }
        return image;
    }

    private ImageSpec read(
            SpecReader reader,
            Optional<SeveralImages.Named> image,
            SecretFiles secrets,
            FilePath directory,
            Optional<AccessChoice> access,
            Optional<String> dockerfile)
            throws InvalidSpecException, AbortException {
        return reader.read(image, files, secrets, directory.getRemote(), access, naming, dockerfile);
    }

    private static ImagesPlan plan(
            String id,
            Optional<SeveralImages> several,
            List<AskedImage> images,
            Function<AskedImage, ImageSpec> specs) {
        if (several.isEmpty()) {
            AskedImage only = images.get(0);
            return ImagesPlan.of(BuildPlan.of(specs.apply(only), id, only.judged()));
        }
        return ImagesPlan.of(
                images.stream().map(image -> image.wanted(specs.apply(image))).toList(),
                id,
                several.get().atOnce(),
                several.get().pushTogether());
    }

    private Prepared ready(FilePath directory, ImagesPlan plan, SecretFiles secrets, String dockerConfig)
            throws IOException, InterruptedException {
        List<BuildPlan> plans =
                plan.images().stream().map(ImagesPlan.PlannedImage::plan).toList();
        LoginChoice choice = ImageLogins.of(plan, options);
        choice.warnings().forEach(in.listener().getLogger()::println);
        Map<String, String> auths = RegistryCredentials.auths(in.run(), choice);
        MaskedListener log = in.masked(auths, secrets.hidden());
        plans.forEach(one -> log.getLogger().println(BuildLines.first(one.spec())));
        AgentSite site = in.site(directory, log, new Belongings(auths, secrets.contents(), dockerConfig, dockerHome));
        return new Prepared(plan, site, log, RegistryCredentials.names(choice));
    }

    private void requireReadableConfiguration() throws AbortException {
        Optional<String> expression = configuration.unreadableExpression();
        if (expression.isPresent()) {
            throw new AbortException("The system configuration, CVMFS derived images, has the agents expression '"
                    + expression.get() + "', which is not a label expression. An administrator must fix it under "
                    + "Manage Jenkins, System: expected an expression such as linux && cvmfs.");
        }
    }

    /** Inspects the agent if the access to CVMFS is {@code auto}. */
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

    private void check(AskedImage image) throws InvalidSpecException, IOException {
        Review review = Review.of(image.spec(), path -> image.dockerfile());
        List<String> warnings = image.said(review.warnings());
        warnings.forEach(known.getLogger()::println);
        DerivedImageAction.warn(in.run(), warnings.stream().map(known::apply).toList());
        review.refuse();
    }

    /** @param agents the agent's own environment; empty if the agent is unknown */
    private void refuseUnlessAllowed(AskedImage image, Optional<Map<String, String>> agents)
            throws IOException, InterruptedException {
        BuilderOptions builder = configuration.getBuilder();
        Asker asker = new Asker(
                in.run().getParent().getFullName(),
                options.getBuilder() != null,
                builder == null ? null : builder.getImage(),
                in.changedVariables(agents));
        Optional<String> refusal =
                configuration.getPolicy().refusal(new AskedPowers(image.spec(), image.dockerfile(), asker), in.node());
        if (refusal.isPresent()) {
            throw new AbortException(
                    image.named().isEmpty() ? refusal.get() : "Image '" + image.name() + "': " + refusal.get());
        }
    }
}
