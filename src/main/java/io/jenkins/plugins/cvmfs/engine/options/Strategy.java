package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a derived image is built. */
public enum Strategy {
    /** BuildKit builds a Dockerfile in which one RUN may mount CVMFS ({@code --security=insecure}). */
    BUILDX,
    /** A container of the base image mounts CVMFS and runs the setup script; its state becomes the image. */
    COMMIT;

    /** The strategy of that name; empty for null or any other text. */
    public static Optional<Strategy> of(String text) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
