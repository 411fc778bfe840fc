package io.jenkins.plugins.cvmfs.engine.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImagesUsedTest {
    private static List<String> used(ImageSpecBuilder options, String dockerfile) {
        return ImagesUsed.of(Specs.valid(options), Optional.ofNullable(dockerfile)).stream()
                .map(ImageReference::toString)
                .toList();
    }

    @Test
    void everythingThatABuildReadsFromARegistry() {
        String dockerfile = """
                # syntax=frontend.example.org/f:1
                ARG BASE=base.example.org/b:1
                FROM ${BASE} AS first
                FROM named AS second
                COPY --from=copy.example.org/c:1 /a /a
                RUN --mount=type=bind,from=mount.example.org/m:1,target=/m true
                FROM first
                FROM scratch
                """;
        assertThat(used(
                        Specs.dockerfile()
                                .builderDriver("docker-container")
                                .buildArgs(Map.of("OTHER", "x"))
                                .buildContexts(
                                        Map.of("named", "docker-image://context.example.org/x:1", "files", "dir"))
                                .cache("one.example.org/cache")
                                .cacheFrom(List.of(
                                        "plain.example.org/cache:1",
                                        "type=registry,ref=from.example.org/cache:1",
                                        "type=local,src=dir"))
                                .cacheTo(List.of("type=registry,mode=max,ref=to.example.org/cache:1,compression=zstd")),
                        dockerfile))
                .containsExactlyInAnyOrder(
                        "frontend.example.org/f:1",
                        "base.example.org/b:1",
                        "copy.example.org/c:1",
                        "mount.example.org/m:1",
                        "context.example.org/x:1",
                        "plain.example.org/cache:1",
                        "from.example.org/cache:1",
                        "one.example.org/cache:image",
                        "to.example.org/cache:1");
    }

    @Test
    void theFrontendOfTheBuildArgument() {
        assertThat(used(
                        Specs.dockerfile()
                                .insecure(false)
                                .buildArgs(Map.of("BUILDKIT_SYNTAX", "other.example.org/f:2")),
                        "# syntax=frontend.example.org/f:1\nFROM scratch\n"))
                .containsExactly("other.example.org/f:2");
        assertThat(used(
                        Specs.dockerfile()
                                .insecure(false)
                                .buildArgs(Map.of("BUILDKIT_SYNTAX", "other.example.org/f:2")),
                        null))
                .as("a file that comes with a context from elsewhere")
                .containsExactly("other.example.org/f:2");
    }

    @Test
    void theBaseImageOfASetupScript() {
        assertThat(used(Specs.setup().baseImage("base.example.org/b:1"), null)).containsExactly("base.example.org/b:1");
        assertThat(used(Specs.dockerfile(), null)).isEmpty();
    }

    @Test
    void theGeneratorOfAnSbom() {
        ImageSpecBuilder full = Specs.dockerfile()
                .attests(List.of("type=sbom,\"generator=scan.example.org/s:1\"", "type=provenance,mode=max"));
        assertThat(used(full, null)).containsExactly("scan.example.org/s:1");
        assertThat(used(Specs.dockerfile().sbom("generator=scan.example.org/s:2"), null))
                .containsExactly("scan.example.org/s:2");
        assertThat(used(Specs.dockerfile().sbom("true"), null))
                .containsExactly("docker.io/docker/buildkit-syft-scanner:stable-1");
        assertThat(used(Specs.dockerfile().sbom("false"), null)).isEmpty();
        assertThat(used(Specs.dockerfile().attests(List.of("type=sbom,disabled=true")), null))
                .isEmpty();
    }

    @Test
    void theNamedBuildkitImageOfANewBuilder() {
        assertThat(used(
                        Specs.dockerfile()
                                .builderDriver("docker-container")
                                .builderImage("mirror.example.org/moby/buildkit:v0.32.2"),
                        null))
                .containsExactly("mirror.example.org/moby/buildkit:v0.32.2");
        assertThat(used(Specs.dockerfile().builderDriver("docker-container"), null))
                .isEmpty();
    }
}
