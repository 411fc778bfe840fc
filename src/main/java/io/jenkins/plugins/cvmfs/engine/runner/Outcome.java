package io.jenkins.plugins.cvmfs.engine.runner;

/**
 * How a script ended.
 *
 * @param exitCode its exit code
 * @param lastOutput the end of what it wrote, or an empty text where it wrote to a terminal
 */
public record Outcome(int exitCode, String lastOutput) {}
