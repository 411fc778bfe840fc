package io.jenkins.plugins.cvmfs.engine.runner;

import java.time.Duration;

/**
 * How a script ended.
 *
 * @param exitCode its exit code
 * @param lastOutput the end of its output, 32 KiB at most, or an empty text if it wrote to a terminal
 * @param duration how long it took
 */
public record Outcome(int exitCode, String lastOutput, Duration duration) {
    /** Exit codes above this one are 128 and the number of a signal. */
    private static final int SIGNALS = 128;

    /** The output comes from another machine and may be too long. */
    public Outcome {
        lastOutput = OutputTail.end(lastOutput);
    }

    /** Whether a signal may have ended the script. */
    public boolean signalled() {
        return signalled(exitCode);
    }

    /** Whether a signal may have ended a script with this exit code. */
    public static boolean signalled(int exitCode) {
        return exitCode > SIGNALS;
    }
}
