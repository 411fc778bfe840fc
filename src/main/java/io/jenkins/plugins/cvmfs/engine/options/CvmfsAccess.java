package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Arrays;
import java.util.Locale;

/** Whose client gives a build its CVMFS. */
public enum CvmfsAccess {
    /** The base image's, which mounts while the image is built. */
    CLIENT,
    /** The agent's own, read-only. */
    HOST,
    /** The agent's own where it has what is asked for, else the base image's; a front end decides before the plan. */
    AUTO;

    /** The name that a user writes. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String[] texts() {
        return Arrays.stream(values()).map(CvmfsAccess::text).toArray(String[]::new);
    }

    /** The access of that name; the default for null, and for what is none. */
    public static CvmfsAccess of(String text) {
        return Arrays.stream(values())
                .filter(access -> access.text().equals(text))
                .findFirst()
                .orElse(CLIENT);
    }
}
