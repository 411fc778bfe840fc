package io.jenkins.plugins.cvmfs.engine.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.shell.HostileStrings;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final int RANDOM_TEXTS = 20_000;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // written, registry, repository, tag
                "debian, docker.io, library/debian, -",
                "debian:12, docker.io, library/debian, 12",
                "a/b, docker.io, a/b, -",
                "a/b/c:1.2-x_Y, docker.io, a/b/c, 1.2-x_Y",
                "docker.io/debian, docker.io, library/debian, -",
                "index.docker.io/a/b, docker.io, a/b, -",
                "index.docker.io/debian:1, docker.io, library/debian, 1",
                "localhost/a, localhost, a, -",
                "localhost:5000/a:5000, localhost:5000, a, 5000",
                "127.0.0.1:5000/a/b:1, 127.0.0.1:5000, a/b, 1",
                "[::1]:5000/a:1, [::1]:5000, a, 1",
                "[2001:db8::1]/a, [2001:db8::1], a, -",
                "registry.example.org/cms/analysis:1.2, registry.example.org, cms/analysis, 1.2",
                "Registry.Example.ORG/a, Registry.Example.ORG, a, -",
                "UPPER/a, UPPER, a, -",
                "a__b/c-d/e.f/g---h, docker.io, a__b/c-d/e.f/g---h, -",
                "host:80/a, host:80, a, -",
                "a:_, docker.io, library/a, _",
                "a-b.c/d, a-b.c, d, -",
                "x.y/library, x.y, library, -"
            })
    void aReferenceHasParts(String written, String registry, String repository, String tag) {
        ImageReference reference = ImageReference.parse(written).orElseThrow();

        assertThat(reference.registry()).isEqualTo(registry);
        assertThat(reference.repository()).isEqualTo(repository);
        assertThat(reference.canonicalName()).isEqualTo(registry + "/" + repository);
        assertThat(reference.tag()).isEqualTo(tag);
        assertThat(reference.digest()).isNull();
        assertThat(reference).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource({
        "debian, debian",
        "debian:12, debian",
        "example.org:5000/a/b:1, example.org:5000/a/b",
        "docker.io/library/a, docker.io/library/a"
    })
    void aPinnedReferenceNamesOneContent(String written, String name) {
        assertThat(ImageReference.parse(written).orElseThrow().pinned("sha256:" + HEX))
                .isEqualTo(name + "@sha256:" + HEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@sha256:", "a:1@sha256:", "example.org:5000/a/b@sha256:"})
    void aDigestIsRead(String start) {
        ImageReference reference = ImageReference.parse(start + HEX).orElseThrow();

        assertThat(reference.digest()).isEqualTo("sha256:" + HEX);
        assertThat(reference).hasToString(start + HEX);
    }

    static String[] invalid() {
        return new String[] {
            "",
            " ",
            "a b",
            " a",
            "a ",
            "a\n",
            "\na",
            "a\0",
            "A",
            "a/B",
            "a//b",
            "/a",
            "a/",
            "a:",
            ":a",
            "a:-x",
            "a:.x",
            "a:b:c",
            "a:b/c:d:e",
            "a:" + "t".repeat(129),
            "-a",
            "a-",
            "_a",
            "a_",
            ".a",
            "a.",
            "a..b",
            "a___b",
            "a._b",
            "a@",
            "a@sha256",
            "a@sha256:",
            "a@sha256:abc",
            "a@sha256:" + HEX.toUpperCase(java.util.Locale.ROOT),
            "a@sha256:" + HEX + "0",
            "a@" + HEX,
            "@sha256:" + HEX,
            HEX,
            "http://example.org/a",
            "docker-image://a",
            "example.org:/a",
            "example.org:port/a",
            "[::1/a",
            "::1/a",
            "[::1]",
            "-h.org/a",
            "h-.org/a",
            "é",
            "a:é",
            "a/é",
            "аpache",
            "a\u200b",
            "$(a)",
            "a;b",
            "a'b",
            "--rm",
            "a:$x",
            "a%2fb",
            "~a",
            "a+b",
            "a".repeat(256),
            ("a/".repeat(127) + "aa"),
            "library/" + "a".repeat(240)
        };
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void otherTextIsRejected(String text) {
        assertThat(ImageReference.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128})
    void aTagHasUpTo128Characters(int length) {
        assertThat(ImageReference.parse("a:" + "t".repeat(length))).isPresent();
    }

    @Test
    void aNameHasUpTo255CharactersInFull() {
        assertThat(ImageReference.parse("example.org/" + "a".repeat(255 - "example.org/".length())))
                .isPresent();
        assertThat(ImageReference.parse("example.org/" + "a".repeat(256 - "example.org/".length())))
                .isEmpty();
        assertThat(ImageReference.parse("a".repeat(255 - "docker.io/library/".length())))
                .isPresent();
        assertThat(ImageReference.parse("a".repeat(256 - "docker.io/library/".length())))
                .isEmpty();
    }

    @Test
    void anyTextIsParsedOrRejectedAndAReferenceStaysUnchanged() {
        HostileStrings hostile = new HostileStrings(6);
        Random random = new Random(7);
        String alphabet = "aaab0-._/:@ABsha256:[]";
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(40), 0, alphabet.length()).forEach(c -> text.append(alphabet.charAt(c)));
            for (String candidate : new String[] {text.toString(), hostile.next()}) {
                ImageReference.parse(candidate).ifPresent(reference -> {
                    assertThat(reference).hasToString(candidate);
                    assertThat(reference.canonicalName())
                            .isEqualTo(reference.registry() + "/" + reference.repository());
                    assertThat(ImageReference.parse(reference.canonicalName()))
                            .as(candidate)
                            .isPresent();
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.", "a-", "a/", "-", "_", "a:", "a@", "A.", "[", "a__", "0"})
    void aVeryLongTextIsAnswered(String part) {
        for (int length : new int[] {100, 580, 100_000}) {
            assertThat(ImageReference.parse(part.repeat(length) + "!")).isEmpty();
        }
    }
}
