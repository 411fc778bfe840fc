package io.jenkins.plugins.cvmfs.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    void passesOnWhatIsNoText() throws IOException {
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
    void showsALastLineWithoutEndWhenItIsTold() throws IOException {
        OutputStream stream = new SecretMask(List.of("secret")).on(written);
        stream.write("a secret".getBytes(StandardCharsets.UTF_8));
        assertThat(written()).isEmpty();

        SecretMask.end(stream);
        assertThat(written()).isEqualTo("a ****");
        SecretMask.end(written);
    }

    @Test
    void withoutSecretsNothingIsBetween() {
        assertThat(new SecretMask(List.of("", " ")).on(written)).isSameAs(written);
    }
}
