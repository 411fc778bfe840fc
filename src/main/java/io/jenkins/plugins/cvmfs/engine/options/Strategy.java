package io.jenkins.plugins.cvmfs.engine.options;

/** How a derived image is built. */
public enum Strategy {
    /** BuildKit builds a Dockerfile in which one RUN may mount CVMFS ({@code --security=insecure}). */
    BUILDX,
    /** A container of the base image mounts CVMFS and runs the setup script; its state becomes the image. */
    COMMIT
}
