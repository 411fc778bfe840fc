package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Pin;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a description through its record to the description of the same image. */
class ReproductionTest {
    private static final String SUM = "0123456789abcdef".repeat(4);
    private static final String HASH = "0123456789".repeat(4);
    private static final String DIGEST = "sha256:" + SUM;
    private static final String REPOSITORIES = "cms.cern.ch 4711 " + HASH + "\n";

    /** The record of an image as it was described, in JSON as a build writes it. */
    private static String recorded(ImageSpecBuilder options, String repositories) throws Exception {
        Map<ResultFile, String> files = new EnumMap<>(ResultFile.class);
        files.put(ResultFile.SOURCE, SUM + "  -\n1000\n1001\n");
        files.put(ResultFile.IMAGE_ID, DIGEST);
        files.put(ResultFile.IMAGE, "{\"Id\":\"" + DIGEST + "\"}");
        files.put(ResultFile.BASE_IMAGE, "null\nnull\n{\"RepoDigests\":[\"example.org/base@" + DIGEST + "\"]}\n");
        files.put(ResultFile.DRIVER, "docker-container\n");
        files.put(
                ResultFile.METADATA,
                "{\"containerimage.descriptor\":{},\"buildx.build.provenance\":{\"materials\":["
                        + "{\"uri\":\"pkg:docker/example.org/base@El_7\",\"digest\":{\"sha256\":\"" + SUM + "\"}},"
                        + "{\"uri\":\"pkg:docker/debian@latest\",\"digest\":{\"sha256\":\"" + SUM + "\"}}]}}");
        files.put(ResultFile.REPOSITORIES, repositories);
        return new RecordReader(Specs.valid(options), files)
                .read(Instant.EPOCH, Duration.ZERO)
                .toJson();
    }

    private static ImageSpec again(String json, ImageSpecBuilder given) throws Exception {
        Reproduction.of("record.json", json).complete(given.given());
        return Specs.valid(given);
    }

    private static ImageSpecBuilder tagged() {
        return new ImageSpecBuilder().tags(List.of("new:1"));
    }

    @Test
    void aDockerfileIsRebuiltUnchangedExceptForTagsPinsAndResults() throws Exception {
        ImageSpecBuilder options = Specs.dockerfile()
                .dockerfile("a/Dockerfile")
                .context("a")
                .target("t")
                .mounts("cms.cern.ch")
                .uid("5")
                .gid("6")
                .buildArgs(Map.of("A", "b"))
                .labels(Map.of("l", "m"))
                .annotations(List.of("n=o"))
                .platforms(List.of("linux/amd64"))
                .buildContexts(Map.of("p", "q"))
                .cvmfsHttpProxy("DIRECT")
                .cvmfsQuotaLimit("4000")
                .cvmfsProfile("single")
                .cvmfsUseCdn(false)
                .cvmfsCacheBase("/var/cache")
                .cvmfsParameters(Map.of("CVMFS_X", "y"))
                .insecure(false);
        String json = recorded(options, REPOSITORIES);
        ImageSpec was = Specs.valid(options);
        ImageSpec again = again(json, tagged());

        assertThat(again.tags()).extracting(Object::toString).containsExactly("new:1");
        List<Option> others = List.of(ImageTable.TAGS, ClientTable.PINS, BuilderTable.DRIVER);
        assertThat(again.values().without(others)).isEqualTo(was.values().without(others));
        assertThat(again.client().pins()).containsExactly(new Pin("cms.cern.ch", "CVMFS_ROOT_HASH", HASH));
        assertThat(again.builder().driver()).isEqualTo(Driver.DOCKER_CONTAINER);
    }

    @Test
    void containersGetTheRecordedOptions() throws Exception {
        ImageSpecBuilder options = Specs.dockerfile()
                .addHosts(List.of("a:10.0.0.1"))
                .network("host")
                .ulimits(List.of("nofile=9"))
                .shmSize("1g")
                .cgroupParent("/builds")
                .resources(Map.of("memory", "2g"))
                .allow(List.of("network.host"))
                .policy(List.of("filename=a.rego"));

        assertThat(again(recorded(options, ""), tagged()).values().byName())
                .containsAllEntriesOf(
                        options.given().without(List.of(ImageTable.TAGS)).byName());
    }

