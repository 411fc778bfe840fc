package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.cvmfs.engine.Mutations;
import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a result file holds, it is read or refused with the one clear message. */
class ResultMutationsTest {
    private static final int TIMES = 100_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LONGEST = 600;
    private static final String HEX = "0123456789abcdef".repeat(4);

    private static final String METADATA = """
            {"buildx.build.provenance":{"materials":[{"uri":"pkg:docker/a@1?platform=linux%2Famd64","digest":{"sha256":"HEX"}}],
            "invocation":{"parameters":{"args":{"source":"docker/dockerfile:1"}}}},
            "containerimage.descriptor":{"mediaType":"application/vnd.oci.image.manifest.v1+json","platform":{"architecture":"arm",
            "os":"linux","variant":"v7"}},"containerimage.config.digest":"sha256:HEX","containerimage.digest":"sha256:HEX"}
            """.replace("HEX", HEX);

    private static final String IMAGE = """
            {"Id":"sha256:HEX","RepoDigests":["example.org/image@sha256:HEX"],"Size":12345,"Os":"linux","Architecture":"arm",
            "Variant":"v7"}
            """.replace("HEX", HEX);

    private static final String MANIFEST = """
            {"mediaType":"application/vnd.oci.image.index.v1+json","layers":[{"size":5},{"size":7}],"manifests":[
            {"platform":{"architecture":"amd64","os":"linux","variant":"v8"}},{"platform":{"os":"unknown"}}]}
            """;

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(ResultFile.METADATA, METADATA),
                Arguments.of(ResultFile.IMAGE, IMAGE),
                Arguments.of(ResultFile.MANIFEST, MANIFEST),
                Arguments.of(
                        ResultFile.BASE_IMAGE,
                        "[\"/run.sh\"]\nnull\n" + IMAGE.replace("\n", "").replace("example.org/image", "debian")),
                Arguments.of(ResultFile.IMAGE_ID, "sha256:" + HEX + "\n"),
                Arguments.of(ResultFile.DRIVER, "docker-container\n"),
                Arguments.of(ResultFile.SOURCE, HEX + "  Dockerfile\n1000\n1000\n"),
                Arguments.of(
                        ResultFile.STEPS,
                        "{\"vertexes\":[{\"digest\":\"sha256:1\",\"name\":\"[build 2/4] RUN a\","
                                + "\"started\":\"2026-11-29T17:27:40.5Z\",\"completed\":\"2026-11-29T17:27:44Z\","
                                + "\"cached\":true}]}\n"),
                Arguments.of(
                        ResultFile.REPOSITORIES,
                        "cms.cern.ch 4711 " + HEX.substring(24) + "\natlas.cern.ch - " + HEX.substring(24)
                                + "-shake128\n"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsOrRefusesEveryMutation(ResultFile file, String text) {
        boolean commit = file == ResultFile.BASE_IMAGE;
        ImageSpec spec = Specs.valid(
                commit
                        ? Specs.commit().push(true).baseImage("debian:12").mounts("all")
                        : Specs.dockerfile().push(true).load(true).mounts("all"));
        Map<ResultFile, String> whole = whole();
        if (file != ResultFile.METADATA && !commit) {
            whole.put(ResultFile.METADATA, "{\"containerimage.digest\":\"sha256:" + HEX + "\"}");
        }
        if (file != ResultFile.IMAGE) {
            whole.put(ResultFile.IMAGE, commit ? IMAGE : "{}");
        }
        Mutations mutations = new Mutations(text);
        int[] read = {0};
        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < TIMES; i++) {
                read[0] += reads(spec, whole, file, mutations.next()) ? 1 : 0;
            }
        });
        assertThat(read[0]).as("mutations that are still read").isPositive();
    }

    private static Map<ResultFile, String> whole() {
        Map<ResultFile, String> whole = new EnumMap<>(ResultFile.class);
        for (Arguments each : files().toList()) {
            whole.put((ResultFile) each.get()[0], (String) each.get()[1]);
        }
        return whole;
    }

    private static boolean reads(ImageSpec spec, Map<ResultFile, String> whole, ResultFile file, String text) {
        Map<ResultFile, String> files = new EnumMap<>(whole);
        files.put(file, text);
        if (file == ResultFile.MANIFEST) {
            files.put(ResultFile.METADATA, "{\"containerimage.digest\":\"sha256:" + Sha256.of(text) + "\"}");
        }
        try {
            ImageRecord record = new RecordReader(spec, files).read(Instant.EPOCH, Duration.ZERO);
            holds(record, text);
            return true;
        } catch (UnreadableResultException e) {
            if (e.getMessage().length() > 400) {
                throw new AssertionError("a message of " + e.getMessage().length() + " characters", e);
            }
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError("of " + file + ":\n" + text, e);
        }
    }

    private static int longest(ImageRecord record) {
        return Stream.of(
                        record.baseImages().stream().map(BaseImage::name),
                        record.repositories().stream().map(MountedRepository::name),
                        record.platforms().stream(),
                        Stream.ofNullable(record.mediaType()))
                .flatMap(texts -> texts)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static void holds(ImageRecord record, String text) {
        List<String> digests = Stream.of(record.digest(), record.imageId())
                .filter(digest -> digest != null && !Grammar.DIGEST.matches(digest))
                .toList();
        boolean sizes =
                Stream.of(record.sizeInEngine(), record.sizeInRegistry()).allMatch(size -> size == null || size >= 0);
        if (!digests.isEmpty() || !sizes || longest(record) > LONGEST) {
            throw new AssertionError(record.toJson() + "\nof\n" + text);
        }
    }
}
