package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several images in one call, by the packaged command line. */
@ExtendWith(RealEngine.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SeveralImagesDockerIT {
    private static final String ENGINE = "--builder-driver=docker";
    private static final String EPHEMERAL =
            "--builder-driver=docker-container --no-builder-keep --builder-driver-opt=network=host";

    private static void nothingIsLeft(Rig rig) throws Exception {
        assertThat(rig.made()).isEmpty();
        try (Stream<Path> files = Files.list(rig.temporary())) {
            assertThat(files).as("temporary files").isEmpty();
        }
    }

    /** Three stages over one that all have, which has something of its own for each test. */
    private static void dockerfile(Rig rig, String failing) throws IOException {
        StringBuilder text = new StringBuilder("FROM " + Rig.baseImageInRegistry() + " AS common\nRUN echo " + rig.id()
                + " >/common && echo once-$(date +%N)\n");
        for (String stage : List.of("a", "b", "c")) {
            text.append("FROM common AS " + stage + "\nRUN echo " + stage + " >/stage"
                    + (stage.equals(failing) ? " && exit 7" : "") + "\n");
        }
        rig.write("Dockerfile", text.toString());
    }

    private static String image(Rig rig, String name, String more) {
        return "{\"name\": \"" + name + "\", \"tags\": [\"" + rig.in(Registry.secret(), name + ":1") + "\"]" + more
                + "}";
    }

    private static void images(Rig rig) throws IOException {
        rig.write(
                "images.json",
                "[" + image(rig, "a", ", \"target\": \"a\"") + "," + image(rig, "b", ", \"target\": \"b\"") + ","
                        + image(rig, "c", ", \"target\": \"c\"") + "]");
    }

    private static void requireBuilder(Rig rig, String builder) throws Exception {
        if (!builder.equals(ENGINE)) {
            ContainerBuilderDockerIT.requireBuildKit(rig);
        }
    }

    private static Ran build(Rig rig, String builder, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("build", "--images-file=images.json", "--push"));
        words.addAll(Arrays.asList(builder.split(" ")));
        words.addAll(List.of(more));
        return Ran.of(rig.cli(words.toArray(String[]::new)));
    }

    private static List<ImageRecord> records(Rig rig) throws Exception {
        List<ImageRecord> records = new ArrayList<>();
        for (JsonNode record :
                new ObjectMapper().readTree(Files.readString(rig.workspace().resolve("records.json")))) {
            records.add(ImageRecord.fromJson(record.toString()));
        }
        return records;
    }

    private static boolean registryHas(Rig rig, String name) throws Exception {
        return rig.docker("buildx", "imagetools", "inspect", rig.in(Registry.secret(), name + ":1"))
                        .exitCode()
                == 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGINE, EPHEMERAL})
    void shareABuilderAndHaveARecordEach(String builder, Rig rig) throws Exception {
        requireBuilder(rig, builder);
        dockerfile(rig, "");
        images(rig);
        Ran build = build(rig, builder, "--parallel=3", "--record=records.json", "--metadata-file=metadata.json");

        assertThat(build.exitCode()).as(build.err()).isZero();
        List<ImageRecord> records = records(rig);
        assertThat(records)
                .extracting(record -> record.images().get(0).tag())
                .containsExactly(
                        rig.in(Registry.secret(), "a:1"),
                        rig.in(Registry.secret(), "b:1"),
                        rig.in(Registry.secret(), "c:1"));
        for (ImageRecord record : records) {
            Asserts.registriesHave(rig, record);
        }
        assertThat(build.err()
                        .lines()
                        .filter(line -> line.matches("\\[[abc]] #\\d+ [0-9.]+ once-\\d+"))
                        .map(line -> line.replaceAll(".*once-", ""))
                        .distinct())
                .as("what all have is built once")
                .hasSize(1);
        assertThat(new ObjectMapper()
                        .readTree(Files.readString(rig.workspace().resolve("metadata.json")))
                        .fieldNames())
                .toIterable()
                .containsExactly("a", "b", "c");
        assertThat(build.err()).doesNotContain(Registry.password());
        nothingIsLeft(rig);
    }

    @Test
    void eachHasItsOwnStrategy(Rig rig) throws Exception {
        dockerfile(rig, "");
        rig.write("setup.sh", "echo setup >/tmp/stage\n");
        rig.write(
                "images.json",
                "[" + image(rig, "a", ", \"target\": \"a\"") + ","
                        + image(
                                rig,
                                "s",
                                ", \"strategy\": \"commit\", \"setupFile\": \"setup.sh\", \"baseImage\": \""
                                        + Rig.baseImageInRegistry() + "\", \"mounts\": \"none\"")
                        + "]");
        Ran build = build(rig, ENGINE, "--record=records.json");

        assertThat(build.exitCode()).as(build.err()).isZero();
        assertThat(records(rig)).extracting(ImageRecord::strategy).containsExactly("buildx", "commit");
        for (ImageRecord record : records(rig)) {
            Asserts.registriesHave(rig, record);
        }
        nothingIsLeft(rig);
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGINE, EPHEMERAL})
    void aFailedImageIsNamedAndDoesNotStopTheOthers(String builder, Rig rig) throws Exception {
        requireBuilder(rig, builder);
        dockerfile(rig, "b");
        images(rig);
        Ran build = build(rig, builder, "--record=records.json");

        assertThat(build.exitCode()).isEqualTo(1);
        assertThat(build.err())
                .contains("Image 'b': ", "exit code 7")
                .doesNotContain("Image 'a': ", "Image 'c': ", "Exception");
        assertThat(records(rig)).hasSize(2);
        assertThat(registryHas(rig, "a")).isTrue();
        assertThat(registryHas(rig, "b")).isFalse();
        assertThat(registryHas(rig, "c")).isTrue();
        nothingIsLeft(rig);
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGINE, EPHEMERAL})
    void togetherAllArePushedOrNone(String builder, Rig rig) throws Exception {
        requireBuilder(rig, builder);
        dockerfile(rig, "c");
        images(rig);
        Ran failed = build(rig, builder, "--push-together", "--record=records.json");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err())
                .contains(
                        "Image 'a': Built, but not pushed.",
                        "Image 'b': Built, but not pushed.",
                        "Image 'c': ",
                        "exit code 7");
        assertThat(rig.workspace().resolve("records.json")).doesNotExist();
        for (String name : List.of("a", "b", "c")) {
            assertThat(registryHas(rig, name)).as(name).isFalse();
        }
        nothingIsLeft(rig);

        dockerfile(rig, "");
        Ran build = build(rig, builder, "--push-together", "--record=records.json");
        assertThat(build.exitCode()).as(build.err()).isZero();
        for (ImageRecord record : records(rig)) {
            Asserts.registriesHave(rig, record);
        }
        assertThat(build.err().lastIndexOf("RUN echo c >/stage"))
                .as("the second part finds all in the cache")
                .isPositive();
        assertThat(build.err()).contains("CACHED");
        nothingIsLeft(rig);
    }

    @Test
    void togetherByCommitWithASmokeTest(Rig rig) throws Exception {
        rig.write(
                "images.json",
                "[" + image(rig, "a", ", \"setup\": \"#!/bin/bash\\ncp /cvmfs/cms.cern.ch/README ~/a\\n\"") + ","
                        + image(rig, "b", ", \"setup\": \"#!/bin/bash\\ntrue\\n\", \"smokeTest\": \"test -e /nowhere\"")
                        + "]");
        String[] commit = {
            "--strategy=commit",
            "--base-image=" + Rig.baseImage(),
            "--mounts=cms.cern.ch",
            "--push-together",
            "--record=records.json"
        };
        Ran failed = build(rig, commit[0], Arrays.copyOfRange(commit, 1, commit.length));
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("Image 'a': Built, but not pushed.", "Image 'b': The smoke test failed");
        assertThat(registryHas(rig, "a")).isFalse();
        assertThat(rig.hasImage(rig.in(Registry.secret(), "a:1"))).isFalse();
        nothingIsLeft(rig);

        rig.write(
                "images.json",
                Files.readString(rig.workspace().resolve("images.json"))
                        .replace("test -e /nowhere", "test ! -e /nowhere"));
        Ran build = build(rig, commit[0], Arrays.copyOfRange(commit, 1, commit.length));
        assertThat(build.exitCode()).as(build.err()).isZero();
        List<ImageRecord> records = records(rig);
        assertThat(records)
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.repositories()).hasSize(1));
        for (ImageRecord record : records) {
            Asserts.registriesHave(rig, record);
        }
        assertThat(rig.hasImage(rig.in(Registry.secret(), "a:1")))
                .as("it was not to be loaded")
                .isFalse();
        nothingIsLeft(rig);
    }

    @Test
    void aStopEndsAllOfThemInOneProcess(Rig rig) throws Exception {
        ContainerBuilderDockerIT.requireBuildKit(rig);
        StringBuilder text = new StringBuilder("FROM " + Rig.baseImageInRegistry() + " AS common\n");
        for (String stage : List.of("a", "b", "c")) {
            text.append("FROM common AS " + stage + "\nRUN echo began-" + stage + "-$((40 + 2)) && sleep 600\n");
        }
        rig.write("Dockerfile", text.toString());
        images(rig);
        Process process = rig.cli(
                        "build",
                        "--images-file=images.json",
                        "--push",
                        "--builder-driver=docker-container",
                        "--no-builder-keep",
                        "--builder-driver-opt=network=host")
                .redirectErrorStream(true)
                .start();
        boolean a = false;
        boolean b = false;
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                a |= line.contains("began-a-42");
                b |= line.contains("began-b-42");
                if (a && b) {
                    break;
                }
            }
            assertThat(a && b).as(output.toString()).isTrue();
            assertThat(process.children()
                            .filter(child -> child.info().command().orElse("").contains("sh")))
                    .as("one script")
                    .hasSize(1);
            // The process itself would close its output as well.
            process.toHandle().destroy();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            lines.lines().forEach(line -> output.append(line).append('\n'));
        }
        assertThat(output.toString()).doesNotContain("began-c-42");
        nothingIsLeft(rig);
    }
}
