package io.jenkins.plugins.cvmfs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReapCommandTest {
    private static final String CONTAINER = "cvmfs-derived-image-0123abcd";

    @TempDir
    private Path home;

    private Path state;
    private Path temporary;

    private record Said(int exitCode, String text) {}

    @BeforeEach
    void aMachine() throws IOException {
        state = Files.createDirectories(home.resolve(".local/state/cvmfs-derived-image"));
        temporary = Files.createDirectories(home.resolve("tmp"));
        docker("exit 0");
    }

    @Test
    void saysThatThereIsNothing() throws Exception {
        assertThat(reap()).isEqualTo(new Said(0, "Nothing was left by builds that were killed.\n"));
        assertThat(calls()).isEmpty();
    }

    @Test
    void aDryRunOnlyReports() throws Exception {
        Path note = note(deadOwner());
        Path directory = leftDirectory();

        Said said = reap("--dry-run");

        assertThat(said.exitCode()).isZero();
        assertThat(said.text().lines())
                .containsExactlyInAnyOrder(
                        "The directory " + directory + " was left by a build that was killed; it would be removed.",
                        "The container " + CONTAINER + " was left by a build that was killed; it would be removed.");
        assertThat(note).exists();
        assertThat(directory).exists();
        assertThat(calls()).isEmpty();
    }

    @Test
    void removesWhatWasLeftAndFindsNothingThen() throws Exception {
        Path note = note(deadOwner());
        Path directory = leftDirectory();

        Said said = reap();

        assertThat(said.exitCode()).as(said.text()).isZero();
        assertThat(said.text())
                .contains("The container " + CONTAINER + " was left by a build that was killed; it is removed.");
        assertThat(calls()).containsExactly("container rm --force --volumes " + CONTAINER);
        assertThat(note).doesNotExist();
        assertThat(directory).doesNotExist();
        assertThat(reap().text()).isEqualTo("Nothing was left by builds that were killed.\n");
    }

    @Test
    void leavesWhatALivingBuildHas() throws Exception {
        Path note = note(livingOwner());

        assertThat(reap()).isEqualTo(new Said(0, "Nothing was left by builds that were killed.\n"));
        assertThat(note).exists();
        assertThat(calls()).isEmpty();
    }

    /** What docker does not use now cannot be removed, and is not there just because nobody sees it. */
    @ParameterizedTest
    @CsvSource({
        "'unix:///other.sock ', 'in another engine, and reap removes it with DOCKER_HOST=unix:///other.sock'",
        "' mine', 'in another engine, and reap removes it with DOCKER_CONTEXT=mine'",
        "'cluster 1', 'in another cluster, and reap removes it with that cluster''s kubeconfig'"
    })
    void saysWhatIsInAnotherEngine(String where, String place) throws Exception {
        String kind = where.startsWith("cluster") ? "pods-of-builder" : "builder";
        Path note = Files.writeString(
                state.resolve(CONTAINER + ".made"), deadOwner() + "\n" + kind + " " + CONTAINER + "\n" + where + "\n");

        assertThat(reap())
                .isEqualTo(new Said(
                        0, "The builder " + CONTAINER + " was left by a build that was killed, " + place + ".\n"));
        assertThat(calls()).isEmpty();
        assertThat(note).exists();

        Files.writeString(note, livingOwner() + "\n" + kind + " " + CONTAINER + "\n" + where + "\n");
        assertThat(reap().text()).isEqualTo("Nothing was left by builds that were killed.\n");
    }

    /** The context of docker's configuration is another engine, too. */
    @Test
    void theCurrentContextIsTheEngine() throws Exception {
        Path note = note(deadOwner());
        Path config = Files.createDirectories(home.resolve(".docker")).resolve("config.json");
        Files.writeString(config, "{\"currentContext\": \"mine\"}");
        assertThat(reap().text())
                .endsWith(
                        ", in docker's default engine, and reap removes it without DOCKER_HOST and DOCKER_CONTEXT.\n");
        assertThat(note).exists();
        assertThat(calls()).isEmpty();

        Files.writeString(config, "{}");
        assertThat(reap().text()).endsWith("; it is removed.\n");
        assertThat(note).doesNotExist();
    }

    @Test
    void failsWhenTheEngineDoesNotAnswer() throws Exception {
        Path note = note(deadOwner());
        docker("echo 'Cannot connect to the Docker daemon' >&2; exit 1");

        Said said = reap();

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("Cannot connect to the Docker daemon", "Some of it could not be removed.");
        assertThat(note).exists();
    }

    @Test
    void scriptsReadWhatWasLeftAndWhetherItWasRemoved() throws Exception {
        note(deadOwner());
        Path directory = leftDirectory();

        assertThat(json(0, "--dry-run"))
                .isEqualTo(left(thing("directory", directory.toString(), false), thing("container", CONTAINER, false)));
        assertThat(directory).exists();
        docker("exit 1");
        assertThat(json(1))
                .isEqualTo(left(thing("directory", directory.toString(), true), thing("container", CONTAINER, false)));
        docker("exit 0");
        assertThat(json(0)).isEqualTo(left(thing("container", CONTAINER, true)));
        assertThat(json(0)).isEqualTo(left());
    }

    @Test
    void scriptsReadInWhichNamespaceOfAClusterSomethingWasLeft() throws Exception {
        Files.createDirectories(home.resolve(".kube"));
        Files.writeString(home.resolve(".kube/config"), "current-context: here\n");
        Path deployment = Files.writeString(home.resolve("deployment"), "ci builder0 " + deadOwner() + "\n");
        command("kubectl", """
                case "$*" in
                    *"get deployments --all-namespaces"*) cat '%1$s' ;;
                    *"delete deployment builder0 --namespace=ci"*) true >'%1$s' ;;
                esac
                """.formatted(deployment));

        assertThat(json(0))
                .isEqualTo(left(new ObjectMapper()
                        .createObjectNode()
                        .put("kind", "deployment")
                        .put("name", "builder0")
                        .put("namespace", "ci")
                        .put("removed", true)));
        assertThat(json(0)).isEqualTo(left());
    }

    private static JsonNode left(JsonNode... things) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.putArray("left").addAll(List.of(things));
        return document;
    }

    private static JsonNode thing(String kind, String name, boolean removed) {
        return new ObjectMapper()
                .createObjectNode()
                .put("kind", kind)
                .put("name", name)
                .put("removed", removed);
    }

    /** What is on standard output alone. */
    private JsonNode json(int exitCode, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("--json");
        Process process = process(arguments.toArray(String[]::new))
                .redirectError(home.resolve("errors").toFile())
                .start();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor())
                .as(Files.readString(home.resolve("errors")))
                .isEqualTo(exitCode);
        return new ObjectMapper().readTree(out);
    }

    private void docker(String behaviour) throws IOException {
        command("docker", behaviour);
    }

    private void command(String name, String behaviour) throws IOException {
        Path program = Files.createDirectories(home.resolve("bin")).resolve(name);
        Files.writeString(program, "#!/bin/sh\necho \"$*\" >>'" + home.resolve("calls") + "'\n" + behaviour + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> calls() throws IOException {
        Path calls = home.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private Path note(String owner) throws IOException {
        return Files.writeString(state.resolve(CONTAINER + ".made"), owner + "\ncontainer " + CONTAINER + "\n \n");
    }

    private static String deadOwner() throws IOException {
        return host() + " an-earlier-boot pid:[1] 1 1 1";
    }

    /**
     * This process: host, boot, namespace, number, start (22nd field of its stat, after the name in brackets), seconds.
     */
    private static String livingOwner() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String start = stat.substring(stat.lastIndexOf(") ") + 2).split(" ")[19];
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        String namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        return String.join(
                " ", host(), boot, namespace, "" + ProcessHandle.current().pid(), start, "1");
    }

    private static String host() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    }

    private Path leftDirectory() throws IOException {
        Path directory = Files.createDirectory(
                temporary.resolve("cvmfs-derived-image-77"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        return directory;
    }

    private Said reap(String... options) throws IOException, InterruptedException {
        Process process = process(options).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private ProcessBuilder process(String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "reap"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeAll(List.of("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "XDG_STATE_HOME", "KUBECONFIG"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
        return builder;
    }
}
