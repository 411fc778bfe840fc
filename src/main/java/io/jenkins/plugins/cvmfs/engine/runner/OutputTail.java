package io.jenkins.plugins.cvmfs.engine.runner;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Passes output on immediately and keeps its end for the diagnosis. */
public final class OutputTail extends FilterOutputStream {
    private static final int KEPT = 32 * 1024;

    private final byte[] ring = new byte[KEPT];
    private long written;

    /** @param next where the output goes */
    public OutputTail(OutputStream next) {
        super(next);
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        keep((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        for (int i = Math.max(0, length - KEPT); i < length; i++) {
            keep(bytes[offset + i]);
        }
        out.flush();
    }

    /** The last lines of the output. */
    public String text() {
        int length = (int) Math.min(written, KEPT);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = ring[(int) ((written - length + i) % KEPT)];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The end of a text, 32 Ki characters at most.
     *
     * @param text the text, or null for an empty one
     */
    public static String end(String text) {
        return text == null ? "" : text.substring(Math.max(0, text.length() - KEPT));
    }

    private void keep(byte b) {
        ring[(int) (written++ % KEPT)] = b;
    }
}
