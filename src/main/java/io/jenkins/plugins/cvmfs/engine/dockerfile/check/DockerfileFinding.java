package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import java.util.Locale;

/**
 * What is wrong with a Dockerfile.
 *
 * @param id of the check, such as {@code mount-lost}
 * @param severity whether anything can be built
 * @param line the first line of the instruction, from 1
 * @param lastLine the last line of the instruction
 * @param text what happens and why, without a full stop
 * @param fix what to do, without a full stop
 */
public record DockerfileFinding(String id, Severity severity, int line, int lastLine, String text, String fix) {
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

    /** Whether the finding is about the instruction that has the line. */
    public boolean covers(int number) {
        return line <= number && number <= lastLine;
    }

    /** What happens, why, how to fix it, and the check's id, in one line. */
    public String explanation() {
        return text + ". Fix: " + fix + " [" + id + "]";
    }

    /**
     * One line, as compilers write it.
     *
     * @param path of the Dockerfile
     */
    public String message(String path) {
        return path + ":" + line + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + explanation();
    }
}
