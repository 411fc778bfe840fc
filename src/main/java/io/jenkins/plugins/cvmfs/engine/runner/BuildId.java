package io.jenkins.plugins.cvmfs.engine.runner;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Tells one build's containers, builders and files from those of all others. */
public final class BuildId {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 6;

    private BuildId() {}

    /** An id that no other build on any machine has: 12 hexadecimal digits. */
    public static String create() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
