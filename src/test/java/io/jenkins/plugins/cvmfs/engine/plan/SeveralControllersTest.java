package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two controllers whose agents share a machine, a user or an engine: neither removes the other's builder. */
@ParameterizedClass
@MethodSource("shells")
class SeveralControllersTest {
    @Parameter
    private List<String> shell;

    @TempDir
    private Path root;

    private StubMachine one;
    private StubMachine other;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare() throws Exception {
        one = new StubMachine(root.resolve("one"), shell);
        other = new StubMachine(root.resolve("other"), shell);
    }

    private static BuildPlan plan(ImageSpecBuilder options, String id) {
        return BuildPlan.of(Specs.valid(options.push(true)), id);
    }

    private static ImageSpecBuilder container() {
        return Specs.dockerfile().builderDriver("docker-container");
    }

    /** The notes of one user are those of both controllers. */
    @Test
    void anEphemeralBuilderStaysWhileItsBuildRuns() throws Exception {
        Path state = root.resolve("state");
        one.with("XDG_STATE_HOME", state.toString());
        other.with("XDG_STATE_HOME", state.toString());
        one.docker("case \"$*\" in 'buildx build'*) touch \"$stub/started\"; exec sleep 60 ;; esac");
        Process running = one.start(plan(container().builderKeep(false), "one"));
        one.await("started");
        try {
            StubMachine.Ended ended = other.run(plan(container().builderKeep(false), "other"));
            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(other.calls().stream().filter(call -> call.contains("rm")))
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(call).contains("cvmfs-derived-image-other"));
            assertThat(state.resolve("cvmfs-derived-image/cvmfs-derived-image-one.made"))
                    .exists();
        } finally {
            running.destroy();
            one.end(running);
        }
        assertThat(one.calls()).contains(List.of("buildx", "rm", "--force", "cvmfs-derived-image-one"));
    }

    /** With homes of their own they do not see each other's record of it: who comes second is told that it exists. */
    @Test
    void aKeptBuilderIsSharedAndRemovedByNeither() throws Exception {
        one.run(plan(container(), "one"));
        List<List<String>> first = one.calls();
        other.docker("case \"$*\" in 'buildx create'*) echo 'ERROR: existing instance' >&2; exit 1 ;; esac");
        StubMachine.Ended ended = other.run(plan(container(), "other"));
        List<List<String>> second = other.calls();

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(name(second)).isEqualTo(name(first));
        assertThat(first).noneMatch(call -> call.contains("rm"));
        assertThat(second).noneMatch(call -> call.contains("rm"));
    }

    /** The cluster says whose a builder is, wherever the two have their homes and notes. */
    @Test
    void aBuilderInAClusterStaysWhileItsOwnerRuns() throws Exception {
        ImageSpecBuilder pods = Specs.dockerfile().builderDriver("kubernetes").builderKeep(false);
        one.docker("case \"$*\" in 'buildx build'*) touch \"$stub/started\"; exec sleep 60 ;; esac");
        Process running = one.start(plan(pods, "one"));
        List<ProcessHandle> processes = new ArrayList<>();
        try {
            one.await("started");
            String owner = one.calls().stream()
                    .flatMap(List::stream)
                    .filter(word -> word.contains("cvmfs-derived-image-owner="))
                    .map(word -> word.substring(word.indexOf("owner=") + "owner=".length()))
                    .findFirst()
                    .orElseThrow();
            other.stub(
                    "kubectl",
                    "printf '%s\\n' \"$*\" >>\"$stub/kubectl\"\ncase $* in *'get deployments'*) echo 'ci one0 " + owner
                            + "' ;; esac");
            assertThat(other.run(plan(pods, "other")).exitCode()).isZero();
            assertThat(other.note("kubectl")).contains("get deployments").doesNotContain("one0");
        } finally {
            running.descendants().forEach(processes::add);
            running.destroyForcibly();
            running.waitFor();
            processes.forEach(ProcessHandle::destroyForcibly);
        }
        assertThat(other.run(plan(pods, "other")).exitCode()).isZero();
        assertThat(other.note("kubectl")).contains("delete deployment one0 --namespace=ci");
    }

    /** What another host or another container noted is its own, whatever runs there. */
    @Test
    void notesOfAnotherMachineStay() throws Exception {
        Path state = Files.createDirectories(root.resolve("state/cvmfs-derived-image"));
        other.with("XDG_STATE_HOME", state.getParent().toString());
        String now = other.said("date +%s");
        Path note = state.resolve("cvmfs-derived-image-one.made");
        Files.writeString(note, "elsewhere boot pid:[1] 1 1 " + now + "\nbuilder cvmfs-derived-image-one\n \n");

        assertThat(other.run(plan(container(), "other")).exitCode()).isZero();
        assertThat(other.calls()).noneMatch(call -> call.contains("rm"));
        assertThat(note).exists();
    }

    private static String name(List<List<String>> calls) {
        return calls.stream()
                .filter(call -> call.contains("create"))
                .flatMap(List::stream)
                .filter(word -> word.startsWith("--name="))
                .findFirst()
                .orElseThrow();
    }
}