    @Test
    void aSetupScriptRunsInTheRecordedBaseImage() throws Exception {
        ImageSpec again = again(
                recorded(
                        Specs.dockerfile()
                                .strategy("commit")
                                .setupFile("a.sh")
                                .baseImage("example.org/base:El_7")
                                .wipeCache(false)
                                .mounts("all"),
                        REPOSITORIES),
                tagged());
        assertThat(again)
                .isEqualTo(Specs.valid(tagged().strategy("commit")
                        .setupFile("a.sh")
                        .uid("1000")
                        .gid("1001")
                        .baseImage("example.org/base@" + DIGEST)
                        .wipeCache(false)
                        .mounts("all")
                        .cvmfsPins(List.of("cms.cern.ch=" + HASH))));

        ImageSpec fetched = again(
                recorded(
                        Specs.dockerfile()
                                .setupUrl("https://example.org/a")
                                .setupSha256(SUM)
                                .baseImage("other"),
                        ""),
                tagged());
        assertThat(fetched.source())
                .isEqualTo(new Source.Setup(new Source.Script.Url("https://example.org/a", SUM), "other"));
    }

    @Test
    void theRecordOfARebuiltImageIsTheSame() throws Exception {
        ImageSpecBuilder options = Specs.dockerfile()
                .setupFile("a.sh")
                .baseImage("example.org/base:El_7")
                .mounts("cms.cern.ch");
        ImageSpecBuilder once = tagged();
        again(recorded(options, REPOSITORIES), once);

        assertThat(again(recorded(once, REPOSITORIES), tagged())).isEqualTo(Specs.valid(once));
    }

    @Test
    void givenOptionsTakePrecedenceOverTheRecord() throws Exception {
        String json = recorded(
                Specs.dockerfile()
                        .setupFile("a.sh")
                        .baseImage("a")
                        .buildArgs(Map.of("A", "b", "C", "d"))
                        .platforms(List.of("linux/amd64")),
                "");
        ImageSpec again = again(
                json,
                tagged().setup("echo")
                        .baseImage("b")
                        .buildArgs(Map.of("A", "z"))
                        .platforms(List.of("linux/arm64"))
                        .builderName("mine"));

        assertThat(again.source()).isEqualTo(new Source.Setup(new Source.Script.Inline("echo"), "b"));
        assertThat(again.options().buildArgs()).containsExactlyInAnyOrderEntriesOf(Map.of("A", "z", "C", "d"));
        assertThat(again.options().platforms()).containsExactly("linux/arm64");
        assertThat(again.builder().driver()).isEqualTo(Driver.EXISTING);
    }

