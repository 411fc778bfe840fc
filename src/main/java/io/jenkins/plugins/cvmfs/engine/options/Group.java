package io.jenkins.plugins.cvmfs.engine.options;

/** The groups of options in forms, help and documents, in order. */
public enum Group {
    IMAGE("Image"),
    DOCKERFILE("Source: a Dockerfile"),
    SETUP("Source: a setup script"),
    CVMFS("CVMFS"),
    RESULT("Result"),
    BUILD("Build"),
    CACHE("Cache"),
    SECRETS("Secrets and SSH keys"),
    LABELS("Labels and attestations"),
    CONTAINERS("Containers of the build"),
    BUILDER("Builder"),
    IMAGES("Several images");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
