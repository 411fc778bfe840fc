package io.jenkins.plugins.cvmfs.engine.runner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Replaces secrets by {@code ****}, in time linear in the text.
 *
 * <p>A secret is also found if quoted for a shell, a URL or JSON, or encoded in hexadecimal or Base64, even inside a
 * longer text or broken into lines. A multi-line secret is searched line by line, without its short lines. A secret of
 * two or three characters is found only as a separate word.
 */
public final class SecretMask {
    private static final int HELD = 1 << 16;

    private final SecretSearch.Words words;

    /** @param secrets texts to mask; empty ones and single characters are ignored */
    public SecretMask(Collection<String> secrets) {
        SecretForms forms = new SecretForms(secrets);
        this.words = forms.isEmpty()
                ? null
                : new SecretSearch.Words(new WordTree(forms.plain()), new WordTree(forms.encoded()));
    }

    /** The text without the secrets. */
    public String apply(String text) {
        if (words == null) {
            return text;
        }
        SecretSearch search = new SecretSearch(words);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            search.take(b);
        }
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        search.end(shown);
        return search.found() ? shown.toString(StandardCharsets.UTF_8) : text;
    }

    /** Whether a text contains a secret. */
    public boolean isIn(String text) {
        return !apply(text).equals(text);
    }

    /**
     * A stream that passes lines on to {@code next} with the secrets masked. An incomplete line is held back until its
     * end or the end of the stream, and so is the end of a line that may be the start of an encoded secret.
     *
     * @param next where the output goes
     */
    public OutputStream on(OutputStream next) {
        return words == null ? next : new Masked(next, words);
    }

    /** Passes on a last incomplete line, for a stream of {@link #on} that is not closed. */
    public static void end(OutputStream stream) throws IOException {
        if (stream instanceof Masked masked) {
            masked.end();
            masked.flush();
        }
    }

    private static final class Masked extends OutputStream {
        private final OutputStream next;
        private final SecretSearch search;
        private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        private int limit = HELD;

        Masked(OutputStream next, SecretSearch.Words words) {
            this.next = next;
            this.search = new SecretSearch(words);
        }

        @Override
        public synchronized void write(int b) throws IOException {
            search.take((byte) b);
            if (b == '\n' || b == '\r' || search.held() >= limit) {
                search.handOn(shown);
                limit = search.held() + HELD;
                show();
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
            next.flush();
        }

        private void show() throws IOException {
            shown.writeTo(next);
            shown.reset();
        }

        private synchronized void end() throws IOException {
            search.end(shown);
            show();
        }

        @Override
        public void flush() throws IOException {
            next.flush();
        }

        @Override
        public void close() throws IOException {
            end();
            next.close();
        }
    }
}
