package io.jenkins.plugins.cvmfs.engine.options;

import java.util.regex.Pattern;

/** The directory of CVMFS repositories on the machine that builds. */
public final class HostDirectory {
    /** The default. */
    public static final String DEFAULT = "/cvmfs";

    /** What is expected, for a message. */
    public static final String ALLOWED =
            "an absolute path of names from letters, digits, '.', '_' and '-', such as " + DEFAULT;

    // It is used in a CDI file (YAML) and in docker's --mount (CSV).
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.\\.?(?:/|$))[A-Za-z0-9._-]{1,99}){1,20}");

    private HostDirectory() {}

    /** Whether a path is allowed. */
    public static boolean isAllowed(String path) {
        return PATH.matcher(path).matches();
    }
}
