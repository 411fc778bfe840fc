package io.jenkins.plugins.cvmfs.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
    private static final String SECRET = "p'a ss\"w\\ö/d?$1";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }

    static Stream<String> forms() {
        return Stream.of(
                SECRET,
                "'" + SECRET.replace("'", "'\\''") + "'",
                SECRET.replace("\\", "\\\\").replace("\"", "\\\""),
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void hidesASecretHoweverItIsWritten(String form) throws IOException {
        SecretMask mask = new SecretMask(List.of(SECRET));

        assertThat(mask.apply("a " + form + " b " + form))
                .doesNotContain(form)
                .startsWith("a ")
                .contains("****", " b ");
        try (OutputStream stream = mask.on(written)) {
            stream.write(("#1 " + form + "\nend").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(written())
                .doesNotContain(form)
                .startsWith("#1 ")
                .contains("****")
                .endsWith("\nend");
    }

    @Test
    void hidesASecretThatComesInPieces() throws IOException {
        OutputStream stream = new SecretMask(List.of("correct horse")).on(written);
        for (byte b : "it is correct horse, yes\n".getBytes(StandardCharsets.UTF_8)) {
            stream.write(b);
        }

        assertThat(written()).isEqualTo("it is ****, yes\n");
    }

    @Test
    void hidesASecretInALineLongerThanIsHeld() throws IOException {
        String line = "x".repeat((1 << 16) - 4) + "correct horse" + "y".repeat(200_000);
        try (OutputStream stream = new SecretMask(List.of("correct horse")).on(written)) {
            stream.write(line.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(written()).isEqualTo(line.replace("correct horse", "****"));
    }

    @Test
    void hidesTheLinesOfAKeyButNotEveryTrue() {
        SecretMask mask = new SecretMask(
                List.of("-----BEGIN KEY-----\nMIIEvQIBADANBgkq\n  hkiG9w0BAQEFAASC\ntrue\n-----END KEY-----\n"));

        assertThat(mask.apply("a MIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC true")).isEqualTo("a ****\n**** true");
    }

    @Test
    void hidesTheLongerOfTwoSecretsThatBeginAlike() {
        assertThat(new SecretMask(List.of("abc", "abcdef", "")).apply("abcdef abc"))
                .isEqualTo("**** ****");
    }

    @Test
    void passesOnBinaryData() throws IOException {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        try (OutputStream stream = new SecretMask(List.of("secret")).on(written)) {
            stream.write(bytes);
        }

        assertThat(written.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void showsALastLineWithoutEndWhenItIsReported() throws IOException {
        OutputStream stream = new SecretMask(List.of("secret")).on(written);
        stream.write("a secret".getBytes(StandardCharsets.UTF_8));
        assertThat(written()).isEmpty();

        SecretMask.end(stream);
        assertThat(written()).isEqualTo("a ****");
        SecretMask.end(written);
    }

    @Test
    void withoutSecretsTheStreamIsPassedThrough() {
        assertThat(new SecretMask(List.of("", " ")).on(written)).isSameAs(written);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<String> encodings() {
        String secret = "S3cretPushPassword~?>";
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                base64(secret),
                base64("u:" + secret),
                base64("us:" + secret),
                base64("git:" + secret + ":x"),
                Base64.getUrlEncoder().encodeToString(("a" + secret).getBytes(StandardCharsets.UTF_8)),
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("ab" + secret + "c").getBytes(StandardCharsets.UTF_8)),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(("x" + secret).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void hidesAnEncodedSecretWhereverItStands(String encoded) throws IOException {
        SecretMask mask = new SecretMask(List.of("S3cretPushPassword~?>"));

        assertHidden(mask, encoded, encoded.length());
        for (int width : new int[] {1, 3, 5, 64, 76}) {
            for (String lead : new String[] {"", "  ", "#12 0.345 ", "#7 12.5     "}) {
                String wrapped = encoded.replaceAll("(.{" + width + "})(?!$)", "$1\n" + lead);
                assertHidden(mask, wrapped, width);
                assertHidden(mask, wrapped.replace("\n", "\r\n"), width);
            }
        }
    }

    /** The lines of one of several images have its name before them. */
    @ParameterizedTest
    @MethodSource("encodings")
    void hidesAnEncodedSecretInTheLinesOfOneOfSeveralImages(String encoded) {
        SecretMask mask = new SecretMask(List.of("S3cretPushPassword~?>"));
        String lead = "\n[my-image.1] #7 12.5 ";

        String shown = mask.apply(encoded.replaceAll("(.{5})(?!$)", "$1" + lead));
        assertThat(shown.replaceAll("(?m)^(\\[my-image\\.1] )?(#[0-9]+ [0-9.]+ )?|\\*+|\\s", ""))
                .as(shown)
                .hasSizeLessThanOrEqualTo(12);
    }

    /** @param width of the lines, of which at most a few characters at the ends may be of what stands around it */
    private void assertHidden(SecretMask mask, String text, int width) throws IOException {
        String shown = mask.apply("before " + text + " after\nnext");
        assertThat(shown).startsWith("before ").endsWith("after\nnext");
        String left = shown.replaceAll("(?m)^#[0-9]+ [0-9.]+ *|\\*+|before|after|next|\\s", "");
        assertThat(left).as(text + "\n" + shown).hasSizeLessThanOrEqualTo(12);
        written.reset();
        try (OutputStream stream = mask.on(written)) {
            for (byte b : ("before " + text + " after\nnext").getBytes(StandardCharsets.UTF_8)) {
                stream.write(b);
            }
        }
        String streamed = written().replaceAll("(?m)^#[0-9]+ [0-9.]+ *|\\*+|before|after|next|\\s", "");
        // What ends a line is shown at once if it is too short to be told from other text.
        assertThat(streamed).as(text + "\n" + written()).hasSizeLessThanOrEqualTo(12 + Math.min(width, 3));
        assertThat(written()).startsWith("before ").endsWith("after\nnext");
    }

    @Test
    void aStreamOfWrappedLinesLosesNothingElse() throws IOException {
        String secret = "0123456789abcdefghijklmnopqrstuvwxyz".repeat(8);
        String wrapped = Base64.getMimeEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        try (OutputStream stream = new SecretMask(List.of(secret)).on(written)) {
            stream.write(("one\n" + wrapped + "\ntwo\n").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(written().lines().filter(line -> !line.equals("****")).toList())
                .containsExactly("one", "two");
        assertThat(written().lines().count()).isEqualTo(wrapped.lines().count() + 2);
    }

    @ParameterizedTest
    @CsvSource({
        "ab, ab is a bad tab, **** is a bad tab",
        "abc, abc=abc abcd, ****=**** abcd",
        "1, step 1 of 1, step 1 of 1",
        "on, done on time (on), done **** time (****)"
    })
    void aShortSecretIsHiddenWhereItStandsAlone(String secret, String text, String shown) throws IOException {
        SecretMask mask = new SecretMask(List.of(secret));

        assertThat(mask.apply(text)).isEqualTo(shown);
        assertThat(mask.isIn(text)).isEqualTo(!shown.equals(text));
        try (OutputStream stream = mask.on(written)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(written()).isEqualTo(shown);
    }

    /** In quadratic time this takes hours. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "YWFh", "61", "a\n", "YWFh\n"})
    void takesTimeLinearInTheText(String piece) {
        List<String> secrets = new ArrayList<>(List.of("a".repeat(4000), "ab".repeat(2000)));
        for (int i = 0; i < 200; i++) {
            secrets.add("a".repeat(i + 4) + "b" + i);
        }
        SecretMask mask = new SecretMask(secrets);
        byte[] text = piece.repeat(2_000_000 / piece.length()).getBytes(StandardCharsets.UTF_8);

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            mask.apply(new String(text, StandardCharsets.UTF_8));
            try (OutputStream stream = mask.on(OutputStream.nullOutputStream())) {
                stream.write(text);
            }
        });
        assertThat(mask.isIn("a".repeat(5000))).isTrue();
    }

    @Test
    void streamsAsItMasksATextAtOnce() throws IOException {
        SplittableRandom random = new SplittableRandom(20_261_124);
        List<String> pieces =
                List.of("hunter22", "x", "hunt", "er22", "\n", " ", "abcdefgh", "abcd", "bcdefgh", "'", "\r\n");
        SecretMask mask = new SecretMask(List.of("hunter22", "abcdefgh", "22\nx".repeat(3)));
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j >= 0; j--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            written.reset();
            OutputStream stream = mask.on(written);
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            int cut = random.nextInt(bytes.length + 1);
            stream.write(bytes, 0, cut);
            stream.write(bytes, cut, bytes.length - cut);
            SecretMask.end(stream);
            assertThat(written()).isEqualTo(mask.apply(text.toString())).doesNotContain("hunter22", "abcdefgh");
        }
    }
}
