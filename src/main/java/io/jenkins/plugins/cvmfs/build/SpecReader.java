package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.model.Node;
import io.jenkins.plugins.cvmfs.config.BoundOptions;
import io.jenkins.plugins.cvmfs.config.BuilderOptions;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.engine.diagnosis.AccessChoice;
import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.CvmfsAccess;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.options.SeveralImages;
import io.jenkins.plugins.cvmfs.engine.options.SeveralTable;
import io.jenkins.plugins.cvmfs.engine.spec.GitContext;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import io.jenkins.plugins.cvmfs.engine.tags.Naming;
import io.jenkins.plugins.cvmfs.options.ImageEntry;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Creates the engine's description of an image from the options of a step and the configuration's defaults. */
public final class SpecReader {
    private static final List<Option> SCRIPTS = List.of(ImageTable.SETUP, ImageTable.SETUP_FILE, ImageTable.SETUP_URL);

    private static final String COMMIT = "commit";

    private final ImageOptions options;
    private final DerivedImageConfiguration configuration;
    private final Node node;
    private final UnaryOperator<String> expansion;

    /**
     * @param node where the image is built, or null
     * @param expansion of variables in the options
     */
    SpecReader(
            ImageOptions options, DerivedImageConfiguration configuration, Node node, UnaryOperator<String> expansion) {
        this.options = options;
        this.configuration = configuration;
        this.node = node;
        this.expansion = expansion;
    }

    /** The files that are asked for in any case, but for those of several images. */
    List<String> files() {
        String context =
                Optional.ofNullable(options.getContext()).map(expansion).orElse(".");
        String dockerfile =
                Optional.ofNullable(options.getDockerfile()).map(expansion).orElse(context + "/Dockerfile");
        return List.of(context, dockerfile, dockerfile + ".dockerignore");
    }

    /**
     * The images of a call with several images, each with its own options.
     *
     * @param problems receives the mistakes of the call itself
     */
    Optional<SeveralImages> several(List<Problem> problems) {
        if (options.getImages().isEmpty()) {
            return Optional.empty();
        }
        GivenOptions call = new GivenOptions();
        BoundOptions.give(call, SeveralTable.PARALLEL, options.getParallel(), expansion);
        call.give(SeveralTable.PUSH_TOGETHER, options.isPushTogether());
        List<SeveralImages.Named> images = new ArrayList<>();
        for (ImageEntry entry : options.getImages()) {
            GivenOptions own = new GivenOptions();
            BoundOptions.giveOwn(own, entry, expansion);
            images.add(new SeveralImages.Named(entry.getName(), own));
        }
        return Optional.of(SeveralImages.of(images, call, problems));
    }

    /**
     * The description.
     *
     * @param image the own options of one of several images; empty for the only one
     * @param files of the workspace
     * @param secrets of the build
     * @param directory path on the agent of the private directory, which contains the secrets
     * @param choice how {@code cvmfs: [access: 'auto']} was decided; empty before that
     * @param naming applies the rules for tags and labels
     * @param dockerfile the text of the Dockerfile; empty before it is read, or if it cannot be read
     */
    ImageSpec read(
            Optional<SeveralImages.Named> image,
            WorkspaceFiles files,
            SecretFiles secrets,
            String directory,
            Optional<AccessChoice> choice,
            Naming naming,
            Optional<String> dockerfile)
            throws InvalidSpecException, AbortException {
        GivenOptions call = new GivenOptions();
        BoundOptions.give(call, Place.STEP, options, expansion);
        GivenOptions given = image.map(one -> one.in(call)).orElse(call);
        if (!given.has(ImageTable.MOUNTS)) {
            given.give(ImageTable.MOUNTS, configuration.getMounts());
        }
        boolean setup = SCRIPTS.stream().anyMatch(given::has);
        if (setup && !given.has(ImageTable.BASE_IMAGE)) {
            given.give(ImageTable.BASE_IMAGE, configuration.getBaseImage());
        }
        String name = image.map(SeveralImages.Named::name).orElse("");
        // What the call says for buildx is not meant for an image that chooses strategy commit itself.
        boolean whole = image.filter(one -> isCommit(one.own())).isEmpty();
        given.giveOwn(BuildTable.SECRETS, secrets.secretSpecs(name, whole, directory));
        git(given, image, secrets, directory);
        given.giveOwn(BuildTable.SSH, secrets.sshSpecs(name, whole, directory));
        client(given, choice);
        if (whole && (options.getBuilder() != null || !isCommit(given))) {
            builder(given);
            given.give(BuilderTable.CERTIFICATES, secrets.certificates(directory));
        }
        return ImageSpec.of(naming.described(naming.tagged(given), dockerfile), files);
    }

