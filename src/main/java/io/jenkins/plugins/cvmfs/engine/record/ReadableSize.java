package io.jenkins.plugins.cvmfs.engine.record;

import java.util.Locale;

/** Formats sizes in decimal units, as docker does. */
public final class ReadableSize {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};
    private static final double THOUSAND = 1000;

    private ReadableSize() {}

    /** The size with a unit from kB to TB: {@code 1.2 GB}. */
    public static String of(long bytes) {
        double size = bytes / THOUSAND;
        int unit = 0;
        while (size >= THOUSAND && unit < UNITS.length - 1) {
            size /= THOUSAND;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }
}
