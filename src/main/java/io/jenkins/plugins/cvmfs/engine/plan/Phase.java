package io.jenkins.plugins.cvmfs.engine.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The phases of a build, in order. The running script records the current one. */
public enum Phase {
    /** Getting the setup script. */
    FETCH,
    /** Creating the builder. */
    BUILDER,
    /** Building, or running the setup script in a container. */
    BUILD,
    /** Committing the container as an image. */
    COMMIT,
    /** Running the smoke test in a container of the image. */
    TEST,
    /** Pushing, unless that is part of building. */
    PUBLISH,
    /** Collecting the results. */
    COLLECT;

    /** The name in scripts, messages and records. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The phase of that name. */
    public static Optional<Phase> of(String text) {
        return Arrays.stream(values())
                .filter(phase -> phase.text().equals(text.trim()))
                .findFirst();
    }
}
