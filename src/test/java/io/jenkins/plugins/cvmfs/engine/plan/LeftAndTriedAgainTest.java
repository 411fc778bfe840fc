package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build does about what a killed one left, and about a registry that has a bad moment. */
@ParameterizedClass
@MethodSource("shells")
class LeftAndTriedAgainTest {
    private static final String REFUSED =
            "ERROR: failed to build: failed to solve: failed to push example.org/image:1: ";

    private static final String BASE_IMAGE = "printf 'null\\nnull\\n\"\"\\n{}\\n'";

    @Parameter
    private List<String> shell;

    @TempDir
    private Path root;

    private StubMachine machine;
    private Path state;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare() throws Exception {
        machine = new StubMachine(root, shell).with("CVMFS_DERIVED_IMAGE_PAUSES", "0 0 0");
        state = Files.createDirectories(root.resolve(".local/state/cvmfs-derived-image"));
    }

    @Test
    void whatAKilledBuildLeftIsRemovedByTheNext() throws Exception {
        machine.docker("case $1 in run) touch \"$stub/started\"; exec sleep 60 ;; image) " + BASE_IMAGE + " ;; esac");
        Process killed = machine.start(plan(Specs.commit()));
        machine.await("started");
        // The script first: it would clean up after its children.
        List<ProcessHandle> children = killed.descendants().toList();
        killed.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroyForcibly);
        assertThat(notes()).containsExactly("cvmfs-derived-image-id.made");
        machine.calls();

