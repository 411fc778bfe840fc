package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.HelperContext;
import io.jenkins.plugins.cvmfs.engine.dockerfile.RevisionStage;
import io.jenkins.plugins.cvmfs.engine.dockerfile.SetupDockerfile;
import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.DockerFlag;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.List;

/**
 * {@code docker buildx build} of one image. Everything that identifies a RUN for BuildKit is written once and shared by
 * all uses of the command, so later uses find the steps of the first in the builder's cache.
 */
final class BuildxBuild {
    /** The folder with the context of a setup script. */
    static final String CONTEXT = "context";

    /** The user's Dockerfile as it was read. */
    static final String DOCKERFILE = "dockerfile/Dockerfile";

    /** The same file with the stage for the revisions appended. */
    static final String REVISIONS = "dockerfile/" + RevisionStage.DOCKERFILE;

    /** The folder with the context of the mount helper. */
    static final String HELPER = "helper";

    private enum Use {
        /** Everything that was requested. */
        IMAGE,
        /** The image is only loaded, to be tested. */
        TEST,
        /** The image only fills the builder's cache. */
        CACHED,
        /** The file with the revisions is exported. */
        REVISIONS,
        /** The Dockerfile's frontend is called for something other than a build. */
        CALL
    }

    private final ImageSpec spec;
    private final BuildOptions options;
    private final boolean helper;
    private final boolean held;

    /**
     * @param helper whether the build gets the context of the mount helper
     * @param held whether the image is built by a separate command before it is pushed
     */
    BuildxBuild(ImageSpec spec, boolean helper, boolean held) {
        this.held = held;
        this.spec = spec;
        this.options = spec.options();
        this.helper = helper;
    }

    /** The command, with {@link ShellWord#ARGUMENTS} for the arguments of each use. */
    ShellCommand command() {
        ShellCommand build =
                ShellCommand.of("docker", "buildx", "build").option("--builder", ShellWord.expansion("$builder"));
        cvmfsArguments(build);
        if (helper) {
            build.option(
                    "--build-context",
                    ShellWord.literal(HelperContext.NAME + "=").plus(ShellWord.expansion("$dir/" + HELPER)));
        }
        plain(build).word(ShellWord.ARGUMENTS).word("--");
        return spec.source() instanceof Source.Dockerfile source
                ? build.word(source.context())
                : build.word(ShellWord.expansion("$dir/" + CONTEXT));
    }

    /** Adds the options that docker gets unchanged, in every use. */
    private ShellCommand plain(ShellCommand build) {
        for (Option option : OptionTable.all()) {
            if (isCommon(option)) {
                PlainOptions.add(build, option, options, Long.MAX_VALUE);
            }
        }
        return build.option("--allow", spec.insecure() ? "security.insecure" : null);
    }

    /** Each platform would have its own file with the revisions. */
    private static boolean isCommon(Option option) {
        return option != BuildTable.PLATFORMS
                && option.docker()
                        .filter(flag -> flag.when() == DockerFlag.When.ALWAYS)
                        .isPresent();
    }

    /** Adds the options that docker gets unchanged only in some uses. */
    private void plain(ShellCommand build, Use use, boolean first, boolean last) {
        for (Option option : OptionTable.all()) {
            boolean wanted = option.docker()
                    .map(flag -> switch (flag.when()) {
                        case ALWAYS -> option == BuildTable.PLATFORMS;
                        case FIRST -> first;
                        case LAST -> last;
                        case NEVER -> false;
                    })
                    .orElse(false);
            if (wanted) {
                PlainOptions.add(build, option, options, use == Use.REVISIONS ? 1 : Long.MAX_VALUE);
            }
        }
    }

    /** Builds the image with everything that was requested. A tested image comes from the cache. */
    List<ShellWord> image() {
        return own(Use.IMAGE);
    }

    /**
     * Loads the image under the name {@link SmokeTest#NAME}, with everything else that was requested if the image is
     * not exported or pushed.
     */
    List<ShellWord> test() {
        return own(Use.TEST);
    }

    /** Builds the image only into the builder's cache. */
    List<ShellWord> cached() {
        return own(Use.CACHED);
    }

    /**
     * Exports the file with the revisions. Several platforms would create a directory each, so only the first one is
     * exported.
     */
    List<ShellWord> revisions() {
        return own(Use.REVISIONS);
    }

    /** Calls the frontend. Options for results are omitted, because docker would create an empty image for them. */
    List<ShellWord> call(String call) {
        return ShellCommand.of()
                .words(own(Use.CALL))
                .option("--call", call + ",format=json")
                .words();
    }

    private List<ShellWord> own(Use use) {
        boolean last = use == Use.IMAGE || use == Use.TEST && !spec.goesElsewhere();
        boolean first = use == Use.TEST || use == Use.CACHED || use == Use.IMAGE && spec.smokeTest() == null && !held;
        ShellCommand build = ShellCommand.of();
        name(build, use);
        source(build, use);
        plain(build, use, first, last);
        build.option("--provenance", provenance(use, last))
                .flag("--load", last && spec.load() || use == Use.TEST)
                .flag("--push", last && spec.push());
        if (last || use == Use.TEST) {
            build.option("--metadata-file", ResultFile.METADATA.word());
        }
        if (use == Use.TEST || last && !options.writesFiles()) {
            build.option("--iidfile", ResultFile.IMAGE_ID.word());
        }
        return build.words();
    }

    private String provenance(Use use, boolean last) {
        if (use == Use.CALL || last && options.attestsInFull("provenance")) {
            return null;
        } else if (!last) {
            return "false";
        }
        return options.provenance() == null ? "false" : options.provenance();
    }

    private void name(ShellCommand build, Use use) {
        switch (use) {
            case IMAGE -> spec.tags().forEach(tag -> build.option("--tag", tag.toString()));
            case TEST -> build.option("--tag", SmokeTest.NAME);
            case CACHED -> build.option("--output", "type=cacheonly");
            case CALL -> {
                // Nothing is built that could have a name.
            }
            case REVISIONS -> build.option("--target", RevisionStage.NAME).option("--output", "type=tar,dest=-");
        }
    }

    private void source(ShellCommand build, Use use) {
        if (spec.source() instanceof Source.Dockerfile source) {
            if (source.local().isEmpty()) {
                build.option("--file", source.dockerfile());
            } else {
                build.option("--file", ShellWord.expansion("$dir/" + (use == Use.REVISIONS ? REVISIONS : DOCKERFILE)));
            }
            build.option("--target", use == Use.REVISIONS ? null : source.target());
        }
    }

    private void cvmfsArguments(ShellCommand build) {
        if (!spec.mounts().text().isEmpty()) {
            build.option("--build-arg", "ARG_CVMFS_MOUNTS=" + spec.mounts().text());
        }
        build.word(CvmfsContainer.id("--build-arg=ARG_MY_UID=", spec.uid(), "uid"))
                .word(CvmfsContainer.id("--build-arg=ARG_MY_GID=", spec.gid(), "gid"));
        if (spec.source() instanceof Source.Setup && SetupDockerfile.hasCache(spec)) {
            build.word(ShellWord.unlessEmpty("", "named_cache"));
        }
    }
}
