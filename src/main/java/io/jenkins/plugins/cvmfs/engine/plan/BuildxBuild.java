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
 * {@code docker buildx build} of one image. What all its uses have in common, and so everything by which BuildKit knows
 * a RUN, is written once: what the first use did is in the builder's cache for the others.
 */
final class BuildxBuild {
    /** The folder with the context of a setup script. */
    static final String CONTEXT = "context";

    /** The Dockerfile that was read. */
    static final String DOCKERFILE = "dockerfile/Dockerfile";

    /** The same with the stage below that has the revisions. */
    static final String REVISIONS = "dockerfile/" + RevisionStage.DOCKERFILE;

    /** The folder with the context that mounts. */
    static final String HELPER = "helper";

    private enum Use {
        /** All that was asked for. */
        IMAGE,
        /** The image is loaded, to be tested, and does not go elsewhere. */
        TEST,
        /** The image stays in the builder's cache. */
        CACHED,
        /** The file with the revisions is exported. */
        REVISIONS,
        /** The Dockerfile's frontend is called for something else than a build. */
        CALL
    }

    private final ImageSpec spec;
    private final BuildOptions options;
    private final boolean helper;
    private final boolean held;

    /**
     * @param helper whether the context that mounts is there
     * @param held whether the image is built before it is pushed, by a command of its own
     */
    BuildxBuild(ImageSpec spec, boolean helper, boolean held) {
        this.held = held;
        this.spec = spec;
        this.options = spec.options();
        this.helper = helper;
    }

    /** The command, with {@link ShellWord#ARGUMENTS} for what a use has of its own. */
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

    /** Adds what docker takes as it was given, in every use. */
    private ShellCommand plain(ShellCommand build) {
        for (Option option : OptionTable.all()) {
            if (isCommon(option)) {
                PlainOptions.add(build, option, options, Long.MAX_VALUE);
            }
        }
        return build.option("--allow", spec.insecure() ? "security.insecure" : null);
    }

    /** Each platform would have a file with the revisions of its own. */
    private static boolean isCommon(Option option) {
        return option != BuildTable.PLATFORMS
                && option.docker()
                        .filter(flag -> flag.when() == DockerFlag.When.ALWAYS)
                        .isPresent();
    }

    /** Adds the rest of that, in the uses that have it. */
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

    /** What makes the image and does all that was asked for; a tested one is in the cache. */
    List<ShellWord> image() {
        return own(Use.IMAGE);
    }

    /**
     * What loads the image under the name {@link SmokeTest#NAME}; it does all else that was asked for, if the image is
     * not to go elsewhere.
     */
    List<ShellWord> test() {
        return own(Use.TEST);
    }

    /** What makes the image for the builder's cache alone. */
    List<ShellWord> cached() {
        return own(Use.CACHED);
    }

    /**
     * What exports the file with the revisions. Several platforms would make a directory each, so the first one stands
     * for all.
     */
    List<ShellWord> revisions() {
        return own(Use.REVISIONS);
    }

    /** What has the frontend answer a call. Docker would make an empty image of what is said of results. */
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
                // Nothing is made that could have a name.
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
