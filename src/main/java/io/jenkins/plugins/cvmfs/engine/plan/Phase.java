package io.jenkins.plugins.cvmfs.engine.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of a build, in their order. The running script notes which one it is in. */
public enum Phase {
    /** Getting the setup script. */
    FETCH,
    /** Making the builder. */
    BUILDER,
    /** Building, or performing the setup script in a container. */
    BUILD,
    /** Making an image of the container's state. */
    COMMIT,
    /** Running the smoke test in a container of the image. */
    TEST,
    /** Pushing, where that is not part of building. */
    PUBLISH,
    /** Asking what was made. */
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
