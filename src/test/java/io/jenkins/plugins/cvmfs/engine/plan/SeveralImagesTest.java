package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the script of several images does. */
@ParameterizedClass
@MethodSource("shells")
class SeveralImagesTest {
    /** Which image a call is about. */
    private static final String WHICH = """
            which=''
            for word do
                case $word in --build-arg=IMAGE=*) which=${word##*=} ;; esac
            done
            """;

    private static final String IMAGE_ID = """
            for word do
                case $word in --iidfile=*) echo sha256:0 >"${word#*=}" ;; esac
            done
            """;

    @Parameter
    private List<String> shell;

    @TempDir
    private Path root;

    private StubMachine machine;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare() throws Exception {
        machine = new StubMachine(root, shell).with("CVMFS_DERIVED_IMAGE_PAUSES", "");
    }

    static ImagesPlan plan(int atOnce, boolean pushTogether, UnaryOperator<ImageSpecBuilder> options, String... names) {
        List<ImagesPlan.Wanted> wanted = new ArrayList<>();
        for (String name : names) {
            ImageSpecBuilder image = options.apply(
                    new ImageSpecBuilder().tags(List.of("example.org/" + name)).buildArgs(Map.of("IMAGE", name)));
            wanted.add(
                    new ImagesPlan.Wanted(name, Specs.valid(image), Optional.of(DockerfileText.of("FROM scratch\n"))));
        }
        return ImagesPlan.of(wanted, "id", atOnce, pushTogether);
    }

    private void docker(String build) throws Exception {
        machine.docker("case \"$1 $2\" in 'buildx build')\n" + WHICH + build + IMAGE_ID + ";; esac");
    }

    private String exit(String name) throws Exception {
        return Files.readString(machine.privateDirectory().resolve("images/" + name + "/results/exit"))
                .strip();
    }

    private boolean hasExit(String name) {
        return Files.exists(machine.privateDirectory().resolve("images/" + name + "/results/exit"));
    }

    private StubMachine.Ended run(ImagesPlan plan) throws Exception {
        return machine.end(machine.start(plan));
    }

