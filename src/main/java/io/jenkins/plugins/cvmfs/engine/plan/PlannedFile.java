package io.jenkins.plugins.cvmfs.engine.plan;

import java.io.Serializable;

/**
 * A file that is written to the private directory before the script runs.
 *
 * @param path relative to the private directory, with {@code /}
 * @param content UTF-8 text
 * @param executable whether it is executable
 */
public record PlannedFile(String path, String content, boolean executable) implements Serializable {}
