package io.jenkins.plugins.cvmfs.engine.runner;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Identifies the containers, builders and files of one build. */
public final class BuildId {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 6;

    private BuildId() {}

    /** A random id, unique across machines: 12 hexadecimal digits. */
    public static String create() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
