package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRecordTest {
    private static final ImageRecord FULL = new ImageRecord(
            1,
            "buildx",
            "remote",
            "tcp://b.example.org:1234",
            List.of(new TaggedImage("a:1", "sha256:1", "a@sha256:1"), new TaggedImage("é\"\n", null, null)),
            "sha256:1",
            "application/json",
            "sha256:2",
            true,
            true,
            5_000_000_000L,
            7L,
            List.of("linux/amd64"),
            List.of(new PlatformImage("linux/amd64", "sha256:3")),
            List.of(
                    new OutputFile("type=oci,dest=a.tar", "a.tar", 6_000_000_000L, "c".repeat(64)),
                    new OutputFile("out", "out", 0, null)),
            "cms.cern.ch",
            List.of(
                    new MountedRepository("cms.cern.ch", 4711L, "a".repeat(40)),
                    new MountedRepository("b.cern.ch", null, null)),
            List.of(new BaseImage("b:2", null)),
            new BuildInputs(
                    "setupUrl",
                    "b".repeat(64),
                    new ImageSpecBuilder()
                            .dockerfile("d")
                            .context("c")
                            .target("t")
                            .setupFile("f")
                            .setupUrl("https://example.org")
                            .baseImage("b:2")
                            .buildArgs(Map.of("A", "b"))
                            .labels(Map.of("l", "m"))
                            .annotations(List.of("n=o"))
                            .platforms(List.of("linux/amd64"))
                            .buildContexts(Map.of("p", "q"))
                            .cvmfsHttpProxy("DIRECT")
                            .cvmfsQuotaLimit("1")
                            .cvmfsProfile("single")
                            .cvmfsUseCdn(false)
                            .cvmfsCacheBase("/a/b")
                            .cvmfsParameters(Map.of("CVMFS_X", "y"))
                            .uid("5")
                            .gid("6")
                            .insecure(true)
                            .wipeCache(false)
                            .given(),
                    List.of(new BuildInputs.LeftOut("buildArgs", "TOKEN"), new BuildInputs.LeftOut("context", null))),
            "2026-01-02T03:04:05Z",
            1234,
            List.of(new PhaseTime("build", 1200)),
            new BuildSteps(3, 2, List.of(new BuildSteps.Step("[2/4] RUN", 900))),
            List.of(new CallResult(
                    "check",
                    List.of(new CallResult.Entry(
                            CallResult.Kind.WARNING, "Rule", "text", 3, "https://docs.docker.com/x")))));

    private static final ImageRecord LEAST = new ImageRecord(
            1,
            "commit",
            null,
            null,
            List.of(),
            null,
            null,
            null,
            false,
            false,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            "",
            List.of(),
            List.of(),
            null,
            "2026-01-02T03:04:05Z",
            0,
            List.of(),
            null,
            List.of());

    @Test
    void aRoundTripChangesNothing() throws Exception {
        assertThat(ImageRecord.fromJson(FULL.toJson())).isEqualTo(FULL);
        assertThat(ImageRecord.fromJson(LEAST.toJson())).isEqualTo(LEAST);
    }

    @Test
    void beginsWithItsVersionAndEndsALine() {
        assertThat(FULL.toJson()).matches("(?s)\\{\\s*\"schemaVersion\" : 1,.*}\n");
    }

    @Test
    void unknownFieldsAreSkipped() throws Exception {
        assertThat(ImageRecord.fromJson(FULL.toJson().replaceFirst("\\{", "{\"later\": {\"x\": [1]}, ")))
                .isEqualTo(FULL);
    }

    @Test
    void emptyInputsAreOmittedAndReadAsEmpty() throws Exception {
        BuildInputs least = new BuildInputs(
                "dockerfile",
                null,
                new ImageSpecBuilder().insecure(false).wipeCache(true).given(),
                null);
        String json =
                "{\"schemaVersion\":1,\"inputs\":{\"source\":\"dockerfile\",\"wipeCache\":true,\"insecure\":false}}";
        ImageRecord read = ImageRecord.fromJson(json);

        assertThat(read.inputs()).isEqualTo(least);
        assertThat(read.inputs().options().map(BuildTable.BUILD_ARGS)).isEmpty();
        assertThat(read.toJson().replaceAll("\\s", ""))
                .contains("\"inputs\":{\"source\":\"dockerfile\",\"wipeCache\":true,\"insecure\":false}");
        assertThat(ImageRecord.fromJson("{\"schemaVersion\":1}").inputs()).isNull();
    }

    @Test
    void anOldRecordHasNoRepositories() throws Exception {
        assertThat(ImageRecord.fromJson("{\"schemaVersion\":1}").repositories()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"schemaVersion\":2}", "{\"schemaVersion\":0}", "{\"schemaVersion\":-1}", "{}", "null"})
    void anotherVersionIsRefused(String json) {
        assertThatThrownBy(() -> ImageRecord.fromJson(json))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessage("the record cannot be read: its schemaVersion is not one from 1 to 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{\"schemaVersion\":\"x\"}", "{\"schemaVersion\":1,\"images\":7}"})
    void anInvalidRecordIsRefused(String json) {
        assertThatThrownBy(() -> ImageRecord.fromJson(json))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageStartingWith("the record cannot be read: ");
    }

    @Test
    void aRecordOfAnySizeIsRefused() {
        assertThatThrownBy(() ->
                        ImageRecord.fromJson("{\"schemaVersion\":1,\"digest\":\"" + "x".repeat(5_000_000) + "\"}"))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining("it is larger than 4096 KiB");
    }

    /** Jenkins knows them; what looks like one is left out before. */
    @Test
    void inputsWithAKnownSecretAreOmittedAndListed() throws Exception {
        BuildInputs inputs = new InputsReader(
                        Specs.valid(Specs.dockerfile()
                                .context("sub hunter2")
                                .buildArgs(Map.of("FOO", "a-hunter2-b", "BAR", "c"))
                                .labels(Map.of("hunter2", "l", "m", "n"))
                                .annotations(List.of("a=hunter2", "b=c"))
                                .buildContexts(Map.of("p", "https://example.org/hunter2"))
                                .cvmfsHttpProxy("http://hunter2:3128")),
                        "")
                .read();
        ImageRecord record = withInputs(inputs).without(text -> text.contains("hunter2"));

        assertThat(record.toJson()).doesNotContain("hunter2");
        assertThat(record.inputs().options().map(BuildTable.BUILD_ARGS)).isEqualTo(Map.of("BAR", "c"));
        assertThat(record.inputs().options().map(BuildTable.LABELS)).isEqualTo(Map.of("m", "n"));
        assertThat(record.inputs().options().list(BuildTable.ANNOTATIONS)).containsExactly("b=c");
        assertThat(record.inputs().leftOut())
                .containsExactlyInAnyOrder(
                        new BuildInputs.LeftOut("context", null),
                        new BuildInputs.LeftOut("buildArgs", "FOO"),
                        new BuildInputs.LeftOut("labels", null),
                        new BuildInputs.LeftOut("annotations", "a"),
                        new BuildInputs.LeftOut("buildContexts", "p"),
                        new BuildInputs.LeftOut("cvmfsHttpProxy", null));
        assertThat(ImageRecord.fromJson(record.toJson())).isEqualTo(record);
    }

    @Test
    void withoutKnownSecretsTheRecordStays() {
        assertThat(FULL.without(text -> false)).isEqualTo(FULL);
        assertThat(LEAST.without(text -> true)).isEqualTo(LEAST);
    }

    private static ImageRecord withInputs(BuildInputs inputs) {
        return new ImageRecord(
                1,
                "buildx",
                "docker",
                null,
                List.of(),
                null,
                null,
                null,
                true,
                false,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of(),
                List.of(),
                inputs,
                "2026-01-02T03:04:05Z",
                0,
                List.of(),
                null,
                List.of());
    }
}
