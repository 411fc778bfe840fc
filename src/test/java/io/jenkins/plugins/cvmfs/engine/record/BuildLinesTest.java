package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BuildLinesTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    static Stream<Arguments> first() {
        return Stream.of(
                Arguments.of(
                        Specs.dockerfile(),
                        "from Dockerfile with the engine's own builder or one in a container, then loading it."),
                Arguments.of(
                        Specs.dockerfile()
                                .context("sub")
                                .builderDriver("docker-container")
                                .push(true),
                        "from Dockerfile in sub with a kept docker-container builder, then pushing it to example.org."),
                Arguments.of(
                        Specs.dockerfile().builderDriver("docker").load(true).push(true),
                        "with the engine's own builder, then loading it and pushing it to example.org."),
                Arguments.of(
                        Specs.dockerfile().builderDriver("docker-container").builderKeep(false),
                        "with an ephemeral docker-container builder, then loading it."),
                Arguments.of(
                        Specs.dockerfile()
                                .builderDriver("remote")
                                .builderEndpoint("tcp://b.example.org:1234")
                                .outputs(List.of("type=oci,dest=x.tar")),
                        "with the buildkitd at tcp://b.example.org:1234, then exporting it."),
                Arguments.of(
                        Specs.dockerfile().builderDriver("remote").builderEndpoint("tcp://a:1 tcp://b:1"),
                        "with one of 2 buildkitds, then loading it."),
                Arguments.of(Specs.dockerfile().builderName("mine"), "with the builder mine, then loading it."),
                Arguments.of(
                        Specs.commit(),
                        "from a setup script in aperloff/cms-cvmfs-docker:latest with docker run and docker commit,"
                                + " then loading it."));
    }

    @ParameterizedTest
    @MethodSource
    void first(ImageSpecBuilder spec, String said) throws Exception {
        assertThat(BuildLines.first(Specs.valid(spec)))
                .startsWith("Building example.org/image:1 from ")
                .endsWith(said);
    }

    @Test
    void aCheckBuildsNothing() throws Exception {
        assertThat(BuildLines.first(Specs.valid(Specs.dockerfile().call(List.of("check")))))
                .isEqualTo("Checking Dockerfile with the engine's own builder or one in a container.");
    }

    @Test
    void theSummaryShowsKnownFacts() throws Exception {
        String record = """
                {"schemaVersion": 1, "durationMillis": 61500,
                 "phases": [{"phase": "builder", "millis": 500}, {"phase": "build", "millis": 60500}],
                 "digest": "D", "imageId": "D",
                 "images": [{"tag": "r/a:1", "digest": "D", "reference": "r/a@D"}, {"tag": "r/a:2"}],
                 "sizeInEngine": 1234567890, "sizeInRegistry": 999,
                 "repositories": [{"name": "cms.cern.ch", "revision": "12", "rootHash": "ab"}]}
                """.replace("D", DIGEST);

        assertThat(BuildLines.summary(ImageRecord.fromJson(record)))
                .containsExactly(
                        "Built r/a:1, r/a:2 in 1 min 1 s (builder 0.5 s, build 1 min 0 s)",
                        "  pushed: r/a@" + DIGEST,
                        "  image ID: " + DIGEST,
                        "  size: 1.2 GB in the engine, 1.0 kB in the registry",
                        "  cms.cern.ch: revision 12, root hash ab");
        assertThat(BuildLines.summary(ImageRecord.fromJson(
                        "{\"schemaVersion\": 1, \"durationMillis\": 1250, \"images\": [{\"tag\": \"r/a:1\"}]}")))
                .containsExactly("Built r/a:1 in 1.3 s");
    }

    @Test
    void unknownRevisionsAreNotSkipped() throws Exception {
        String record = "{\"schemaVersion\": 1, \"images\": [{\"tag\": \"a\"}], \"mounts\": \"MOUNTS\"}";
        assertThat(BuildLines.summary(ImageRecord.fromJson(record.replace("MOUNTS", "cms.cern.ch"))))
                .last()
                .asString()
                .startsWith("  CVMFS: not known in which revisions");
        for (String none : List.of("none", "")) {
            assertThat(BuildLines.summary(ImageRecord.fromJson(record.replace("MOUNTS", none))))
                    .hasSize(1);
        }
    }
}