    /** Parameters of a build must not decide who gets credentials, so variables are not expanded here. */
    private void git(GivenOptions given, Optional<SeveralImages.Named> image, SecretFiles secrets, String directory) {
        String name = image.map(SeveralImages.Named::name).orElse("");
        Optional<ImageEntry> entry = options.image(name);
        boolean ownSetup =
                image.filter(one -> SCRIPTS.stream().anyMatch(one.own()::has)).isPresent();
        String id = entry.map(ImageEntry::getGitCredentialsId).orElse(ownSetup ? null : options.getGitCredentialsId());
        if (id == null) {
            return;
        }
        String written = entry.map(ImageEntry::getContext).orElse(options.getContext());
        Optional<GitContext> context = GitContext.require(given, id);
        if (context.isPresent() && !context.equals(GitContext.of(written))) {
            given.refuse(
                    BuildTable.GIT_CREDENTIALS,
                    id,
                    "the host of {context} comes from a variable, which would choose who receives the credentials. Fix: "
                            + "write the host literally");
        } else if (context.isPresent()) {
            given.giveOwn(BuildTable.SECRETS, secrets.gitSpecs(context.get(), name, directory));
        }
    }

    /**
     * Values of the configuration are not expanded, since its author does not know a job's variables. Client settings
     * are irrelevant if the base image's client does not mount.
     */
    private void client(GivenOptions given, Optional<AccessChoice> choice) {
        Mounts mounts = Optional.ofNullable(given.text(ImageTable.MOUNTS))
                .flatMap(Mounts::parse)
                .orElse(Mounts.UNSET);
        GivenOptions general = new GivenOptions();
        BoundOptions.give(general, Place.CLIENT, configuration.client(node, mounts::mayHave), UnaryOperator.identity());
        BoundOptions.give(given, Place.CLIENT, options.getCvmfs(), expansion);
        Set<String> own = given.list(ClientTable.PINS).stream()
                .map(SpecReader::repository)
                .collect(Collectors.toSet());
        given.give(
                ClientTable.PINS,
                general.list(ClientTable.PINS).stream()
                        .filter(pin -> !own.contains(repository(pin)))
                        .toList());
        GivenOptions rest = general.without(List.of(ClientTable.PINS));
        given.give(ClientTable.HOST_PATH, configuration.hostPath(node));
        given.complete(
                access(given, general, choice) == CvmfsAccess.CLIENT ? rest : rest.without(ClientTable.OF_CLIENT));
        choice.ifPresent(
                chosen -> given.give(ClientTable.ACCESS, chosen.access().text()));
    }

    private static CvmfsAccess access(GivenOptions given, GivenOptions general, Optional<AccessChoice> choice) {
        return choice.map(AccessChoice::access)
                .orElseGet(() -> CvmfsAccess.of(
                        Optional.ofNullable(given.text(ClientTable.ACCESS)).orElse(general.text(ClientTable.ACCESS))));
    }

    private static String repository(String pin) {
        return pin.split("=", 2)[0];
    }

    /** The builder of the step, or otherwise of the configuration, which strategy commit does not use; or null. */
    static BuilderOptions builder(ImageOptions options, DerivedImageConfiguration configuration) {
        boolean used = options.getImages().isEmpty()
                ? !COMMIT.equals(options.getStrategy())
                : options.getImages().stream()
                        .map(image -> Optional.ofNullable(image.getStrategy()).orElse(options.getStrategy()))
                        .anyMatch(strategy -> !COMMIT.equals(strategy));
        return options.getBuilder() != null || !used ? options.getBuilder() : configuration.getBuilder();
    }

    private static boolean isCommit(GivenOptions given) {
        return COMMIT.equals(given.text(ImageTable.STRATEGY));
    }

    private void builder(GivenOptions given) {
        boolean own = options.getBuilder() != null;
        BoundOptions.give(
                given, Place.BUILDER, builder(options, configuration), own ? expansion : UnaryOperator.identity());
    }
}
