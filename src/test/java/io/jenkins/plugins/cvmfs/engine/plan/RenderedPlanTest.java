package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole plans as they are laid down, against texts that a person has read. */
class RenderedPlanTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    static Stream<Arguments> plans() {
        return Stream.of(
                Arguments.of(
                        "buildx-ephemeral",
                        Specs.dockerfile()
                                .builderKeep(false)
                                .push(true)
                                .load(true)
                                .buildkitdConfig("[registry.\"docker.io\"]\n  mirrors = [\"mirror.example.org\"]\n")),
                Arguments.of(
                        "buildx-kept",
                        Specs.dockerfile()
                                .builderDriver("docker-container")
                                .mounts("cms.cern.ch oasis.opensciencegrid.org")
                                .uid("1000")
                                .gid("1000")),
                Arguments.of(
                        "buildx-docker-driver",
                        Specs.dockerfile().builderDriver("docker").push(true)),
                Arguments.of(
                        "buildx-existing",
                        Specs.dockerfile().builderName("mine").outputs(List.of("type=oci,dest=image.tar"))),
                Arguments.of(
                        "buildx-pool",
                        Specs.dockerfile()
                                .builderDriver("remote")
                                .builderEndpoint("tcp://one.example.org:1234 unix:///run/two.sock")
                                .builderDriverOpts(new TreeMap<>(Map.of(
                                        "cacert", "/c/ca.pem", "cert", "/c/a b.pem", "key", "/c/k", "servername", "s")))
                                .push(true)),
                Arguments.of(
                        "buildx-remote",
                        Specs.dockerfile()
                                .builderDriver("remote")
                                .builderEndpoint("tcp://one.example.org:1234")
                                .builderDriverOpts(new TreeMap<>(
                                        Map.of("cacert", "/c/ca.pem", "cert", "/c/cert.pem", "key", "/c/key.pem")))
                                .builderKeep(false)
                                .push(true)),
                Arguments.of(
                        "buildx-setup",
                        Specs.dockerfile()
                                .setup("echo 'it'\necho $HOME")
                                .mounts("all")
                                .push(true)
                                .buildArgs(Map.of("A", "b c"))
                                .secrets(List.of("id=token,env=TOKEN"))
                                .ssh(List.of("default"))),
                Arguments.of(
                        "buildx-setup-client",
                        Specs.setup()
                                .builderDriver("docker-container")
                                .mounts("cms.cern.ch")
                                .cvmfsHttpProxy("http://squid:3128;DIRECT")
                                .cvmfsPins(List.of("cms.cern.ch=tag:v1"))),
                Arguments.of(
                        "commit-inline-push",
                        Specs.commit()
                                .setup("echo hello")
                                .mounts("cms.cern.ch")
                                .tags(List.of("other.example.org/image:2"))
                                .push(true)),
                Arguments.of(
                        "commit-url",
                        Specs.dockerfile()
                                .strategy("commit")
                                .setupUrl("https://example.org/setup.sh")
                                .setupSha256(HEX)
                                .wipeCache(false)
                                .labels(Map.of("a", "b"))));
    }

    /** What a person reads before a build must be short. */
    @Test
    void scriptsContainOnlyWhatDiffersBetweenBuilds() throws Exception {
        assertThat(lines(Specs.dockerfile())).isLessThanOrEqualTo(40);
        assertThat(lines(Specs.setup().mounts("cms.cern.ch"))).isLessThanOrEqualTo(60);
        assertThat(lines(Specs.commit().mounts("cms.cern.ch").push(true))).isLessThanOrEqualTo(60);
        long golden = 0;
        for (Arguments plan : plans().toList()) {
            golden += text((String) plan.get()[0]).lines().count();
        }
        assertThat(golden).isLessThanOrEqualTo(500);
    }

    private static long lines(ImageSpecBuilder options) {
        return BuildPlan.of(Specs.valid(options), "id").script().lines().count();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void isTheTextBeside(String name, ImageSpecBuilder options) throws Exception {
        assertThat(BuildPlan.of(Specs.valid(options), "plan").render(false)).isEqualTo(text(name));
    }

    @Test
    void severalImagesAreAScriptOfScripts() throws Exception {
        List<ImagesPlan.Wanted> wanted = List.of(
                new ImagesPlan.Wanted(
                        "base",
                        Specs.valid(new ImageSpecBuilder()
                                .tags(List.of("example.org/base"))
                                .target("base")
                                .builderKeep(false)),
                        Optional.of(DockerfileText.of("FROM scratch AS base\n"))),
                new ImagesPlan.Wanted(
                        "analysis",
                        Specs.valid(new ImageSpecBuilder()
                                .tags(List.of("example.org/analysis"))
                                .pull(true)
                                .push(true)
                                .builderKeep(false)),
                        Optional.of(DockerfileText.of("FROM scratch\n"))));

        assertThat(ImagesPlan.of(wanted, "plan", 8, true).render(false)).isEqualTo(text("several-images"));
    }

    private String text(String name) throws Exception {
        try (InputStream expected = getClass().getResourceAsStream(name + ".sh")) {
            assertThat(expected)
                    .as("the file " + name + ".sh among the test resources")
                    .isNotNull();
            return new String(expected.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
