package io.jenkins.plugins.cvmfs.engine.record;

/**
 * An image that the derived image was made from.
 *
 * @param name its reference
 * @param digest the digest of what the reference named when it was used, or null if the image has been in no registry
 */
public record BaseImage(String name, String digest) {}
