package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import java.util.Locale;

/**
 * A finding about a Dockerfile.
 *
 * @param id of the check, such as {@code mount-lost}
 * @param severity whether the build can succeed
 * @param line the first line of the instruction, from 1
 * @param lastLine the last line of the instruction
 * @param text what happens and why, without a full stop
 * @param fix what to do, without a full stop
 */
public record DockerfileFinding(String id, Severity severity, int line, int lastLine, String text, String fix) {
    /** The severity. */
    public enum Severity {
        /** It may be intended. */
        WARNING,
        /** The build must fail, or the image cannot contain anything from CVMFS. */
        ERROR
    }

    /** Whether the build should be refused. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** Whether the finding is about the instruction at a line. */
    public boolean covers(int number) {
        return line <= number && number <= lastLine;
    }

    /** What happens, why, how to fix it, and the check's id, in one line. */
    public String explanation() {
        return text + ". Fix: " + fix + " [" + id + "]";
    }

    /**
     * One line in the format of compilers.
     *
     * @param path of the Dockerfile
     */
    public String message(String path) {
        return path + ":" + line + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + explanation();
    }
}
