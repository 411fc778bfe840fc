package io.jenkins.plugins.cvmfs.engine.options;

/**
 * An option of docker that takes an option's values as they are.
 *
 * @param name {@code --build-arg}
 * @param when in which of an image's builds {@code docker buildx build} gets it
 * @param inContainers whether {@code docker run} gets it as well
 */
public record DockerFlag(String name, When when, boolean inContainers) {
    /** The builds of one image. */
    public enum When {
        /** Every one, so that all have the same steps in the cache. */
        ALWAYS,
        /** The one that performs the steps, not those that take them from the cache. */
        FIRST,
        /** The one that publishes the image. */
        LAST,
        /** The one that publishes the image, if it makes one at all. */
        IMAGE,
        /** None, but containers. */
        NEVER
    }

    static DockerFlag of(String name) {
        return new DockerFlag(name, When.ALWAYS, false);
    }

    DockerFlag only(When other) {
        return new DockerFlag(name, other, inContainers);
    }

    /** Containers of strategy commit and of smoke tests have it too. */
    DockerFlag andContainers() {
        return new DockerFlag(name, when, true);
    }
}
