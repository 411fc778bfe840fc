package io.jenkins.plugins.cvmfs.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lab of {@code examples/lab}, as far as it can be held without its images. */
class LabTest {
    private static final Path LAB = Path.of("examples/lab");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static JsonNode yaml(String file) throws IOException {
        return YAML.readTree(Files.readString(LAB.resolve(file)));
    }

    @Test
    void everyFileThatAContainerGetsIsThere() throws IOException {
        List<Path> bound = new ArrayList<>();
        for (JsonNode service : yaml("compose.yaml").path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":")[0];
                if (source.startsWith(".")) {
                    bound.add(LAB.resolve(source));
                }
            }
            if (service.has("build")) {
                bound.add(LAB.resolve(service.at("/build/context").asText()).resolve("Dockerfile"));
            }
        }

        assertThat(bound)
                .hasSizeGreaterThan(3)
                .allSatisfy(file -> assertThat(file).isRegularFile());
        assertThat(new ObjectMapper()
                        .readTree(LAB.resolve("engine/daemon.json").toFile())
                        .at("/features/cdi")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void everyFileThatAnImageCopiesIsThere() throws IOException {
        String text = Files.readString(LAB.resolve("controller/Dockerfile"));
        List<String> copied = Pattern.compile("(?m)^COPY (\\w\\S*) ")
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(copied)
                .hasSize(3)
                .allSatisfy(
                        file -> assertThat(LAB.resolve("controller/" + file)).exists());
    }

    @Test
    void theConfigurationHasKeysThatExistAndNoSecret() throws IOException {
        JsonNode configuration = yaml("controller/casc.yaml");
        Map<String, Object> ours = YAML.convertValue(
                configuration.at("/unclassified/cvmfsDerivedImages"), new TypeReference<Map<String, Object>>() {});

        assertThat(Bound.unknown("cvmfsDerivedImages", ours, DerivedImageConfiguration.class))
                .isEmpty();
        assertThat(configuration
                        .at("/jenkins/securityRealm/local/users/0/password")
                        .asText())
                .isEqualTo("${LAB_PASSWORD}");
    }

    @Test
    void theControllerHasThePluginsDependencies() throws IOException {
        List<String> installed = Files.readAllLines(LAB.resolve("controller/plugins.txt"));
        String dependencies = Files.readString(Path.of("packaging/pom.xml"))
                .replaceFirst("(?s).*\"Plugin-Dependencies\" value=\"([^\"]*)\".*", "$1");

        assertThat(installed)
                .isSorted()
                .contains(Stream.of(dependencies.split(","))
                        .map(part -> part.split(":")[0])
                        .toArray(String[]::new));
    }

    /** By the command that users type, where it is installed. */
    @Test
    void composeAcceptsTheFile() throws Exception {
        assumeTrue(compose("version") == 0, "docker compose is not installed");

        assertThat(compose("-f", "examples/lab/compose.yaml", "config", "--quiet"))
                .isZero();
    }

    private static int compose(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "compose"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LAB_PASSWORD", "any");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return -1;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            System.err.println(output);
        }
        return code;
    }
}