        machine.docker("");
        StubMachine.Ended next = machine.run(plan(Specs.dockerfile().builderName("mine")));
        assertThat(next.output())
                .contains("The container cvmfs-derived-image-id was left by a build that was killed; it is removed.");
        assertThat(machine.calls())
                .first()
                .isEqualTo(List.of("container", "rm", "--force", "--volumes", "cvmfs-derived-image-id"));
        assertThat(notes()).isEmpty();
    }

    @Test
    void thingsOfARunningBuildStay() throws Exception {
        machine.docker("case $1 in run) touch \"$stub/started\"; exec sleep 60 ;; image) " + BASE_IMAGE + " ;; esac");
        Process running = machine.start(plan(Specs.commit()));
        machine.await("started");
        machine.calls();
        try {
            String said = machine.said(ShellLibrary.reap(false, Path.of("list")).get(2));
            assertThat(said).isEmpty();
            assertThat(machine.calls()).isEmpty();
            assertThat(notes()).containsExactly("cvmfs-derived-image-id.made");
        } finally {
            running.destroy();
            machine.end(running);
        }
        assertThat(notes()).as("a build that was stopped cleans up itself").isEmpty();
    }

    @Test
    void aZombieOwnsNothing() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & echo $!; exec sleep 60").start();
        try {
            String zombie = parent.inputReader().readLine();
            String stat = Files.readString(Path.of("/proc", zombie, "stat"));
            for (; !stat.contains(") Z "); stat = Files.readString(Path.of("/proc", zombie, "stat"))) {
                Thread.sleep(5);
            }
            String start = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
            String owner =
                    machine.said("read -r boot </proc/sys/kernel/random/boot_id; echo \"$(uname -n) $boot $(readlink "
                            + "/proc/self/ns/pid) "
                            + zombie + " " + start + " $(date +%s)\"");
            Files.writeString(state.resolve("x.made"), owner + "\ncontainer x\n \n");

            machine.run(plan(Specs.dockerfile().builderName("mine")));
            assertThat(machine.called()).containsExactly("container rm", "buildx build", "image inspect");
        } finally {
            parent.destroy();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elsewhere boot pid:[1] 1 1 9999999999\ncontainer x\n \n",
                "gone boot pid:[1] 1 1 1\ncontainer x\nunix:///other \n",
                "",
                "a"
            })
    void thingsThatMayBelongToOthersStay(String note) throws Exception {
        Files.writeString(state.resolve("x.made"), note);

        machine.run(plan(Specs.dockerfile().builderName("mine")));
        assertThat(machine.called()).containsExactly("buildx build", "image inspect");
        assertThat(notes()).containsExactly("x.made");
    }

    @Test
    void oldLeftoversFromElsewhereAreRemoved() throws Exception {
        Files.writeString(
                state.resolve("cvmfs-derived-image-x.made"),
                "elsewhere boot pid:[1] 1 1 1\nbuilder cvmfs-derived-image-x\n \n");

        machine.run(plan(Specs.dockerfile().builderName("mine")));
        assertThat(machine.calls()).first().isEqualTo(List.of("buildx", "rm", "--force", "cvmfs-derived-image-x"));
        assertThat(notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unexpected status from PUT request to https://example.org/v2/: 500 Internal Server Error",
                "unexpected status from HEAD request to https://example.org/v2/: 503 Service Unavailable",
                "failed to do request: Put \\\"https://example.org\\\": read tcp 10.0.0.1:5: read: connection reset "
                        + "by peer",
                "failed to do request: Head \\\"https://example.org\\\": net/http: TLS handshake timeout",
                "failed to copy: io: read/write on closed pipe",
                "failed to copy: http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=NO_ERROR",
                "failed to copy: failed to do request: Put \\\"https://example.org\\\": stream error: stream ID 5; "
                        + "CANCEL",
                "failed to do request: Head \\\"https://example.org\\\": dial tcp: lookup example.org: server "
                        + "misbehaving",
                "failed commit on ref \\\"layer-sha256:0f\\\": no response",
                "failed commit on ref \\\"layer-sha256:0f\\\": unexpected size 0, expected 1234",
                "failed to copy: cannot reuse body, request must be retried",
                "unexpected status: 520"
            })
    void aPushIsRetriedFromTheCache(String trouble) throws Exception {
        failing(REFUSED + trouble);

        StubMachine.Ended ended = machine.run(plan(
                Specs.dockerfile().builderName("mine").push(true).noCache(true).pull(true)));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains(trouble.replace("\\\"", "\""), "retrying in 0 seconds");
        List<List<String>> builds = machine.calls().stream()
                .filter(call -> call.get(1).equals("build"))
                .toList();
        assertThat(builds).hasSize(3);
        assertThat(builds.get(0)).contains("--no-cache", "--pull");
        assertThat(builds.subList(1, 3))
                .allSatisfy(build -> assertThat(build)
                        .isEqualTo(builds.get(0).stream()
                                .filter(word -> !word.equals("--no-cache") && !word.equals("--pull"))
                                .toList()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                REFUSED + "unexpected status from HEAD request to https://example.org/v2/: 401 Unauthorized",
                "ERROR: failed to build: no basic auth credentials",
                "ERROR: failed to build: failed to solve: Get \\\"https://example.org/v2/\\\": context deadline "
                        + "exceeded",
                "#9 0.1 error: failed to push some refs: 503 Service Unavailable",
                "ERROR: failed to build: failed to solve: process \\\"git push || echo failed to push a: 503 x\\\" "
                        + "did not complete successfully: exit code: 1",
                "ERROR: failed to build: failed to solve: debian:12: failed to copy: httpReadSeeker: failed open: EOF",
                "ERROR: failed to build: failed to solve: process \\\"x\\\" did not complete successfully: exit code: 1"
            })
    void nothingElseIsRetried(String trouble) throws Exception {
        failing(trouble);

        assertThat(machine.run(plan(Specs.dockerfile().builderName("mine").push(true)))
                        .exitCode())
                .isEqualTo(1);
        assertThat(machine.called()).containsExactly("buildx build");
    }

    /** There the engine pushes, and says it otherwise. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "received unexpected HTTP status: 503 Service Unavailable",
                "Error response from daemon: received unexpected HTTP status: 500 Internal Server Error",
                "Get \\\"https://example.org/v2/\\\": context deadline exceeded (Client.Timeout exceeded while "
                        + "awaiting headers)",
                "Patch \\\"https://example.org/v2/a/blobs/uploads/1\\\": EOF",
                "Put \\\"https://example.org/v2/a/blobs/uploads/1\\\": http2: server sent GOAWAY and closed the "
                        + "connection",
                "write tcp 10.0.0.1:5->10.0.0.2:443: use of closed network connection",
                "EOF"
            })
    void aPushOfTheEnginesOwnBuilderIsRetried(String trouble) throws Exception {
        failing("ERROR: failed to build: " + trouble);

        assertThat(machine.run(plan(Specs.dockerfile().builderDriver("docker").push(true)))
                        .exitCode())
                .isZero();
        assertThat(machine.calls())
                .filteredOn(call -> call.get(1).equals("build"))
                .hasSize(3);
    }

    /** Older versions of buildx and BuildKit, and a last line that does not say that it was the push. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR: received unexpected HTTP status: 503 Service Unavailable",
                "error: failed to solve: rpc error: code = Unknown desc = failed commit on ref "
                        + "\\\"layer-sha256:0f\\\": no response",
                "failed to solve: rpc error: code = Unknown desc = failed to push example.org/a:1: 503 Service "
                        + "Unavailable",
                "#25 ERROR: failed to push example.org/a:1: failed to authorize: DeadlineExceeded: context deadline "
                        + "exceeded\n"
                        + "ERROR: failed to build: failed to solve: DeadlineExceeded: context deadline exceeded",
                "------\n > pushing example.org/a:1 with docker:\n------\nERROR: toomanyrequests: slow down"
            })
    void aPushIsRecognizedBesideTheLastLine(String trouble) throws Exception {
        failing(trouble);

        assertThat(machine.run(plan(Specs.dockerfile().builderDriver("docker").push(true)))
                        .exitCode())
                .isZero();
        assertThat(machine.calls())
                .filteredOn(call -> call.get(1).equals("build"))
                .hasSize(3);
    }

    @Test
    void aRegistryThatStaysDownEndsTheBuild() throws Exception {
        machine.docker("echo '" + REFUSED + "unexpected status: 502 Bad Gateway' >&2; exit 9");

        assertThat(machine.run(plan(Specs.dockerfile().builderName("mine").push(true)))
                        .exitCode())
                .isEqualTo(9);
        assertThat(machine.called()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "received unexpected HTTP status: 500 Internal Server Error",
                "toomanyrequests: Rate exceeded",
                "Put https://example.org/v2/: http2: server sent GOAWAY and closed the connection"
            })
    void onlyThePushOfACommittedImageIsRetried(String trouble) throws Exception {
        machine.docker("case $1 in run) cat >/dev/null ;; image) " + BASE_IMAGE + " ;; commit) echo sha256:1 ;;"
                + " push) [ -e \"$stub/second\" ] || { touch \"$stub/second\"; echo '" + trouble
                + "' >&2; exit 1; } ;; esac");

        assertThat(machine.run(plan(Specs.commit().push(true))).exitCode()).isZero();
        assertThat(machine.called()).filteredOn(call -> call.equals("push")).hasSize(2);
    }

    private void failing(String error) throws Exception {
        machine.docker(
                "case $2 in build) echo x >>\"$stub/tries\"; [ \"$(grep -c x \"$stub/tries\")\" -ge 3 ] || { printf "
                        + "'%s\\n' \""
                        + error + "\" 'after it' >&2; exit 1; } ;; esac");
    }

    private List<String> notes() throws Exception {
        try (Stream<Path> files = Files.list(state)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".made"))
                    .toList();
        }
    }

    private static BuildPlan plan(ImageSpecBuilder options) {
        return BuildPlan.of(Specs.valid(options), "id");
    }
}