    @Test
    void omittedValuesMustBeGivenAgain() throws Exception {
        String json = recorded(
                Specs.setup()
                        .buildArgs(Map.of("DB_PASSWORD", "hunter2"))
                        .labels(Map.of("token", "x"))
                        .annotations(List.of("apiKey=x"))
                        .buildContexts(Map.of("c", "https://example.org/c?private_token=p"))
                        .secrets(List.of("id=s,env=S"))
                        .ssh(List.of("k=/k"))
                        .cvmfsParameters(Map.of("CVMFS_TOKEN", "x")),
                "");
        assertThat(json).doesNotContain("hunter2");
        assertThatThrownBy(() -> again(json, tagged()))
                .isInstanceOf(InvalidSpecException.class)
                .satisfies(
                        failure -> assertThat(failure.getMessage().lines())
                                .hasSize(8)
                                .contains(
                                        "Missing buildArgs: the record does not contain 'DB_PASSWORD', since it "
                                                + "is or may hold a secret; give 'DB_PASSWORD' again",
                                        "Missing setup: the record does not contain it, since it is or may hold a "
                                                + "secret; give it again, as a text or as a file")
                                .allMatch(
                                        line -> line.matches(
                                                "Missing (setup|buildArgs|labels|annotations|buildContexts|secrets|ssh|cvmfsParameters): .*")));

        ImageSpec again = again(
                json,
                tagged().setupFile("a")
                        .buildArgs(Map.of("DB_PASSWORD", "x"))
                        .labels(Map.of("token", "x"))
                        .annotations(List.of("apiKey=x"))
                        .buildContexts(Map.of("c", "d"))
                        .secrets(List.of("type=env,id=s"))
                        .ssh(List.of("k"))
                        .cvmfsParameters(Map.of("CVMFS_TOKEN", "x")));
        assertThat(again.options().buildArgs()).containsEntry("DB_PASSWORD", "x");

        String context = recorded(Specs.dockerfile().context("https://token@example.org/a.git"), "");
        assertThatThrownBy(() -> again(context, tagged())).hasMessageStartingWith("Missing context: ");
        assertThat(again(context, tagged().context("b")).source()).isEqualTo(new Source.Dockerfile(null, "b", null));
    }

