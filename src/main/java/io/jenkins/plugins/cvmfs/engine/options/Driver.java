package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Arrays;
import java.util.Optional;

/** What runs BuildKit. */
public enum Driver {
    /** The engine's own builder where it will do, else one in a container. */
    AUTO("auto"),
    /** A builder in a container of its own. */
    DOCKER_CONTAINER("docker-container"),
    /** The engine's own builder. */
    DOCKER("docker"),
    /** A buildkitd that runs somewhere and listens at an endpoint. */
    REMOTE("remote"),
    /** A builder in pods of a Kubernetes cluster. */
    KUBERNETES("kubernetes"),
    /** A builder that exists under a name, whatever runs it; it is used as it is. */
    EXISTING("existing");

    private final String text;

    Driver(String text) {
        this.text = text;
    }

    /** The name that a user writes. */
    public String text() {
        return text;
    }

    /** Whether the build says which BuildKit runs, and how. */
    public boolean runsBuildkit() {
        return this == DOCKER_CONTAINER || this == KUBERNETES;
    }

    /** The driver of that name. */
    public static Optional<Driver> of(String text) {
        return Arrays.stream(values())
                .filter(driver -> driver.text.equals(text))
                .findFirst();
    }
}
