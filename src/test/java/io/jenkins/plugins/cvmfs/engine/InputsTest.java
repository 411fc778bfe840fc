package io.jenkins.plugins.cvmfs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.login.AuthFile;
import io.jenkins.plugins.cvmfs.engine.login.ConfiguredLogin;
import io.jenkins.plugins.cvmfs.engine.login.DockerConfig;
import io.jenkins.plugins.cvmfs.engine.login.ImagesUsed;
import io.jenkins.plugins.cvmfs.engine.login.LoginChoice;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.record.Publication;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import io.jenkins.plugins.cvmfs.engine.runner.SecretMask;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs from real work, a row each, that need neither an engine nor Jenkins. */
class InputsTest {
    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of("a proxy without its scheme", Specs.setup().cvmfsHttpProxy("squid.example.org:3128")),
                Arguments.of(
                        "proxies in groups",
                        Specs.setup().cvmfsHttpProxy("http://a.example.org:3128|b.example.org:3128;DIRECT")),
                Arguments.of("a tag of a server", pinned("cms.cern.ch=tag:generic-2026-11-24T10:00:00Z")),
                Arguments.of("a hash of another algorithm", pinned("cms.cern.ch=" + HASH + "-shake128")),
                Arguments.of("another one", pinned("cms.cern.ch=" + HASH + "-rmd160")),
                Arguments.of("all in upper case", Specs.setup().mounts("ALL")),
                Arguments.of("commas between repositories", Specs.setup().mounts("cms.cern.ch,atlas.cern.ch")),
                Arguments.of(
                        "the network of the host for a builder in a container",
                        Specs.dockerfile()
                                .builderDriver("docker-container")
                                .builderDriverOpts(Map.of("network", "host"))
                                .network("host")));
    }

    private static ImageSpecBuilder pinned(String pin) {
        return Specs.setup().mounts("cms.cern.ch").cvmfsPins(List.of(pin));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void validValuesAreAccepted(String name, ImageSpecBuilder options) throws Exception {
        assertThat(Specs.valid(options).tags()).as(name).isNotEmpty();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("a script for Windows", Specs.setup().setup("#!/bin/bash\r\necho\r\n"), "setup"),
                Arguments.of(
                        "limits that are none",
                        Specs.dockerfile().builderDriver("docker-container").builderGc(Map.of("maxUsedSpace", "lots")),
                        "builderGc"),
                Arguments.of("no platform", Specs.dockerfile().platforms(List.of("linux/weird 64x")), "platforms"),
                Arguments.of("no provenance", Specs.dockerfile().provenance("maybe"), "provenance"),
                Arguments.of("no size", Specs.dockerfile().shmSize("lots"), "shmSize"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void mistakesAreReported(String name, ImageSpecBuilder options, String option) {
        assertThatThrownBy(() -> options.build(WorkspaceFiles.UNCHECKED))
                .as(name)
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("Invalid " + option);
    }

    @Test
    void aPathOutOfTheWorkspaceIsReported() {
        WorkspaceFiles workspace = new WorkspaceFiles() {
            @Override
            public boolean isFile(String path) {
                return true;
            }

            @Override
            public boolean isDirectory(String path) {
                return true;
            }

            @Override
            public boolean isOutside(String path) {
                return Path.of(path).normalize().startsWith("..");
            }
        };
        assertThatThrownBy(
                        () -> Specs.dockerfile().dockerfile("../../etc/passwd").build(workspace))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("Invalid dockerfile '../../etc/passwd'")
                .hasMessageContaining("outside the workspace");
    }

    @Test
    void aGivenLoginTakesPrecedenceOverThatOfTheEnvironment(@TempDir Path directory) throws Exception {
        Map<String, String> environment = new DockerConfig(
                        Map.of("DOCKER_AUTH_CONFIG", "{\"auths\": {\"r:5000\": {\"auth\": \"c3RhbGU6c3RhbGU=\"}}}"),
                        directory.toString())
                .write(directory.resolve("made"), Map.of("r:5000", "Z2l2ZW46Z2l2ZW4="));

        assertThat(environment).containsEntry("DOCKER_AUTH_CONFIG", "");
        JsonNode made = new ObjectMapper().readTree(Files.readString(directory.resolve("made/config.json")));
        assertThat(made.at("/auths/r:5000/auth").asText()).isEqualTo("Z2l2ZW46Z2l2ZW4=");
    }

    @Test
    void aPasswordInWrappedBase64IsHidden() {
        AuthFile file = AuthFile.parse("{\"auths\":{\"r:5000\":{\"auth\":\"cm9ib3Q6cmlnaHQtc2Vj\\ncmV0LTE=\"}}}")
                .orElseThrow();
        assertThat(new SecretMask(file.hidden()).apply("it is right-secret-1")).isEqualTo("it is ****");
    }

    @Test
    void aFileWithOnlyACredentialStoreHasLogins() {
        assertThat(AuthFile.parse("{\"credsStore\":\"ecr-login\"}")).isPresent();
    }

    @ParameterizedTest
    @MethodSource("hubs")
    void oneRegistryHasOneLoginUnderAllItsNames(String configured, String tag) throws Exception {
        List<ConfiguredLogin> logins =
                ConfiguredLogin.of(configured, "hub").stream().toList();
        assertThat(LoginChoice.of(logins, List.of(reference(tag)), List.of()).ids())
                .containsExactly(Map.entry("docker.io", "hub"));
    }

    static Stream<Arguments> hubs() {
        return Stream.of(
                        "https://registry.hub.docker.com",
                        "index.docker.io",
                        "docker.io",
                        "https://index.docker.io/v1/")
                .flatMap(configured -> Stream.of("cms/a:1", "docker.io/cms/a:1", "registry.hub.docker.com/cms/a:1")
                        .map(tag -> Arguments.of(configured, tag)));
    }

    @Test
    void theLongestPathHasTheLogin() throws Exception {
        List<ConfiguredLogin> logins = Stream.of(
                        ConfiguredLogin.of("registry.example.org/cms", "cms"),
                        ConfiguredLogin.of("registry.example.org", "all"),
                        ConfiguredLogin.of("registry.example.org/atlas", "atlas"))
                .map(Optional::orElseThrow)
                .toList();
        assertThat(Stream.of(
                                "registry.example.org/cms/a:1",
                                "registry.example.org/atlas/a:1",
                                "registry.example.org/b:1")
                        .map(tag -> chosen(logins, tag)))
                .containsExactly("cms", "atlas", "all");
    }

    private static String chosen(List<ConfiguredLogin> logins, String tag) {
        try {
            return LoginChoice.of(logins, List.of(reference(tag)), List.of())
                    .ids()
                    .get("registry.example.org");
        } catch (InvalidSpecException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whateverABuildReadsHasALogin() throws Exception {
        ImageSpecBuilder options = Specs.dockerfile()
                .cacheFrom(List.of("type=registry,ref=cache.example.org/c"))
                .cacheTo(List.of("type=registry,ref=put.example.org/c"))
                .buildContexts(Map.of("x", "docker-image://context.example.org/x:1"));
        String dockerfile = "# syntax=front.example.org/frontend:1\nFROM from.example.org/base:1\n"
                + "COPY --from=copy.example.org/a:1 /a /a\nRUN --mount=from=mount.example.org/m,target=/m true\n";

        assertThat(ImagesUsed.of(Specs.valid(options), Optional.of(dockerfile)).stream()
                        .map(ImageReference::registry)
                        .collect(Collectors.toSet()))
                .contains(
                        "cache.example.org",
                        "put.example.org",
                        "context.example.org",
                        "front.example.org",
                        "from.example.org",
                        "copy.example.org",
                        "mount.example.org");
    }

    @Test
    void aNameOfOnePartHasNoLineForOsg() {
        String digest = "sha256:" + "a".repeat(64);
        assertThat(publication("registry.example.org/analysis:1.2", digest).osg())
                .isNull();
        assertThat(publication("registry.example.org/cms/analysis:1.2", digest).osg())
                .isNotNull();
    }

    private static Publication publication(String tag, String digest) {
        return Publication.of(new TaggedImage(tag, digest, reference(tag).pinned(digest)))
                .orElseThrow();
    }

    static Stream<Arguments> dockerfiles() {
        return Stream.of(
                Arguments.of("RUN source /cvmfs/cms.cern.ch/cmsset_default.sh", 2),
                Arguments.of("RUN --security=insecure mount_cvmfs && ./install.sh", 2),
                Arguments.of("RUN cvmfs_config probe", 2),
                Arguments.of("COPY --from=0 /cvmfs/cms.cern.ch/a .", 2),
                Arguments.of("RUN --security=insecure /cvmfs-helper/mount && ls /cvmfs/cms.cern.ch", 2),
                Arguments.of("RNU echo", 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dockerfiles")
    void aDockerfileThatCannotWorkGetsAWarning(String instruction, int line) throws Exception {
        String text = "FROM aperloff/cms-cvmfs-docker@sha256:" + "a".repeat(64) + "\n" + instruction + "\n";
        Review review = Review.of(
                Specs.valid(Specs.dockerfile().mounts("cms.cern.ch")),
                path -> Optional.of("# syntax=docker/dockerfile:1\n" + text));
        assertThat(review.at(line + 1)).as("%s", review.findings()).isNotEmpty();
    }

    @Test
    void aDockerfileWithoutCvmfsGetsNoFindingsAboutIt() throws Exception {
        Review review = Review.of(
                Specs.valid(Specs.dockerfile().mounts("none")),
                path -> Optional.of("FROM debian:bookworm\nRUN true\n"));
        assertThat(review.findings()).isEmpty();
    }

    private static ImageReference reference(String text) {
        return ImageReference.parse(text).orElseThrow();
    }
}
