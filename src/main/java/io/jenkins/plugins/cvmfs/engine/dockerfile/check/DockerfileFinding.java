package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import java.util.Locale;

/**
 * What is wrong with a Dockerfile.
 *
 * @param id of the check
 * @param severity whether anything can be built
 * @param line the line, from 1
 * @param text what, why, and how to fix it
 */
public record DockerfileFinding(String id, Severity severity, int line, String text) {
    /** How bad it is. */
    public enum Severity {
        /** It may be meant so. */
        WARNING,
        /** The build must fail, or the image can have nothing of CVMFS. */
        ERROR
    }

    /** Whether nothing should be built. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /**
     * One line, as compilers write it.
     *
     * @param path of the Dockerfile
     */
    public String message(String path) {
        return path + ":" + line + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + text + " [" + id + "]";
    }
}
