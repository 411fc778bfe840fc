package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.PromotionSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Giving further names to an image; the stub's note manifest is what the registry has under each. */
@ParameterizedClass
@MethodSource("shells")
class PromotionPlanTest {
    private static final String MANIFEST = "{\"schemaVersion\": 2}";
    private static final String DIGEST = "sha256:" + Sha256.of(MANIFEST);
    private static final String IMAGE = "example.org/a:1@" + DIGEST;
    private static final String REGISTRY = """
            case "$*" in
                'buildx imagetools inspect '*) cat "$stub/manifest" ;;
                'buildx imagetools create '*)
                    [ ! -e "$stub/refuses" ] || { cat "$stub/refuses" >&2; exit 1; }
                    ;;
            esac
            """;

    @Parameter
    private List<String> shell;

    private StubMachine machine;
    private Path notes;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        machine = new StubMachine(root, shell)
                .docker(REGISTRY)
                .newest("default")
                .with("CVMFS_DERIVED_IMAGE_PAUSES", "0 0");
        notes = root.resolve("notes");
        Files.writeString(notes.resolve("manifest"), MANIFEST);
    }

    private StubMachine.Ended promote(String... tags) throws Exception {
        PromotionSpec spec = PromotionSpec.of(IMAGE, List.of(tags));
        return machine.run(PromotionPlan.of(spec.source(), spec.tags()).files());
    }

    @Test
    void theImageGetsItsTagsAndTheyAreVerified() throws Exception {
        assertThat(promote("example.org/a:stable", "other.example.org/b")).isEqualTo(new StubMachine.Ended(0, ""));

        assertThat(machine.calls())
                .containsExactly(
                        List.of(
                                "buildx",
                                "imagetools",
                                "create",
                                "--builder=default",
                                "--prefer-index=false",
                                "--tag=example.org/a:stable",
                                "--tag=other.example.org/b",
                                "--",
                                "example.org/a@" + DIGEST),
                        List.of(
                                "buildx",
                                "imagetools",
                                "inspect",
                                "--builder=default",
                                "--raw",
                                "example.org/a:stable"),
                        List.of(
                                "buildx",
                                "imagetools",
                                "inspect",
                                "--builder=default",
                                "--raw",
                                "other.example.org/b"));
    }

    @Test
    void aNameOfSomethingElseIsAFailure() throws Exception {
        Files.writeString(notes.resolve("manifest"), "{}");
        StubMachine.Ended ended = promote("example.org/a:stable");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .isEqualTo("ERROR: example.org/a:stable now has sha256:" + Sha256.of("{}") + ", not " + DIGEST
                        + ": something else moves this tag, too.\n");
    }

    @Test
    void aRefusalIsReportedAndATemporaryOneRetried() throws Exception {
        Files.writeString(notes.resolve("refuses"), "ERROR: unexpected status: 403 Forbidden\n");
        assertThat(promote("example.org/a:stable").exitCode()).isEqualTo(1);
        assertThat(machine.called()).containsExactly("buildx imagetools create");

        Files.writeString(notes.resolve("refuses"), "ERROR: unexpected status: 503 Service Unavailable\n");
        assertThat(promote("example.org/a:stable").exitCode()).isEqualTo(1);
        assertThat(machine.called()).hasSize(3).containsOnly("buildx imagetools create");
    }

    @Test
    void onlyAnImageByItsDigestIsPromoted() {
        for (String image : List.of("a", "a:1", "a@sha256:1", "A@" + DIGEST, "--x@" + DIGEST)) {
            InvalidSpecException refused = catchThrowableOfType(
                    InvalidSpecException.class, () -> PromotionSpec.of(image, List.of("b", "C", "d@" + DIGEST)));
            assertThat(refused.problems())
                    .extracting(Problem::option, Problem::value)
                    .containsExactly(tuple("image", image), tuple("tags", "C"), tuple("tags", "d@" + DIGEST));
        }
        assertThatThrownBy(() -> PromotionSpec.of(null, List.of())).hasMessageContaining("Missing image");
        assertThatThrownBy(() -> PromotionPlan.of(
                        ImageReference.parse("a:1").orElseThrow(),
                        List.of(ImageReference.parse("b").orElseThrow())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRecordHasTheDigestUnderEachName() throws Exception {
        PromotionRecord record = PromotionRecord.of(
                PromotionSpec.of(IMAGE, List.of("example.org/a:stable", "b", "b")),
                Instant.parse("2026-11-29T10:00:00Z"),
                Duration.ofMillis(1500));
        JsonNode json = new ObjectMapper().readTree(record.toJson());

        assertThat(json.path("promoted").asText()).isEqualTo("example.org/a@" + DIGEST);
        assertThat(json.path("images")).hasSize(2);
        assertThat(json.at("/images/1/reference").asText()).isEqualTo("b@" + DIGEST);
        assertThat(json.path("durationMillis").asLong()).isEqualTo(1500);
        assertThat(record.references()).containsExactly("example.org/a@" + DIGEST, "b@" + DIGEST);
    }
}
