package io.jenkins.plugins.cvmfs.engine.options;

/**
 * An option of docker that takes an option's values as they are.
 *
 * @param name {@code --build-arg}
 * @param when in which of an image's builds {@code docker buildx build} gets it
 * @param containers what {@code docker run} gets of it
 */
public record DockerFlag(String name, When when, Containers containers) {
    /** The builds of one image. */
    public enum When {
        /** Every one, so that all have the same steps in the cache. */
        ALWAYS,
        /** The one that performs the steps, not those that take them from the cache. */
        FIRST,
        /** The one that publishes the image. */
        LAST,
        /** None, but containers. */
        NEVER
    }

    /** How containers of strategy commit and of smoke tests have an option. */
    public enum Containers {
        NOTHING,
        /** By the same name. */
        SAME,
        /** Each entry by its own name: {@code memory=2g} is {@code --memory=2g}. */
        BY_NAME
    }

    static DockerFlag of(String name) {
        return new DockerFlag(name, When.ALWAYS, Containers.NOTHING);
    }

    DockerFlag only(When other) {
        return new DockerFlag(name, other, containers);
    }

    /** Containers of strategy commit and of smoke tests have it too. */
    DockerFlag andContainers() {
        return new DockerFlag(name, when, Containers.SAME);
    }

    /** They have each entry as an option of its own. */
    DockerFlag andContainersByName() {
        return new DockerFlag(name, when, Containers.BY_NAME);
    }
}
