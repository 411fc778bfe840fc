package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

/**
 * A syntax error, at which BuildKit stops reading.
 *
 * @param line the line, from 1
 * @param text what is wrong there
 * @param fix what to do about it
 */
public record Mistake(int line, String text, String fix) {}
