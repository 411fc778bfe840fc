package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;

/**
 * The files in which a script leaves what it has to say. They are all in one folder of the private directory, which
 * holds nothing else: whatever gets in there controls nothing.
 */
public enum ResultFile {
    /** The {@link Phase} that began last. */
    PHASE("results/phase"),
    /** When each phase began and the last ended: a line {@code phase uptime} each, in seconds. */
    TIMES("results/times"),
    /**
     * The sha256 of the Dockerfile or setup script, and the agent's user and group, unless that is root; a line each.
     */
    SOURCE("results/source"),
    /**
     * The {@link io.jenkins.plugins.cvmfs.engine.options.Driver} of the builder that was chosen, where that was open.
     */
    DRIVER("results/driver"),
    /** buildx's {@code --metadata-file}. */
    METADATA("results/metadata.json"),
    /** buildx's {@code --iidfile}, or the image that {@code docker commit} made. */
    IMAGE_ID("results/iid"),
    /** What the engine says of the image ({@code docker image inspect}). */
    IMAGE("results/image.json"),
    /** The manifest or index that the registry has under the first tag. */
    MANIFEST("results/manifest.json"),
    /** What the engine says of the base image: entry point, command, user, everything; a JSON text a line. */
    BASE_IMAGE("results/base-image.json"),
    /**
     * What the engine says of the state of the container that failed, of the setup script or the test: one that docker
     * could not start is {@code created}. Empty where docker made none.
     */
    CONTAINER("results/container.json"),
    /** What buildx replays of the steps of a build that took a while: JSON texts with {@code vertexes}, one a line. */
    STEPS("results/steps.json"),
    /** What the Dockerfile's frontend found ({@code --call=check}). */
    CHECK("results/check.json"),
    /** What it says that the target takes ({@code --call=outline}). */
    OUTLINE("results/outline.json"),
    /** What it says that there is to build ({@code --call=targets}). */
    TARGETS("results/targets.json"),
    /** What each output has written: its number, its sha256 or {@code -}, and its size, a line each. */
    OUTPUTS("results/outputs"),
    /** The exit code of one of several images; none where it was not built, or not pushed, because of another one. */
    EXIT("results/exit"),
    /** The end of what one of several images wrote. */
    OUTPUT("results/output"),
    /** The file of the image that says which state of each CVMFS repository was mounted. */
    REPOSITORIES("results/repositories");

    /** buildx's own record of a build, which is no text. */
    public static final String BUILD_RECORD = "results/build.dockerbuild";

    private final String path;

    ResultFile(String path) {
        this.path = path;
    }

    /** The path relative to the private directory. */
    public String path() {
        return path;
    }

    /** The folder. */
    public static final String FOLDER = "results";

    /** The file's name, for messages. */
    public String fileName() {
        return path.substring(FOLDER.length() + 1);
    }

    /** The path in the script. */
    ShellWord word() {
        return ShellWord.expansion("$dir/" + path);
    }
}
