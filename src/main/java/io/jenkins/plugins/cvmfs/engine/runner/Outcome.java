package io.jenkins.plugins.cvmfs.engine.runner;

import java.time.Duration;

/**
 * How a script ended.
 *
 * @param exitCode its exit code
 * @param lastOutput the end of what it wrote, or an empty text where it wrote to a terminal
 * @param duration how long it took
 */
public record Outcome(int exitCode, String lastOutput, Duration duration) {}
