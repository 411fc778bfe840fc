package io.jenkins.plugins.cvmfs.engine.record;

/**
 * An image that the derived image was made from.
 *
 * @param name its reference
 * @param digest the digest of what the reference named when it was used, or null where that is not known
 */
public record BaseImage(String name, String digest) {}
