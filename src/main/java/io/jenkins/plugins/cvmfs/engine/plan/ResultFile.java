package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;

/** The files in the private directory in which a script leaves what it has to say. */
public enum ResultFile {
    /** The script's process id. */
    PID("pid"),
    /** The {@link Phase} that began last. */
    PHASE("phase"),
    /** The sha256 of the Dockerfile or setup script, and the ids of the user and group that build; a line each. */
    SOURCE("source"),
    /**
     * The {@link io.jenkins.plugins.cvmfs.engine.options.Driver} of the builder that was chosen, where that was open.
     */
    DRIVER("driver"),
    /** buildx's {@code --metadata-file}. */
    METADATA("metadata.json"),
    /** buildx's {@code --iidfile}, or the image that {@code docker commit} made. */
    IMAGE_ID("iid"),
    /** What the engine says of the image ({@code docker image inspect}). */
    IMAGE("image.json"),
    /** The manifest or index that the registry has under the first tag. */
    MANIFEST("manifest.json"),
    /** What the engine says of the base image: entry point, command, everything; a JSON text a line. */
    BASE_IMAGE("base-image.json"),
    /** The file of the image that says which state of each CVMFS repository was mounted. */
    REPOSITORIES("repositories");

    private final String path;

    ResultFile(String path) {
        this.path = path;
    }

    /** The path relative to the private directory. */
    public String path() {
        return path;
    }

    /** The path in the script. */
    ShellWord word() {
        return ShellWord.expansion("$dir/" + path);
    }
}
