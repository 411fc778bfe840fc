package io.jenkins.plugins.cvmfs.engine.runner;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The forms in which secrets are searched: as text, quoted for a shell, JSON or a URL; and in Base64 or hexadecimal,
 * also inside a longer encoded text.
 */
final class SecretForms {
    /** Shorter lines of a multi-line secret are not masked: a log without any {@code true} would be useless. */
    private static final int SHORT_LINE = 8;

    /** A single character is not masked. */
    private static final int LEAST = 2;

    /** Shorter encoded texts occur in many harmless words. */
    private static final int LEAST_ENCODED = 6;

    private static final int GROUP = 3;

    /** Total bytes of secrets that are searched in every form; beyond that, only as text. */
    private static final int EVERY_FORM = 128 * 1024;

    private static final int ANY_FORM = 4 * 1024 * 1024;

    private final Set<String> plain = new LinkedHashSet<>();
    private final Set<String> encoded = new LinkedHashSet<>();
    private int bytes;

    SecretForms(Collection<String> secrets) {
        secrets.stream().flatMap(SecretForms::lines).distinct().forEach(this::add);
    }

    private static Stream<String> lines(String secret) {
        String stripped = secret.strip();
        if (stripped.lines().count() <= 1) {
            return Stream.of(secret.replaceAll("[\\r\\n]", ""), stripped)
                    .filter(text -> text.strip().length() >= LEAST);
        }
        return stripped.lines().map(String::strip).filter(line -> line.length() >= SHORT_LINE);
    }

    private void add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes += utf8.length;
        if (bytes > ANY_FORM) {
            return;
        }
        plain.add(text);
        if (bytes <= EVERY_FORM) {
            String url = URLEncoder.encode(text, StandardCharsets.UTF_8);
            plain.addAll(List.of(
                    text.replace("'", "'\\''"),
                    text.replace("\\", "\\\\").replace("\"", "\\\""),
                    url,
                    url.replace("+", "%20")));
            base64(utf8);
            hexadecimal(utf8);
        }
    }

    // Three bytes become four characters, so the result depends on the offset of the secret.
    private void base64(byte[] secret) {
        encoded.add(Base64.getEncoder().encodeToString(secret));
        for (int before = 0; before < GROUP; before++) {
            byte[] placed = new byte[before + secret.length];
            System.arraycopy(secret, 0, placed, before, secret.length);
            int first = (before * 8 + 5) / 6;
            int end = placed.length * 8 / 6;
            if (end - first >= LEAST_ENCODED) {
                encoded.add(Base64.getEncoder().encodeToString(placed).substring(first, end));
                encoded.add(Base64.getUrlEncoder().encodeToString(placed).substring(first, end));
            }
        }
    }

    private void hexadecimal(byte[] secret) {
        if (secret.length * 2 >= LEAST_ENCODED) {
            String digits = HexFormat.of().formatHex(secret);
            encoded.add(digits);
            encoded.add(digits.toUpperCase(Locale.ROOT));
        }
    }

    boolean isEmpty() {
        return plain.isEmpty();
    }

    /** Forms within one line. */
    List<byte[]> plain() {
        return bytes(plain);
    }

    /** Forms that may be broken into lines. */
    List<byte[]> encoded() {
        return bytes(encoded);
    }

    private static List<byte[]> bytes(Set<String> forms) {
        return forms.stream()
                .map(form -> form.getBytes(StandardCharsets.UTF_8))
                .filter(form -> form.length > 0)
                .toList();
    }
}
