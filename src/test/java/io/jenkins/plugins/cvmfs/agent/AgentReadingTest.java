package io.jenkins.plugins.cvmfs.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.plan.ShellLibrary;
import io.jenkins.plugins.cvmfs.engine.runner.FileContent;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a private directory in which a build has left whatever it liked. */
class AgentReadingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path root;

    private Path directory;

    @BeforeEach
    void make() throws Exception {
        directory = Files.createDirectories(root.resolve("it's private/durable/lock"))
                .getParent()
                .getParent();
        Files.writeString(root.resolve("secret"), "{\"auths\": {}}");
    }

    private Ending ending() {
        return assertTimeoutPreemptively(PATIENCE, () -> new PrivateDirectory.End().invoke(directory.toFile(), null));
    }

    private void fifo(String path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", directory.resolve(path).toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aLinkIsNotAResult() throws Exception {
        Path metadata = directory.resolve(ResultFile.METADATA.path());
        Files.createDirectories(metadata.getParent());
        Files.createSymbolicLink(metadata, root.resolve("secret"));
        fifo(ResultFile.IMAGE.path());

        EnumMap<ResultFile, FileContent> results = assertTimeoutPreemptively(
                PATIENCE, () -> new PrivateDirectory.Results("").invoke(directory.toFile(), null));

        assertThat(results.get(ResultFile.METADATA).text()).isNull();
        assertThat(results.get(ResultFile.METADATA).problem()).startsWith("it is not a regular file");
        assertThat(results.get(ResultFile.IMAGE).problem()).startsWith("it is not a regular file");
        assertThat(results.get(ResultFile.MANIFEST)).isEqualTo(FileContent.NONE);
    }

    @ParameterizedTest
    @CsvSource({"'0\n', 0", "'255\n', 255", "7, 7", "' 3 ', 3"})
    void anExitCode(String text, int code) throws Exception {
        Files.writeString(directory.resolve("durable/exit"), text);

        assertThat(ending().exitCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+7", "x", "256", "999", "1 2", "99999999999999999999", "0x1", "٣"})
    void noExitCode(String text) throws Exception {
        Files.writeString(directory.resolve("durable/exit"), text);

        assertThat(ending().exitCode()).isNull();
    }

    @Test
    void theEndAndTheResultsComeTogether() throws Exception {
        Files.writeString(directory.resolve("durable/exit"), "7");
        Files.createDirectories(directory.resolve("results"));
        Files.writeString(directory.resolve(ResultFile.IMAGE_ID.path()), "sha256:1");

        PrivateDirectory.Left left = new PrivateDirectory.Leave().invoke(directory.toFile(), null);

        assertThat(left.ending().exitCode()).isEqualTo(7);
        assertThat(left.results().get(ResultFile.IMAGE_ID).text()).isEqualTo("sha256:1");
    }

    @Test
    void aDirectoryWhoseScriptMayRunStays() throws Exception {
        Files.createFile(directory.resolve(PrivateDirectory.READY));

        assertThat(new PrivateDirectory.Close().invoke(directory.toFile(), null))
                .isFalse();
        assertThat(directory).isDirectory();
    }

    @Test
    void neitherADirectoryNorALinkNorAFifoIsAnExitCode() throws Exception {
        Path exit = directory.resolve("durable/exit");
        Files.createDirectory(exit);
        assertThat(ending().exitCode()).isNull();
        Files.delete(exit);
        Files.writeString(root.resolve("zero"), "0");
        Files.createSymbolicLink(exit, root.resolve("zero"));
        assertThat(ending().exitCode()).isNull();
        Files.delete(exit);
        fifo("durable/exit");
        fifo("durable/output");
        assertThat(ending()).extracting(Ending::exitCode, Ending::lastOutput).containsExactly(null, "");
    }

    @Test
    void anAgentsAnswerIsCutWhileReading() throws Exception {
        Ending lie = new Ending(1, "x".repeat(40_000), -5);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(lie);
        }
        Ending read = (Ending) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(read.lastOutput()).hasSize(32 * 1024);
        assertThat(read.millis()).isZero();
        assertThat(new Ending(256, null, 0)).isEqualTo(new Ending(null, "", 0));
    }

    static List<List<String>> shells() {
        return Shells.present();
    }

    private Process terminate(List<String> shell) throws Exception {
        List<String> command = new ArrayList<>(shell);
        command.addAll(
                List.of("-c", PrivateDirectory.resource(AgentSite.class, "terminate.sh"), "sh", directory.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** A number below 0 is a group of processes; the neighbour leads one, so that no other process is ever meant. */
    @ParameterizedTest
    @MethodSource("shells")
    void onlyTheBuildGetsThem(List<String> shell) throws Exception {
        Path script = Files.writeString(directory.resolve("build.sh"), "trap 'exit 9' TERM\nsleep 60 & wait\n");
        Path pid = directory.resolve("pid");
        Files.writeString(directory.resolve(ShellLibrary.FILE), ShellLibrary.text());
        Process other = new ProcessBuilder("setsid", "sleep", "60").start();
        Process build = new ProcessBuilder("sh", script.toString()).start();
        try {
            String ours = String.valueOf(build.pid());
            String group = "-" + other.pid();
            for (String refused : List.of(
                    "", group, "-0" + other.pid(), "0" + ours, ours + " x", "x", other.pid() + "", "9".repeat(30))) {
                Files.writeString(pid, refused + "\n");
                assertThat(terminate(shell).waitFor()).as(refused).isNotZero();
            }
            Files.delete(pid);
            Files.writeString(root.resolve("pid"), ours);
            Files.createSymbolicLink(pid, root.resolve("pid"));
            assertThat(terminate(shell).waitFor()).as("a link").isNotZero();
            Files.delete(pid);
            fifo("pid");
            Process fifo = terminate(shell);
            int told = assertTimeoutPreemptively(PATIENCE, () -> fifo.waitFor());
            assertThat(told).as("a FIFO").isNotZero();
            assertThat(other.isAlive()).isTrue();
            assertThat(build.isAlive()).isTrue();

            Files.delete(pid);
            Files.writeString(pid, ours + "\n");
            assertThat(terminate(shell).waitFor()).isZero();
            assertThat(build.waitFor()).isEqualTo(9);
        } finally {
            build.descendants().forEach(ProcessHandle::destroyForcibly);
            build.destroyForcibly();
            other.destroyForcibly();
        }
    }

    @Test
    void theDescriptionOfACallHasNoLogin() {
        PrivateDirectory.Fill fill = new PrivateDirectory.Fill(
                new ArrayList<>(),
                new HashMap<>(Map.of("s", "hunter2".getBytes(StandardCharsets.UTF_8))),
                new HashMap<>(Map.of("registry.example.org", "aHVudGVyMg==")),
                new HashMap<>(Map.of("TOKEN", "hunter2")),
                null,
                null,
                true);

        assertThat(fill).hasToString("Fill[0 files, 1 secrets]");
    }
}