    @Test
    void eachIsBuiltByItsOwnScriptInItsOwnFolder() throws Exception {
        docker("echo \"build of $which\" >&2\n");
        StubMachine.Ended ended = run(plan(1, false, in -> in.builderDriver("docker"), "a", "b"));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output().lines()).containsExactly("[a] build of a", "[b] build of b");
        assertThat(exit("a")).isEqualTo("0");
        assertThat(exit("b")).isEqualTo("0");
        assertThat(Files.readString(machine.privateDirectory().resolve("images/b/results/output")))
                .as("the diagnosis reads what docker wrote")
                .isEqualTo("build of b\n");
        assertThat(machine.called()).containsExactly("buildx build", "image inspect", "buildx build", "image inspect");
    }

    @Test
    void theNumberOfConcurrentBuildsIsLimited() throws Exception {
        // Each of the first two waits for the other one.
        docker("""
                touch "$stub/began-$which"
                case $which in
                    a) until [ -e "$stub/began-b" ]; do sleep 0.05; done ;;
                    b) until [ -e "$stub/began-a" ]; do sleep 0.05; done ;;
                esac
                """);
        StubMachine.Ended ended = run(plan(2, false, in -> in.builderDriver("docker"), "a", "b", "c"));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(exit("c")).isEqualTo("0");
    }

    /** docker would go on, and hold what the others wait for. */
    @Test
    void anImageWhoseScriptIsKilledEndsWithItsProcesses() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/proc/self/environ")),
                "skipped: this machine does not show environments (/proc)");
        docker("[ $which != a ] || { kill -KILL \"$PPID\"; exec sleep 600; }\n");
        StubMachine.Ended ended = run(plan(1, false, in -> in.builderDriver("docker"), "a", "b"));

        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
        assertThat(exit("a")).isEqualTo("137");
        assertThat(machine.privateDirectory().resolve("images/a/results/ended")).doesNotExist();
        assertThat(exit("b")).isEqualTo("0");
        assertThat(machine.privateDirectory().resolve("images/b/results/ended")).exists();
    }

    @Test
    void aFailedImageDoesNotStopTheOthers() throws Exception {
        docker("[ $which != a ] || { echo 'ERROR: no' >&2; exit 3; }\n");
        StubMachine.Ended ended = run(plan(1, false, in -> in.builderDriver("docker"), "a", "b"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("[a] ERROR: no");
        assertThat(exit("a")).isEqualTo("3");
        assertThat(exit("b")).isEqualTo("0");
    }

    @Test
    void togetherAllAreBuiltBeforeTheFirstIsPushed() throws Exception {
        docker("");
        ImagesPlan plan = plan(
                2, true, in -> in.builderDriver("docker").push(true).pull(true).noCache(true), "a", "b");
        assertThat(run(plan).exitCode()).isZero();

        List<List<String>> builds = machine.calls().stream()
                .filter(call -> call.get(1).equals("build"))
                .toList();
        assertThat(builds).hasSize(4);
        assertThat(builds.subList(0, 2))
                .allSatisfy(call -> assertThat(call)
                        .contains("--output=type=cacheonly", "--no-cache", "--pull")
                        .doesNotContain("--push"));
        assertThat(builds.subList(2, 4))
                .allSatisfy(call -> assertThat(call)
                        .contains("--push")
                        .doesNotContain("--output=type=cacheonly", "--no-cache", "--pull"));
        assertThat(exit("a")).isEqualTo("0");
    }

    @Test
    void togetherNoneIsPushedIfOneFails() throws Exception {
        docker("[ $which != b ] || exit 3\n");
        StubMachine.Ended ended =
                run(plan(1, true, in -> in.builderDriver("docker").push(true), "a", "b", "c"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(machine.calls()).noneMatch(call -> call.contains("--push"));
        assertThat(hasExit("a")).as("built, but not pushed").isFalse();
        assertThat(exit("b")).isEqualTo("3");
        assertThat(hasExit("c")).as("not begun").isFalse();
    }

    @Test
    void anEphemeralBuilderOfACallIsCreatedOnceAndRemoved() throws Exception {
        docker("");
        ImagesPlan plan = plan(
                2,
                true,
                in -> in.builderDriver("docker-container").builderKeep(false).push(true),
                "a",
                "b");
        assertThat(run(plan).exitCode()).isZero();

        List<List<String>> calls = machine.calls();
        assertThat(calls.get(0)).startsWith("buildx", "create").contains("--name=cvmfs-derived-image-id");
        assertThat(calls.get(1)).as("started").startsWith("buildx", "inspect", "--bootstrap");
        assertThat(removals(calls)).hasSize(1);
        assertThat(calls.stream().filter(call -> call.get(1).equals("create"))).hasSize(1);
        assertThat(calls.stream().filter(call -> call.get(1).equals("build")))
                .hasSize(4)
                .allMatch(call -> call.contains("--builder=cvmfs-derived-image-id"));
    }

    @Test
    void theEnginesOwnBuilderNeedsNoEphemeralOne() throws Exception {
        docker("");
        ImagesPlan plan = plan(2, false, in -> in.builderDriver("auto").builderKeep(false), "a", "b");
        assertThat(run(plan).exitCode()).isZero();

        assertThat(machine.calls()).noneMatch(call -> call.get(1).equals("create"));
    }

    @Test
    void byCommitAnImageHasNoNameBeforeAllAreBuilt() throws Exception {
        machine.docker("""
                case $1 in
                    image) printf 'null\\nnull\\n""\\n{}\\n' ;;
                    commit) echo sha256:0 ;;
                    run) case $* in *cvmfs-derived-image-id-2*) [ ! -e "$stub/fails" ] || exit 7 ;; esac ;;
                esac
                """);
        UnaryOperator<ImageSpecBuilder> commit =
                in -> in.setup("true").strategy("commit").mounts("none").push(true);
        assertThat(run(plan(1, true, commit, "a", "b")).exitCode()).isZero();
        List<String> called = machine.called();
        assertThat(called.lastIndexOf("commit")).isLessThan(called.indexOf("tag"));
        assertThat(called.lastIndexOf("commit")).isLessThan(called.indexOf("push"));
        assertThat(called.stream().filter("push"::equals)).hasSize(2);

        for (String name : List.of("a", "b")) {
            Files.delete(machine.privateDirectory().resolve("images/" + name + "/build"));
            Files.delete(machine.privateDirectory().resolve("images/" + name + "/push"));
        }
        Files.createFile(root.resolve("notes/fails"));
        assertThat(run(plan(1, true, commit, "a", "b")).exitCode()).isEqualTo(1);
        assertThat(machine.calls())
                .noneMatch(call -> call.get(0).equals("tag") || call.get(0).equals("push"))
                .as("what was committed goes")
                .contains(List.of("image", "rm", "cvmfs-derived-image-id-1-tested"));
    }

    private static List<List<String>> removals(List<List<String>> calls) {
        return calls.stream()
                .filter(List.of("buildx", "rm", "--force", "cvmfs-derived-image-id")::equals)
                .toList();
    }

    @Test
    void aStopEndsAllAndStartsNoFurtherOne() throws Exception {
        docker("""
                trap 'touch "$stub/stopped-$which"; exit 99' TERM
                touch "$stub/began-$which"
                while :; do sleep 0.05; done
                """);
        Process script = machine.start(
                plan(2, false, in -> in.builderDriver("docker-container").builderKeep(false), "a", "b", "c"));
        machine.await("began-a");
        machine.await("began-b");
        script.destroy();
        StubMachine.Ended ended = machine.end(script);

        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(143);
        assertThat(machine.has("stopped-a")).isTrue();
        assertThat(machine.has("stopped-b")).isTrue();
        assertThat(machine.has("began-c")).isFalse();
        assertThat(removals(machine.calls())).hasSize(1);
    }

    @Test
    void aDiskThatIsFullIsNoSuccess() throws Exception {
        docker("");
        machine.stub("mkfifo", "exit 1");
        StubMachine.Ended ended = run(plan(2, false, in -> in.builderDriver("docker"), "a", "b"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(hasExit("a")).isFalse();
    }
}
