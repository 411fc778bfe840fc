package io.jenkins.plugins.cvmfs.engine.record;

/**
 * An image that the derived image was made from.
 *
 * @param name its reference
 * @param digest the digest of the image when it was used, or null if unknown
 */
public record BaseImage(String name, String digest) {}
