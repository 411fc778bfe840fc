package io.jenkins.plugins.cvmfs.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.durable.DurableDirectory;
import io.jenkins.plugins.cvmfs.engine.plan.ShellLibrary;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs a build once however often it is started, and what stops it, in every shell. */
class DurableScriptsTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final String HEAD =
            "dir=$(dirname -- \"$0\")\necho \"$$\" >\"$dir/pid\"\necho x >>\"$dir/../runs\"\n";

    @TempDir
    private Path root;

    private Path build;
    private Path durable;
    private Path workspace;
    private final List<Process> started = new ArrayList<>();

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void layDown() throws IOException {
        build = root.toRealPath().resolve("it's $private");
        durable = Files.createDirectories(build.resolve("durable"));
        workspace = Files.createDirectories(root.resolve("work space"));
        for (String name : List.of("once.sh", "stop.sh")) {
            try (InputStream script = DurableDirectory.class.getResourceAsStream(name)) {
                Files.copy(script, durable.resolve(name));
            }
        }
        Files.writeString(build.resolve(ShellLibrary.FILE), ShellLibrary.text());
        Files.writeString(durable.resolve("environment"), "export DOCKER_CONFIG='a b'\n");
    }

    @AfterEach
    void endAll() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    @ParameterizedTest
    @MethodSource("shells")
    void runsTheBuildInTheWorkspaceWithItsEnvironment(List<String> shell) throws Exception {
        build("pwd\necho \"$DOCKER_CONFIG\"\necho 'to the log' >&2\nexit 7\n");

        assertThat(ended(once(shell, "first"))).isEqualTo(7);
        assertThat(output("first")).isEqualTo(workspace + "\na b\nto the log\n");
        assertThat(durable.resolve("exit")).hasContent("7\n");
        assertThat(durable.resolve("output")).hasContent(output("first"));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void linksThatABuildLeftAreNotFollowed(List<String> shell) throws Exception {
        Path other = Files.writeString(root.resolve("other"), "of somebody else\n");
        build(
                "echo done\ncd \"$dir/durable\"\nln -s ../../other output\nln -s ../../other exit.new\nmkdir exit\nexit 7\n");

        assertThat(ended(once(shell, "first"))).isEqualTo(7);
        assertThat(other).hasContent("of somebody else\n");
        assertThat(durable.resolve("output")).hasContent("done\n");
        assertThat(durable.resolve("exit")).hasContent("7\n");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aPipeThatNobodyReadsDoesNotBlockTheEnd(List<String> shell) throws Exception {
        build("echo done\nmkfifo \"$dir/durable/output\" \"$dir/durable/exit.new\" \"$dir/durable/exit\"\nexit 7\n");

        assertThat(ended(once(shell, "first"))).isEqualTo(7);
        assertThat(durable.resolve("output")).hasContent("done\n");
        assertThat(durable.resolve("exit")).hasContent("7\n");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void laterCallsGetTheFirstResult(List<String> shell) throws Exception {
        build("echo one\nuntil [ -e ../go ]; do sleep 0.1; done\necho two\nexit 5\n");
        Process first = once(shell, "first");
        waitFor(build.resolve("pid"));
        Process second = once(shell, "second");
        waitUntil(() -> output("second").contains("one"));
        Files.createFile(root.resolve("go"));

        assertThat(ended(first)).isEqualTo(5);
        assertThat(ended(second)).isEqualTo(5);
        assertThat(output("second")).isEqualTo("one\ntwo\n").isEqualTo(output("first"));
        assertThat(ended(once(shell, "third"))).isEqualTo(5);
        assertThat(output("third")).isEqualTo("one\ntwo\n");
        assertThat(root.resolve("runs")).hasContent("x\n");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void manyAtOnceBuildOnce(List<String> shell) throws Exception {
        build("sleep 0.5\nexit 3\n");
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(once(shell, "at once " + i));
        }

        for (Process process : all) {
            assertThat(ended(process)).isEqualTo(3);
        }
        assertThat(root.resolve("runs")).hasContent("x\n");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aStoppedBuildCleansUpFirst(List<String> shell) throws Exception {
        build("trap 'sleep 0.2; echo clean >../cleaned; exit 143' TERM\ntouch ../ready\nwhile :; do sleep 0.1; done\n");
        Process first = once(shell, "first");
        waitFor(root.resolve("ready"));

        assertThat(ended(stop(shell))).isZero();
        assertThat(root.resolve("cleaned")).hasContent("clean\n");
        assertThat(ended(first)).isEqualTo(143);
        assertThat(durable.resolve("exit")).hasContent("143\n");
        assertThat(ended(stop(shell))).as("stopped again").isZero();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aSignalDoesNotEndTheWaitForTheBuild(List<String> shell) throws Exception {
        build("touch ../ready\nuntil [ -e ../go ]; do sleep 0.1; done\nexit 4\n");
        Process first = once(shell, "first");
        waitFor(root.resolve("ready"));
        first.destroy();
        Files.createFile(root.resolve("go"));

        assertThat(ended(first)).isEqualTo(4);
        assertThat(durable.resolve("exit")).hasContent("4\n");
    }

    @Test
    void aBuildThatWasStoppedBeforeItBeganNeverBegins() throws Exception {
        build("exit 0\n");

        assertThat(ended(stop(List.of("sh")))).isZero();
        assertThat(ended(once(List.of("sh"), "late"))).isEqualTo(1);
        assertThat(root.resolve("runs")).doesNotExist();
    }

    @Test
    void aProcessThatGotTheIdOfTheBuildIsLeftAlone() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/proc/self/cmdline")),
                "skipped: this machine does not tell what a process runs (/proc)");
        Process neighbour = new ProcessBuilder("sleep", "600").start();
        started.add(neighbour);
        Files.createDirectory(durable.resolve("lock"));
        Files.writeString(build.resolve("pid"), neighbour.pid() + "\n");

        assertThat(ended(stop(List.of("sh")))).isZero();
        assertThat(neighbour.isAlive()).isTrue();
    }

    /** A negative number is a group of processes; the neighbour leads one, so that no other process is ever meant. */
    @ParameterizedTest
    @ValueSource(strings = {"-%d", "-0%d", "%d x", " ", "a", "%d\n%d", "0%d"})
    void anInvalidProcessIdGetsNoSignal(String pid) throws Exception {
        Process neighbour = new ProcessBuilder("setsid", "sleep", "600").start();
        started.add(neighbour);
        Files.createDirectory(durable.resolve("lock"));
        Files.writeString(build.resolve("pid"), pid.replace("%d", String.valueOf(neighbour.pid())) + "\n");

        assertThat(ended(stop(List.of("sh")))).isZero();
        assertThat(neighbour.isAlive()).isTrue();
    }

    /** As if docker went on without its script. */
    private static final String KILLED = ". \"$dir/lib.sh\"\nbegin part\n%s &\necho $! >\"$dir/../left\"\n%s\n";

    /** Whether what it started still runs. An ended process may stay a zombie, as its parent has gone. */
    private boolean goesOn() throws IOException {
        Path stat = Path.of("/proc", Files.readString(root.resolve("left")).strip(), "stat");
        return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aKilledBuildEndsWithAllOfItsProcesses(List<String> shell) throws Exception {
        assumeTrue(
                Files.exists(Path.of("/proc/self/environ")),
                "skipped: this machine does not show environments (/proc)");
        build(KILLED.formatted("sleep 600", "kill -KILL $$"));

        assertThat(ended(once(shell, "first"))).isEqualTo(137);
        assertThat(goesOn()).isFalse();
        assertThat(durable.resolve("exit")).hasContent("137\n");
    }

    @Test
    void aProcessThatIgnoresTheStopIsKilled() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/proc/self/environ")),
                "skipped: this machine does not show environments (/proc)");
        build(KILLED.formatted("(trap '' TERM; exec sleep 600)", "kill -KILL $$"));

        assertThat(ended(once(List.of("sh"), "first"))).isEqualTo(137);
        assertThat(goesOn()).isFalse();
    }

    @Test
    void whatABuildLeftThatCleanedUpIsNotItsOwn() throws Exception {
        build(KILLED.formatted("sleep 600", "exit 137"));

        assertThat(ended(once(List.of("sh"), "first"))).isEqualTo(137);
        assertThat(goesOn()).isTrue();
        ProcessHandle.of(Long.parseLong(Files.readString(root.resolve("left")).strip()))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void stoppingABuildThatWasKilledWithAllThatWatchedItEndsItsProcesses() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/proc/self/environ")),
                "skipped: this machine does not show environments (/proc)");
        build(KILLED.formatted("sleep 600", "kill -KILL \"$PPID\" $$"));
        assertThat(ended(once(List.of("sh"), "first"))).isEqualTo(137);
        assertThat(goesOn()).isTrue();

        assertThat(ended(stop(List.of("sh")))).isZero();
        assertThat(goesOn()).isFalse();
    }

    @Test
    void aBuildThatNoLongerRunsIsNotWaitedForIndefinitely() throws Exception {
        build("kill -KILL \"$PPID\" $$\n");
        assertThat(ended(once(List.of("sh"), "first"))).isEqualTo(137);

        assertThat(ended(once(List.of("sh"), "second"))).isEqualTo(1);
        assertThat(output("second")).contains("The build ended without a result");
        assertThat(root.resolve("runs")).hasContent("x\n");
    }

    @Test
    void shellcheckAcceptsThem() throws Exception {
        assumeTrue(
                Shells.find("shellcheck").isPresent(), "skipped: this machine has no shellcheck (package shellcheck)");
        Process shellcheck = new ProcessBuilder(
                        "shellcheck",
                        "--shell=sh",
                        durable.resolve("once.sh").toString(),
                        durable.resolve("stop.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("complaints").toFile())
                .start();
        assertThat(ended(shellcheck))
                .as(Files.readString(root.resolve("complaints")))
                .isZero();
    }

    private void build(String body) throws IOException {
        Files.writeString(build.resolve("build.sh"), HEAD + body);
    }

    private Process once(List<String> shell, String log) throws IOException {
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of(durable.resolve("once.sh").toString(), workspace.toString()));
        return start(command, log);
    }

    private Process stop(List<String> shell) throws IOException {
        List<String> command = new ArrayList<>(shell);
        command.add(durable.resolve("stop.sh").toString());
        return start(command, "stop");
    }

    private Process start(List<String> command, String log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve(log).toFile())
                .start();
        started.add(process);
        return process;
    }

    private String output(String log) throws IOException {
        return Files.readString(root.resolve(log));
    }

    private static int ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        return process.exitValue();
    }

    private static void waitFor(Path file) throws Exception {
        waitUntil(() -> Files.exists(file) && (!file.endsWith("pid") || Files.size(file) > 0));
    }

    private interface Condition {
        boolean isMet() throws IOException;
    }

    private static void waitUntil(Condition condition) throws Exception {
        for (int waited = 0; !condition.isMet(); waited++) {
            assertThat(waited).as("it happens in time").isLessThan(PATIENCE_SECONDS * 20);
            Thread.sleep(50);
        }
    }
}
