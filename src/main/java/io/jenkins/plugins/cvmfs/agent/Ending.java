package io.jenkins.plugins.cvmfs.agent;

import io.jenkins.plugins.cvmfs.engine.runner.OutputTail;
import java.io.Serializable;

/**
 * How a build ended while Jenkins may have lost contact with it.
 *
 * @param exitCode the script's exit code from 0 to 255, or null if it left none
 * @param lastOutput the end of what it wrote, 32 KiB at most, or an empty text
 * @param millis how long it took
 */
public record Ending(Integer exitCode, String lastOutput, long millis) implements Serializable {
    private static final int MOST = 255;

    /** The answer of an agent is untrusted and is also created by this constructor. */
    public Ending {
        exitCode = exitCode != null && exitCode >= 0 && exitCode <= MOST ? exitCode : null;
        lastOutput = OutputTail.end(lastOutput);
        millis = Math.max(0, millis);
    }
}
