package io.jenkins.plugins.cvmfs.engine.runner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts {@code ****} in the place of secrets.
 *
 * <p>A secret is also found where it was quoted for a shell, a URL or JSON, or encoded in Base64. One of several lines
 * is looked for line by line, as a log shows it, and its short lines are let through: a log without any {@code true} is
 * no log.
 */
public final class SecretMask {
    private static final String SHOWN = "****";
    private static final int SHORT = 8;
    private static final int HELD = 1 << 16;

    private final Pattern pattern;
    private final int longest;

    /** @param secrets texts; empty ones are no secrets */
    public SecretMask(Collection<String> secrets) {
        Comparator<String> longestFirst =
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());
        Set<String> forms = new TreeSet<>(longestFirst);
        secrets.stream()
                .flatMap(SecretMask::lines)
                .flatMap(SecretMask::forms)
                .map(SecretMask::bytes)
                .forEach(forms::add);
        this.longest = forms.stream().mapToInt(String::length).max().orElse(0);
        this.pattern = forms.isEmpty()
                ? null
                : Pattern.compile(forms.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    private static Stream<String> lines(String secret) {
        String stripped = secret.strip();
        if (stripped.lines().count() <= 1) {
            return Stream.of(secret, stripped).filter(text -> !text.isBlank());
        }
        return stripped.lines().map(String::strip).filter(line -> line.length() >= SHORT);
    }

    private static Stream<String> forms(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                text,
                text.replace("'", "'\\''"),
                text.replace("\\", "\\\\").replace("\"", "\\\""),
                URLEncoder.encode(text, StandardCharsets.UTF_8),
                URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    // Every byte is a character, so that output which is no text passes unchanged.
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text without the secrets. */
    public String apply(String text) {
        return pattern == null
                ? text
                : new String(masked(bytes(text)).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private String masked(String text) {
        return pattern.matcher(text).replaceAll(Matcher.quoteReplacement(SHOWN));
    }

    /**
     * A stream whose lines reach {@code next} without the secrets; a line without an end waits for it, or for the
     * stream's.
     *
     * @param next where the output goes
     */
    public OutputStream on(OutputStream next) {
        return pattern == null ? next : new Masked(next);
    }

    /** Hands on a last line without an end, where the stream that {@link #on} gave is not closed. */
    public static void end(OutputStream stream) throws IOException {
        if (stream instanceof Masked masked) {
            masked.end(0);
            masked.flush();
        }
    }

    private final class Masked extends OutputStream {
        private final OutputStream next;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Masked(OutputStream next) {
            this.next = next;
        }

        @Override
        public synchronized void write(int b) throws IOException {
            line.write(b);
            if (b == '\n' || b == '\r') {
                end(0);
            } else if (line.size() >= HELD + longest) {
                end(longest);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
            next.flush();
        }

        /** Hands on what is held, but for the last bytes, in which a secret may have begun. */
        private synchronized void end(int kept) throws IOException {
            String text = masked(line.toString(StandardCharsets.ISO_8859_1));
            line.reset();
            int cut = Math.max(0, text.length() - kept);
            next.write(text.substring(0, cut).getBytes(StandardCharsets.ISO_8859_1));
            line.write(text.substring(cut).getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void flush() throws IOException {
            next.flush();
        }

        @Override
        public synchronized void close() throws IOException {
            end(0);
            next.close();
        }
    }
}
