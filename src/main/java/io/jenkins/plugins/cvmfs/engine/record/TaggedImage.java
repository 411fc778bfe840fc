package io.jenkins.plugins.cvmfs.engine.record;

/**
 * The image under one of its tags.
 *
 * @param tag the reference as it was asked for
 * @param digest the digest under which the tag's registry has it, or null if it was not pushed
 * @param reference {@code name@sha256:...}, or null if it was not pushed
 */
public record TaggedImage(String tag, String digest, String reference) {}
