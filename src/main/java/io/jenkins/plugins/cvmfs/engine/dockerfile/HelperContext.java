package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.Optional;

/**
 * A build context with which a user's own Dockerfile mounts CVMFS as for a setup script: verified, with a message if it
 * fails.
 *
 * <p>A RUN binds it: {@code RUN --security=insecure --mount=type=bind,from=cvmfs-helper,target=/cvmfs-helper
 * /cvmfs-helper/mount && ...}; or, to verify the agent's own {@code /cvmfs}, with {@link CvmfsDevice#FLAG} instead of
 * {@code --security=insecure}.
 */
public final class HelperContext {
    /** The context's name in {@code from=}. */
    public static final String NAME = "cvmfs-helper";

    /** The script's name in the context. */
    public static final String MOUNT = "mount";

    private HelperContext() {}

    /**
     * Whether a build gets the context. A named context takes precedence over a stage of the same name, so only builds
     * that use it get it.
     *
     * @param dockerfile the text of the Dockerfile; empty if it cannot be read before the build and so may use the
     *     context
     */
    public static boolean isWanted(ImageSpec spec, Optional<String> dockerfile) {
        boolean own = spec.options().buildContexts().containsKey(NAME);
        return spec.source() instanceof Source.Dockerfile
                && !own
                && dockerfile.map(HelperContext::isAskedFor).orElse(true);
    }

    private static boolean isAskedFor(String dockerfile) {
        return Dockerfile.parse(dockerfile)
                .filter(file -> file.mistake().isEmpty())
                .map(file -> file.use(NAME).any())
                // Another frontend may accept what BuildKit rejects.
                .orElse(dockerfile.contains(NAME));
    }

    /** The text of {@link #MOUNT}, for any shell. */
    public static String mount(ImageSpec spec) {
        return MountScript.helper(spec);
    }
}
