package io.jenkins.plugins.cvmfs.engine.record;

/**
 * One image of an index.
 *
 * @param platform {@code os/arch[/variant]}
 * @param digest the digest of its manifest
 */
public record PlatformImage(String platform, String digest) {}
