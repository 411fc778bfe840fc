package io.jenkins.plugins.cvmfs.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the script of the GitLab template with a command line that notes what it is given. */
class GitlabTemplateTest {
    private static final String PASSWORD = "it's \"${secret}\" %s\\n";
    private static final Map<String, String> GITLAB = Map.of(
            "CI_REGISTRY", "registry.example.org",
            "CI_REGISTRY_IMAGE", "registry.example.org/group/project",
            "CI_REGISTRY_USER", "gitlab-ci-token",
            "CI_REGISTRY_PASSWORD", PASSWORD,
            "CI_COMMIT_REF_SLUG", "main");

    @TempDir
    private Path home;

    private final GitlabTemplate template = read();

    private static GitlabTemplate read() {
        try {
            return GitlabTemplate.read();
        } catch (IOException e) {
            throw new IllegalStateException("the template cannot be read", e);
        }
    }

    private record Job(int exitCode, String output) {}

    private Job job(String shell, int exitCode, Map<String, String> variables) throws Exception {
        Path program = Files.createDirectory(home.resolve("bin")).resolve("cvmfs-derived-image");
        Files.writeString(program, """
                #!/bin/sh
                for word do
                    echo "$word"
                    case $word in --registry-auth-file=*) file=${word#*=} ;; esac
                done >arguments
                cp "$file" logins
                stat -c %%a "$file" >mode
                exit %d
                """.formatted(exitCode));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(home.resolve("tmp"));
        Map<String, String> given = new HashMap<>(GITLAB);
        given.putAll(variables);
        ProcessBuilder builder = new ProcessBuilder(shell, "-c", template.script()).directory(home.toFile());
        builder.environment().putAll(template.variables(given));
        builder.environment().put("PATH", program.getParent() + ":" + System.getenv("PATH"));
        builder.environment().put("TMPDIR", home.resolve("tmp").toString());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Job(process.waitFor(), output);
    }

    @ParameterizedTest
    @CsvSource({"sh, 0", "sh, 1", "bash, 0", "bash, 2"})
    void theLoginIsInAFileOfTheJobAloneAndIsRemovedHoweverTheJobEnds(String shell, int exitCode) throws Exception {
        Job job = job(shell, exitCode, Map.of());

        assertThat(job).isEqualTo(new Job(exitCode, ""));
        JsonNode logins = new ObjectMapper().readTree(home.resolve("logins").toFile());
        assertThat(logins.at("/auths").fieldNames()).toIterable().containsExactly("registry.example.org");
        assertThat(Base64.getDecoder()
                        .decode(logins.at("/auths/registry.example.org/auth").asText()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("gitlab-ci-token:" + PASSWORD);
        assertThat(home.resolve("mode")).hasContent("600\n");
        assertThat(home.resolve("arguments")).content().doesNotContain("secret");
        try (Stream<Path> left = Files.list(home.resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void theVariablesBecomeOptions() throws Exception {
        Job job = job(
                "sh",
                0,
                Map.of(
                        "CVMFS_MOUNTS", "cms.cern.ch oasis.opensciencegrid.org",
                        "CVMFS_OPTIONS", "--strategy=commit --setup-file=setup.sh"));

        assertThat(job.exitCode()).as(job.output()).isZero();
        assertThat(Files.readAllLines(home.resolve("arguments")))
                .containsExactly(
                        "build",
                        "--tag=registry.example.org/group/project:main",
                        "--mounts=cms.cern.ch oasis.opensciencegrid.org",
                        "--push",
                        "--registry-auth-file=" + login(),
                        "--record=record.json",
                        "--strategy=commit",
                        "--setup-file=setup.sh");
        assertThat(template.artifacts()).containsExactly("record.json");
    }

    private String login() throws IOException {
        return Files.readAllLines(home.resolve("arguments")).stream()
                .filter(line -> line.startsWith("--registry-auth-file=" + home.resolve("tmp")))
                .findFirst()
                .orElseThrow()
                .replaceFirst("^[^=]*=", "");
    }

    /** The example in the comment before it. */
    @Test
    void theExampleExtendsTheTemplate() throws Exception {
        String example = Files.readAllLines(GitlabTemplate.FILE).stream()
                .takeWhile(line -> line.startsWith("#"))
                .filter(line -> line.startsWith("#   "))
                .map(line -> line.substring(4))
                .collect(Collectors.joining("\n"));
        JsonNode job = new YAMLMapper().readTree(example).path("image");

        assertThat(job.path("extends").asText()).isEqualTo(GitlabTemplate.JOB);
        assertThat(job.path("variables").fieldNames()).toIterable().isNotEmpty().isSubsetOf(template.names());
        assertThat(template.job().path("image").path("name").asText()).isEqualTo("$CVMFS_DERIVED_IMAGE");
        assertThat(template.names()).contains("CVMFS_DERIVED_IMAGE");
    }
}
