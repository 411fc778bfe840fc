package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

/**
 * What BuildKit does not accept; it reads no further.
 *
 * @param line the line, from 1
 * @param text what is wrong there
 * @param fix what to do about it
 */
public record Mistake(int line, String text, String fix) {}
