package io.jenkins.plugins.cvmfs.agent;

import java.io.Serializable;

/**
 * How a build ended that Jenkins may have lost sight of.
 *
 * @param exitCode the script's exit code, or null if it left none
 * @param lastOutput the end of what it wrote, or an empty text
 * @param millis how long it took
 */
public record Ending(Integer exitCode, String lastOutput, long millis) implements Serializable {}
