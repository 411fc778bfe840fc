package io.jenkins.plugins.cvmfs.engine.options;

/**
 * An option of docker that gets an option's values unchanged.
 *
 * @param name {@code --build-arg}
 * @param when the builds of an image in which {@code docker buildx build} gets it
 * @param containers how {@code docker run} gets it
 */
public record DockerFlag(String name, When when, Containers containers) {
    /** The different builds of one image. */
    public enum When {
        /** Every build, so that all share the same cached steps. */
        ALWAYS,
        /** The build that executes the steps, not those that take them from the cache. */
        FIRST,
        /** The build that publishes the image. */
        LAST,
        /** Only containers. */
        NEVER
    }

    /** How containers of strategy commit and of smoke tests get an option. */
    public enum Containers {
        NOTHING,
        /** By the same name. */
        SAME,
        /** Each entry as its own option: {@code memory=2g} is {@code --memory=2g}. */
        BY_NAME
    }

    static DockerFlag of(String name) {
        return new DockerFlag(name, When.ALWAYS, Containers.NOTHING);
    }

    DockerFlag only(When other) {
        return new DockerFlag(name, other, containers);
    }

    /** Containers of strategy commit and of smoke tests get it too. */
    DockerFlag andContainers() {
        return new DockerFlag(name, when, Containers.SAME);
    }

    /** They get each entry as its own option. */
    DockerFlag andContainersByName() {
        return new DockerFlag(name, when, Containers.BY_NAME);
    }
}
