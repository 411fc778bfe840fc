package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Arrays;
import java.util.Locale;

/** Which client provides CVMFS to a build. */
public enum CvmfsAccess {
    /** The base image's client, which mounts while the image is built. */
    CLIENT,
    /** The agent's own CVMFS, read-only. */
    HOST,
    /**
     * The agent's own CVMFS if it has the requested repositories, otherwise the base image's client. A front end
     * decides before the plan.
     */
    AUTO;

    /** The name that users write. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String[] texts() {
        return Arrays.stream(values()).map(CvmfsAccess::text).toArray(String[]::new);
    }

    /** The access of that name; the default for null and for unknown names. */
    public static CvmfsAccess of(String text) {
        return Arrays.stream(values())
                .filter(access -> access.text().equals(text))
                .findFirst()
                .orElse(CLIENT);
    }
}
