package io.jenkins.plugins.cvmfs.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.cvmfs.agent.AgentFiles.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a workspace, whose files are a job's, is asked. */
class AgentFilesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    private Path workspace;

    @BeforeEach
    void files() throws IOException, InterruptedException {
        workspace = Files.createDirectories(root.resolve("workspace"));
        Files.writeString(workspace.resolve("Dockerfile"), "FROM a\n");
        Files.createDirectories(workspace.resolve("deep/dir"));
        Files.writeString(workspace.resolve("deep/Dockerfile.x"), "FROM deep\n");
        Files.createDirectories(workspace.resolve("http:/127.0.0.1:8099"));
        Files.writeString(workspace.resolve("http:/127.0.0.1:8099/Dockerfile"), "FROM decoy\n");
        Files.writeString(root.resolve("secret"), "secret");
        Files.createDirectories(workspace.resolve("https:"));
        link("https:/example.org", "../..");
        link("inside", "Dockerfile");
        link("a", "deep/dir");
        link("through", "a/../Dockerfile.x");
        link("outside", "../secret");
        link("absolute", root.resolve("secret").toString());
        link("out", "..");
        link("loop", "loop");
        link("zero", "/dev/zero");
        link("dangling", "none");
        link("goes", root.resolve("nothing yet").toString());
        link("back", "../workspace/nothing yet");
        Process fifo = new ProcessBuilder("mkfifo", workspace.resolve("fifo").toString()).start();
        assertThat(fifo.waitFor()).isZero();
    }

    /** JUnit warns of a link out of its directory. */
    @AfterEach
    void removeTheDevice() throws IOException {
        Files.delete(workspace.resolve("zero"));
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(workspace.resolve(name), Path.of(target));
    }

    @ParameterizedTest
    @CsvSource({
        "Dockerfile, FILE",
        "./deep/../Dockerfile, FILE",
        "inside, FILE",
        "through, FILE",
        "deep, DIRECTORY",
        "a, DIRECTORY",
        "., DIRECTORY",
        "none, NOTHING",
        "dangling, NOTHING",
        "loop, NOTHING",
        "Dockerfile/x, NOTHING",
        "fifo, NOTHING",
        "'a\u0000b', NOTHING",
        "http://127.0.0.1:8099/Dockerfile, NOTHING",
        "http://127.0.0.1:8099, DIRECTORY",
        "http://example.org/a.git, NOTHING",
        "https://example.org, OUTSIDE",
        "git@example.org:a/b, NOTHING",
        "../secret, OUTSIDE",
        "../workspace2, OUTSIDE",
        "/etc/passwd, OUTSIDE",
        "outside, OUTSIDE",
        "absolute, OUTSIDE",
        "out/secret, OUTSIDE",
        "zero, OUTSIDE",
        "out/new, OUTSIDE",
        "new/../../x, OUTSIDE",
        "goes, OUTSIDE",
        "goes/new, OUTSIDE",
        "back, NOTHING",
        "http://../../../etc/passwd, OUTSIDE",
        "job@tmp/cvmfs-derived-image-1/docker, OUTSIDE",
        "job@tmp, NOTHING",
        "cvmfs-derived-image-plugin/Dockerfile, NOTHING"
    })
    void eachPathIsWhatItLeadsTo(String path, Kind kind) {
        assertThat(assertTimeoutPreemptively(
                        PATIENCE, () -> new AgentFiles.Look(path).invoke(workspace.toFile(), null)))
                .isEqualTo(kind);
    }

    @Test
    void aFileIsReadThroughLinksInsideTheWorkspace() throws IOException {
        assertThat(read("Dockerfile")).isEqualTo("FROM a\n");
        assertThat(read("inside")).isEqualTo("FROM a\n");
        assertThat(read("through")).isEqualTo("FROM deep\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"outside", "absolute", "out/secret", "../secret", "zero", "fifo", "deep", "none", "loop"})
    void nothingElseIsRead(String path) {
        assertThat(assertTimeoutPreemptively(PATIENCE, () -> read(path))).isNull();
    }

    @Test
    void whatIsAskedForAtOnceIsWhatIsAskedForOneByOne() throws IOException {
        Files.writeString(workspace.resolve("Dockerfile"), "FROM a");
        Path missing = workspace.resolve("not yet");

        assertThat(new AgentFiles.Survey(new ArrayList<>(List.of(".", "Dockerfile", "none", "../x")))
                        .invoke(workspace.toFile(), null))
                .containsOnly(
                        Map.entry(".", new AgentFiles.Seen(Kind.DIRECTORY, null)),
                        Map.entry("Dockerfile", new AgentFiles.Seen(Kind.FILE, "FROM a")),
                        Map.entry("none", new AgentFiles.Seen(Kind.NOTHING, null)),
                        Map.entry("../x", new AgentFiles.Seen(Kind.OUTSIDE, null)));
        assertThat(new AgentFiles.Survey(new ArrayList<>(List.of("."))).invoke(missing.toFile(), null))
                .containsOnly(Map.entry(".", new AgentFiles.Seen(Kind.DIRECTORY, null)));
    }

    @Test
    void aLargeFileIsNotRead() throws IOException {
        Files.writeString(workspace.resolve("large"), "x".repeat(AgentFiles.Read.MOST));
        assertThat(read("large")).hasSize(AgentFiles.Read.MOST);
        Files.writeString(workspace.resolve("larger"), "x".repeat(AgentFiles.Read.MOST + 1));
        assertThat(read("larger")).isNull();
    }

    private String read(String path) throws IOException {
        return new AgentFiles.Read(path).invoke(workspace.toFile(), null);
    }
}
