package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Arrays;
import java.util.Optional;

/** What runs BuildKit. */
public enum Driver {
    /** The engine's own builder if it suffices, otherwise one in a container. */
    AUTO("auto"),
    /** A builder in its own container. */
    DOCKER_CONTAINER("docker-container"),
    /** The engine's own builder. */
    DOCKER("docker"),
    /** A running buildkitd that listens at an endpoint. */
    REMOTE("remote"),
    /** A builder in pods of a Kubernetes cluster. */
    KUBERNETES("kubernetes"),
    /** An existing builder with a given name, used unchanged. */
    EXISTING("existing");

    private final String text;

    Driver(String text) {
        this.text = text;
    }

    /** The name that users write. */
    public String text() {
        return text;
    }

    /** Whether the build decides which BuildKit runs, and how. */
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