    @ParameterizedTest
    @CsvSource({
        "cms.cern.ch, cms.cern.ch 4711 -, 'Invalid RECORD ''record.json'': it has no root hash of cms.cern.ch, only "
                + "revision 4711, and only the hash'",
        "cms.cern.ch, cms.cern.ch - -, 'Invalid RECORD ''record.json'': it has no root hash of cms.cern.ch, and only "
                + "the hash'",
        "cms.cern.ch sft.cern.ch, '', 'Invalid RECORD ''record.json'': it does not say in which state cms.cern.ch, "
                + "sft.cern.ch was mounted'",
        "all, '', 'Invalid RECORD ''record.json'': it does not say in which state CVMFS was mounted'",
    })
    void aStateThatIsNotKnownIsAnError(String mounts, String repositories, String message) throws Exception {
        String json = recorded(Specs.dockerfile().mounts(mounts), repositories);
        assertThatThrownBy(() -> again(json, tagged()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith(message)
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none"})
    void nothingNeedsToBeKnownOfWhatWasNotMounted(String mounts) throws Exception {
        assertThat(again(recorded(Specs.dockerfile().mounts(mounts), ""), tagged())
                        .client()
                        .pins())
                .isEmpty();
    }

    @Test
    void anIncompleteRecordOfAnOlderVersionIsReported() throws Exception {
        assertThatThrownBy(() -> Reproduction.of("old.json", "{\"schemaVersion\":1,\"strategy\":\"buildx\"}"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageStartingWith("Invalid RECORD 'old.json': it lacks inputs, so it is unknown");
        assertThatThrownBy(() -> Reproduction.of("a.json", "{\"schemaVersion\":1,\"inputs\":{}}"))
                .hasMessageStartingWith("Invalid RECORD 'a.json': it lacks inputs.source and strategy, ");
        for (String none : List.of("", "{}", "[]", "{\"schemaVersion\":2}")) {
            assertThatThrownBy(() -> Reproduction.of("a.json", none))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageStartingWith("Invalid RECORD 'a.json': expected the record of an image; ");
        }
    }

    @Test
    void anotherSourceIsAnError() throws Exception {
        Reproduction again = Reproduction.of("a.json", recorded(Specs.dockerfile(), ""));
        ImageSpec local = Specs.valid(Specs.dockerfile());
        again.requireSameSource(local, SUM);
        assertThatThrownBy(() -> again.requireSameSource(local, "f".repeat(64)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessage("Invalid dockerfile './Dockerfile': its sha256 is " + "f".repeat(64)
                        + ", but the image was built from one with " + SUM
                        + "; use the recorded one, or accept another with --allow-changed-source");
        assertThatThrownBy(() ->
                        again.requireSameSource(Specs.valid(Specs.dockerfile().setupFile("b.sh")), "f".repeat(64)))
                .hasMessageStartingWith("Invalid setupFile 'b.sh': its sha256 is ");
        assertThatThrownBy(() -> again.requireSameSource(Specs.valid(Specs.setup()), "f".repeat(64)))
                .hasMessageStartingWith("Invalid setup 'the text given': ");
    }

    @Test
    void aSourceThatCannotBeComparedIsAnErrorUnlessItIsACommit() throws Exception {
        Reproduction again = Reproduction.of(
                "a.json", recorded(Specs.dockerfile(), "").replaceFirst("\"sourceSha256\" : \"[0-9a-f]+\",", ""));
        assertThatThrownBy(() -> again.requireSameSource(Specs.valid(Specs.dockerfile()), SUM))
                .hasMessageContaining("lacks inputs.sourceSha256");
        assertThatThrownBy(() -> again.requireSameSource(
                        Specs.valid(Specs.dockerfile().context("https://example.org/a.git#main")), null))
                .hasMessageStartingWith("Invalid dockerfile 'https://example.org/a.git#main': it cannot be compared");
        again.requireSameSource(
                Specs.valid(Specs.dockerfile().context("https://example.org/a.git#" + HASH + ":sub")), null);
    }

    @Test
    void basesAreNamedContextsUnlessAStageHasTheName() throws Exception {
        BasePins pins = new BasePins(ImageRecord.fromJson(recorded(Specs.dockerfile(), "")));
        ImageSpec spec = Specs.valid(Specs.dockerfile());
        Map<String, String> all = Map.of(
                "example.org/base:El_7",
                "docker-image://example.org/base@" + DIGEST,
                "debian:latest",
                "docker-image://debian@" + DIGEST);
        assertThat(pins.contexts(Optional.empty())).containsExactlyInAnyOrderEntriesOf(all);
        assertThat(pins.contexts(Optional.of("FROM debian AS other\n"))).containsExactlyInAnyOrderEntriesOf(all);
        assertThat(pins.contexts(Optional.of("FROM debian AS Debian\nFROM debian\n")))
                .containsOnlyKeys("example.org/base:El_7");

        assertThat(pins.unpinned(spec)).containsExactly("example.org/base:El_7", "debian:latest");
        assertThat(pins.unpinned(Specs.valid(Specs.dockerfile().buildContexts(all))))
                .isEmpty();
        assertThat(pins.unpinned(Specs.valid(Specs.setup().baseImage("a:1")))).containsExactly("a:1");
        assertThat(pins.unpinned(Specs.valid(Specs.setup().baseImage("a@" + DIGEST))))
                .isEmpty();
    }

    @Test
    void statesAreComparedByTheirHashes() throws Exception {
        String other = "f".repeat(40);
        ImageRecord was = ImageRecord.fromJson(
                recorded(Specs.dockerfile().setup("x").mounts("all"), REPOSITORIES + "a.cern.ch 1 " + HASH + "\n"));
        ImageRecord moved =
                ImageRecord.fromJson(recorded(Specs.setup().mounts("all"), "cms.cern.ch 4712 " + other + "\n"));
        ImageRecord none = ImageRecord.fromJson(recorded(Specs.setup(), ""));

        assertThat(RevisionComparison.of("a.json", was, was))
                .isEqualTo(new RevisionComparison(
                        true,
                        "Revisions: the same as in a.json: cms.cern.ch 4711 (" + HASH + "), a.cern.ch 1 (" + HASH
                                + ")."));
        assertThat(RevisionComparison.of("a.json", was, moved))
                .isEqualTo(new RevisionComparison(
                        false,
                        "Revisions: not the same as in a.json: cms.cern.ch was 4711 (" + HASH + "), is 4712 (" + other
                                + "); a.cern.ch was 1 (" + HASH + "), is not known."));
        assertThat(RevisionComparison.of("a.json", none, moved).same()).isFalse();
        assertThat(RevisionComparison.of("a.json", none, none))
                .isEqualTo(
                        new RevisionComparison(true, "Revisions: none is known, neither in a.json nor of this image."));
    }
}
