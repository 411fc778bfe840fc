package io.jenkins.plugins.cvmfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each piece of code in the documents, and each example, is read by what reads its language. */
class SnippetsTest {
    /** By which test each example is tried. */
    private static final Map<String, String> EXAMPLES = Map.of(
            "Jenkinsfile(\\.scripted)?|job\\.groovy|lab/controller/jobs/[^/]+/config\\.xml",
            "aPipelineNamesOptionsAndResultsThatExist",
            "jenkins\\.yaml",
            "aConfigurationHasKeysThatExist",
            "agents/[^/]+\\.ya?ml",
            "yamlForKubernetesAndAnsibleIsYaml",
            "Dockerfile",
            "aDockerfileHasNoMistake",
            "setup\\.sh",
            "theSetupScriptIsBash",
            "lab/(compose\\.yaml|controller/(Dockerfile|casc\\.yaml|plugins\\.txt)|agent/Dockerfile|engine/daemon\\.json)",
            "LabTest",
            "lab/README\\.md",
            "LinksTest");

    static Stream<Arguments> dockerfiles() throws IOException {
        return Stream.concat(
                Documents.blocks("dockerfile").stream().map(code -> Arguments.of(code.place(), code.text())),
                Stream.of(Arguments.of("examples/Dockerfile", Files.readString(Path.of("examples/Dockerfile")))));
    }

    /** A part of a Dockerfile stands below a FROM, with the frontend that it needs. */
    private static List<String> mistakes(String text) {
        boolean device = text.contains("--device=");
        String whole = text.contains("FROM ")
                ? text
                : "# syntax=docker/dockerfile:1-labs\nFROM example.org/a:1\nARG ARG_CVMFS_MOUNTS\n" + text;
        ImageSpecBuilder spec = Specs.dockerfile().mounts("cms.cern.ch");
        Review review = Review.of(Specs.valid(device ? spec.cvmfsAccess("host") : spec), path -> Optional.of(whole));
        List<String> mistakes = new ArrayList<>();
        Dockerfile.parse(whole).flatMap(Dockerfile::mistake).ifPresent(mistake -> mistakes.add(mistake.text()));
        review.findings().stream()
                .map(finding -> finding.id())
                .filter(id -> !id.equals("floating-base"))
                .forEach(mistakes::add);
        return mistakes;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dockerfiles")
    void aDockerfileHasNoMistake(String place, String text) {
        assertThat(mistakes(text)).as(place).isEmpty();
    }

    @Test
    void aDockerfileWithAMistakeIsFound() {
        assertThat(mistakes("FROM example.org/a:1\nRUN <<END\ntrue")).isNotEmpty();
        assertThat(mistakes("FROM example.org/a:1\nRUN mount_cvmfs && ls /cvmfs/cms.cern.ch"))
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("json")
    void jsonIsJson(String place, String text) throws IOException {
        assertThat(new ObjectMapper().readTree(text).isObject()).as(place).isTrue();
    }

    static Stream<Arguments> json() throws IOException {
        Stream<Arguments> inline = Documents.inline().stream()
                .filter(code -> code.text().startsWith("{\""))
                .map(code -> Arguments.of(code.place(), code.text()));
        return Stream.concat(
                Documents.blocks("json").stream().map(code -> Arguments.of(code.place(), code.text())), inline);
    }

    @Test
    void theSetupScriptIsBash() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-n", "examples/setup.sh")
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Path.of("examples/setup.sh")).content().startsWith("#!/bin/bash\n");
    }

    @Test
    void shellIsShell() throws IOException, InterruptedException {
        for (Documents.Code block : Documents.blocks("sh")) {
            Process process = new ProcessBuilder("bash", "-n", "-c", block.text())
                    .inheritIO()
                    .start();
            assertThat(process.waitFor()).as(block.place()).isZero();
        }
    }

    @Test
    void everyExampleIsTried() throws IOException {
        List<String> untried = new ArrayList<>();
        Path folder = Path.of("examples");
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(file -> EXAMPLES.keySet().stream().noneMatch(file::matches))
                    .forEach(untried::add);
        }
        assertThat(untried).isEmpty();
    }

    @Test
    void everyBlockOfCodeHasALanguageThatIsTried() throws IOException {
        for (Path document : Documents.all()) {
            assertThat(Files.readString(document).lines().filter(line -> line.startsWith("```")))
                    .as("%s", document)
                    .allMatch(line -> line.matches("```(groovy|yaml|dockerfile|json|sh)?"));
        }
    }

    @Test
    void thePictureOfTheTerminalIsTheSession() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "bin/terminal-svg", "Plan, build and record of an image on the command line")
                .redirectInput(Path.of("docs/images/session.txt").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String picture = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(Path.of("docs/images/session.svg")).content().isEqualTo(picture);
    }
}
