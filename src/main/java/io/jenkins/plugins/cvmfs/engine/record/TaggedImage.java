package io.jenkins.plugins.cvmfs.engine.record;

/**
 * The image under one of its tags.
 *
 * @param tag the reference as requested
 * @param digest the digest in the tag's registry, or null if it was not pushed
 * @param reference {@code name@sha256:...}, or null if it was not pushed
 */
public record TaggedImage(String tag, String digest, String reference) {}
