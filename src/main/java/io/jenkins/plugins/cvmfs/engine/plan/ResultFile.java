package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;

/**
 * The files with the results of a script. They are in a separate folder of the private directory, so whatever is
 * written there controls nothing.
 */
public enum ResultFile {
    /** Is there once the script itself has ended, and so not if it was killed. */
    ENDED("results/ended"),
    /** The {@link Phase} that started last. */
    PHASE("results/phase"),
    /** When each phase started and the last one ended: a line {@code phase uptime} each, in seconds. */
    TIMES("results/times"),
    /**
     * The sha256 of the Dockerfile or setup script, then the agent's user and group unless that is root; one per line.
     */
    SOURCE("results/source"),
    /** The {@link io.jenkins.plugins.cvmfs.engine.options.Driver} of the chosen builder, with driver {@code auto}. */
    DRIVER("results/driver"),
    /** Where the buildkitd listens that builds, where there were several to choose from. */
    ENDPOINT("results/endpoint"),
    /** buildx's {@code --metadata-file}. */
    METADATA("results/metadata.json"),
    /** buildx's {@code --iidfile}, or the image ID from {@code docker commit}. */
    IMAGE_ID("results/iid"),
    /** The engine's description of the image ({@code docker image inspect}). */
    IMAGE("results/image.json"),
    /** The manifest or index in the registry under the first tag. */
    MANIFEST("results/manifest.json"),
    /** The engine's description of the base image: entry point, command, user, everything; one JSON text per line. */
    BASE_IMAGE("results/base-image.json"),
    /**
     * The engine's state of the failed container, of the setup script or the test: {@code created} if docker could not
     * start it. Empty if docker created none.
     */
    CONTAINER("results/container.json"),
    /** The steps of a longer build, as replayed by buildx: JSON texts with {@code vertexes}, one per line. */
    STEPS("results/steps.json"),
    /** The findings of the Dockerfile's frontend ({@code --call=check}). */
    CHECK("results/check.json"),
    /** The inputs of the target ({@code --call=outline}). */
    OUTLINE("results/outline.json"),
    /** The available targets ({@code --call=targets}). */
    TARGETS("results/targets.json"),
    /** The files of each output: its number, its sha256 or {@code -}, and its size; one per line. */
    OUTPUTS("results/outputs"),
    /** The exit code of one of several images; missing if it was not built or pushed because of another one. */
    EXIT("results/exit"),
    /** The end of the output of one of several images. */
    OUTPUT("results/output"),
    /** The file of the image with the mounted state of each CVMFS repository. */
    REPOSITORIES("results/repositories");

    /** buildx's own record of a build, a binary file. */
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
