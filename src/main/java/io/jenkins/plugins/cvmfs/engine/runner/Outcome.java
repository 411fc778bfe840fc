package io.jenkins.plugins.cvmfs.engine.runner;

import java.time.Duration;

/**
 * How a script ended.
 *
 * @param exitCode its exit code
 * @param lastOutput the end of what it wrote, 32 KiB at most, or an empty text where it wrote to a terminal
 * @param duration how long it took
 */
public record Outcome(int exitCode, String lastOutput, Duration duration) {
    /** Another machine may tell more output than there should be. */
    public Outcome {
        lastOutput = OutputTail.end(lastOutput);
    }
}
