package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What scripts do with builders in a cluster, with stand-ins for docker and kubectl. */
@ParameterizedClass
@MethodSource("shells")
class ClusterBuilderTest {
    private static final String BUILDER = "cvmfs-derived-image-id";
    private static final String NO_POD = "expected 1 replicas to be ready, got 0";

    @Parameter
    private List<String> shell;

    private StubMachine machine;
    private Path home;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        home = root;
        machine = new StubMachine(root, shell);
        Path config = Files.createDirectories(root.resolve(".kube")).resolve("config");
        Files.writeString(config, "server: https://k:6443\nnamespace: cms\n");
    }

    /** buildx itself waits for ever; the build ends when nothing is connected any more, and not before. */
    @Test
    void aBuildThatHasLostItsPodEnds() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/proc/thread-self/children")),
                "skipped: this machine's kernel does not list the children of a process");
        Path ended = home.resolve("ended");
        Path sleep = Shells.find("sleep").orElseThrow();
        machine.with("CVMFS_DERIVED_IMAGE_LOOK", "0.1")
                .stub(
                        "sleep",
                        "if [ -e \"$stub/connected\" ]; then [ ! -e \"$stub/slept\" ] || touch \"$stub/looked\"\n"
                                + "touch \"$stub/slept\"\nfi\nexec " + sleep + " \"$@\"");
        try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            plugin("trap 'echo >\"" + ended + "\"; exit 1' TERM\nexec 7<>/dev/tcp/127.0.0.1/" + api.getLocalPort()
                    + "\nread -r _ <&7\nexec 7>&-\nwhile :; do " + sleep + " 0.1; done\n");

            Process script = machine.start(plan(kubernetes()));
            try (Socket stream = api.accept()) {
                Files.createFile(home.resolve("notes/connected"));
                machine.await("looked");
                assertThat(stream.isConnected()).isTrue();
                assertThat(ended).doesNotExist();
            }
            StubMachine.Ended end = machine.end(script);

            assertThat(end.exitCode()).as(end.output()).isEqualTo(1);
            assertThat(end.output()).contains("ERROR: the connection to a pod of the builder cvmfs-derived-image-");
            assertThat(ended).exists();
        }
    }

    /** buildx connects once more, but a pod that has replaced its own knows nothing of the build. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "one, '', two, ' 2 ', replaced",
                "one, ' 1 ', two, ' 2 ', replaced",
                "one, ' 1 ', one, ' 2 ', goes on",
                "one, ' 1  3 ', two, ' 2  3 ', goes on",
                "one other, ' 1 ', one another, ' 1 ', goes on",
                "one other, ' 1 ', other another, ' 2 ', replaced",
                "'', '', one, ' 1 ', goes on",
                "one, ' 1 ', '', ' 2 ', goes on"
            })
    void aPodWasReplacedIfAllConnectionsOfItsTimeAreGone(
            String then, String streamsThen, String now, String streams, String answer) throws Exception {
        Path library = Files.writeString(home.resolve(ShellLibrary.FILE), ShellLibrary.text());
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of(
                "-c",
                "set -eu; . \"$1\"; pods_then=$2 streams_then=$3 next=$4 streams=$5; "
                        + "find_pods() { pods_now=$next; }; if replaced; then echo replaced; else echo goes on; fi",
                "sh",
                library.toString(),
                then,
                streamsThen,
                now,
                streams));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();

        assertThat(process.inputReader().lines()).containsExactly(answer);
    }

    /** Other drivers have nobody who looks. */
    @Test
    void nothingWatchesOverOtherBuilders() throws Exception {
        machine.stub("sleep", "touch \"$stub/slept\"").stub("ls", "touch \"$stub/looked\"");

        assertThat(machine.run(plan(Specs.dockerfile().builderDriver("docker-container")))
                        .exitCode())
                .isZero();
        assertThat(machine.has("slept") || machine.has("looked")).isFalse();
    }

    private void plugin(String text) throws Exception {
        Path plugin = home.resolve("docker-buildx");
        Files.writeString(plugin, "#!" + Shells.find("bash").orElseThrow() + "\n" + text);
        assertThat(plugin.toFile().setExecutable(true)).isTrue();
        machine.docker("case \"$*\" in 'buildx build '*) '" + plugin + "' & wait $! ;; esac");
    }

    /** By what is in the cluster others may be building. */
    @ParameterizedTest
    @CsvSource({"buildx\\ build*, 1", "*--bootstrap*, 0"})
    void aKeptBuilderIsNeverRemoved(String failing, int creations) throws Exception {
        machine.docker("case \"$*\" in " + failing + ") echo 'ERROR: " + NO_POD + "' >&2; exit 1 ;; esac");

        StubMachine.Ended ended = machine.run(plan(kubernetes()));

        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output()).contains(NO_POD);
        assertThat(machine.called())
                .doesNotContain("buildx rm")
                .filteredOn("buildx build"::equals)
                .hasSize(creations);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "true, -, -, --driver-opt=labels=app.kubernetes.io/managed-by=cvmfs-derived-image, -",
                "true, a=b, c=d, "
                        + "'--driver-opt=\"labels=a=b,app.kubernetes.io/managed-by=cvmfs-derived-image\"', "
                        + "--driver-opt=annotations=c=d",
                "false, -, -, --driver-opt=labels=app.kubernetes.io/managed-by=cvmfs-derived-image, "
                        + "--driver-opt=annotations=cvmfs-derived-image-owner=OWNER",
                "false, '\"a=b,c=d\"', c=d, "
                        + "'--driver-opt=\"labels=a=b,c=d,app.kubernetes.io/managed-by=cvmfs-derived-image\"', "
                        + "'--driver-opt=\"annotations=c=d,cvmfs-derived-image-owner=OWNER\"'"
            })
    void podsSayWhoseTheyAre(boolean keep, String labels, String annotations, String label, String annotation)
            throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        if (labels != null) {
            options.put("labels", labels);
            options.put("annotations", annotations);
        }
        machine.run(plan(kubernetes().builderKeep(keep).builderDriverOpts(options)));

        assertThat(marks()).isEqualTo(annotation == null ? List.of(label) : List.of(label, annotation));
    }

    /** One with a name of the user's own may be there, and buildx looks for pods with all labels. */
    @Test
    void aBuilderWithAUsersNameHasNoLabel() throws Exception {
        machine.run(plan(kubernetes().builderName("mine")));
        assertThat(marks()).isEmpty();
    }

    private List<String> marks() throws Exception {
        return machine.calls().stream()
                .filter(call -> call.contains("create"))
                .flatMap(List::stream)
                .filter(word -> word.contains("labels=") || word.contains("annotations="))
                .map(word ->
                        word.replaceFirst("owner=\\S+ [0-9a-f-]{36} pid:\\[\\d+] \\d+ \\d+ \\d{10}", "owner=OWNER"))
                .toList();
    }

    /** What was left by a killed build is removed with the kubeconfig of now, wherever that one's was. */
    @Test
    void whatAKilledBuildLeftIsRemovedFromItsCluster() throws Exception {
        machine.docker(
                "case \"$*\" in 'buildx rm '*) cat " + record() + " >\"$stub/record\"; rm " + record() + " ;; esac");
        left("cluster 1234");
        machine.run(plan(kubernetes()));
        assertThat(machine.called()).doesNotContain("buildx rm");

        left("cluster " + cluster());
        machine.with(
                "KUBECONFIG",
                Files.copy(home.resolve(".kube/config"), home.resolve("lent")).toString());
        StubMachine.Ended ended = machine.run(plan(kubernetes()));

        assertThat(ended.output()).contains("The builder cvmfs-derived-image-other was left by a build that was");
        assertThat(machine.called()).contains("buildx rm");
        assertThat(machine.note("record"))
                .contains("kubeconfig=" + home.toString().replace("/", "%2F") + "%2Flent\"");
    }

    private void left(String where) throws Exception {
        Path state = Files.createDirectories(home.resolve(".local/state/cvmfs-derived-image"));
        Files.writeString(
                state.resolve("cvmfs-derived-image-other.made"),
                machine.said("uname -n") + " 0 0 1 1 1\npods-of-builder cvmfs-derived-image-other\n" + where + "\n");
        Files.writeString(
                machine.instances().resolve("cvmfs-derived-image-other"),
                StubMachine.record("x", "kubernetes", "kubernetes:///x?deployment=\\u0026kubeconfig=%2Fgone"));
    }

    private Path record() {
        return machine.instances().resolve("cvmfs-derived-image-other");
    }

    /** The name of a kept one ends with it. */
    private String cluster() throws Exception {
        machine.run(plan(kubernetes()));
        String name = machine.calls().stream()
                .filter(call -> call.contains("create"))
                .flatMap(List::stream)
                .filter(word -> word.startsWith("--name="))
                .findFirst()
                .orElseThrow();
        return name.substring(name.lastIndexOf('-') + 1);
    }

    /** From any machine; HERE is this one, and NOW the time. */
    @ParameterizedTest
    @CsvSource({
        "HERE 0 0 1 1 NOW, true",
        "elsewhere a b 1 1 NOW, false",
        "elsewhere a b 1 1 1, true",
        "elsewhere a b 1 1 NOW pod 1-2 ci, false",
        "elsewhere a b 1 1 NOW pod 3-4 ci, true",
        "elsewhere a b 1 1 NOW pod 5-6 ci, true",
        "elsewhere a b 1 1 NOW pod 5-6 forbidden, false",
        "elsewhere a b 1 1 a[$(pwned)], false",
        "elsewhere a b ../../x 1 1, false",
        "* * * * * *, false",
        "'', false"
    })
    void theNextBuildRemovesLeftoversInTheCluster(String owner, boolean removed) throws Exception {
        String marks = owner.replace("HERE", machine.said("uname -n"))
                .replace("NOW", Long.toString(System.currentTimeMillis() / 1000));
        machine.stub(
                "kubectl",
                "printf '%s\\n' \"$*\" >>\"$stub/kubectl\"\ncase $* in *forbidden*) exit 1 ;;\n"
                        + "*'get deployments'*) echo 'ci left0 " + marks.replace("'", "") + "' ;;\n"
                        + "*'get pods'*) printf '1-2 Running\\n3-4 Failed\\n' ;; esac");

        StubMachine.Ended ended =
                machine.run(plan(kubernetes().builderKeep(false).builderDriverOpts(Map.of("namespace", "ci"))));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output().contains("The deployment left0 was left in the cluster by a build on"))
                .isEqualTo(removed);
        assertThat(machine.note("kubectl").contains("delete deployment left0 --namespace=ci --wait=false"))
                .isEqualTo(removed);
        machine.assertUnharmed();
    }

    /** buildx says only what it waited for. */
    @Test
    void theStateOfThePodsIsReported() throws Exception {
        machine.docker("case \"$*\" in *--bootstrap*) echo 'ERROR: " + NO_POD + "' >&2; exit 1 ;; esac")
                .stub("kubectl", "case $* in *'get pods'*) echo 'ImagePullBackOff: Back-off pulling image' ;; esac");

        assertThat(machine.run(plan(kubernetes())).output())
                .contains(NO_POD, "ERROR: of the builder's pods in the cluster: ImagePullBackOff: Back-off pulling");
    }

    /** A build that may create a deployment but not delete it leaves a privileged pod, which a later one may remove. */
    @Test
    void thingsLeftInTheClusterAreReportedAndRemembered() throws Exception {
        Path record = machine.instances().resolve(BUILDER);
        machine.docker("case \"$*\" in *'buildx create'*) printf x >" + record + " ;; *'buildx rm'*) rm -f " + record
                + "; echo 'deployments.apps is forbidden' >&2; exit 1 ;; esac");

        StubMachine.Ended ended = machine.run(plan(kubernetes().builderKeep(false)));

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output())
                .contains(
                        "Warning: the builder cvmfs-derived-image-id may still be in the cluster",
                        "deployments.apps is forbidden",
                        "kubectl delete deployment");
        assertThat(record).hasContent("x");
        assertThat(home.resolve(".local/state/cvmfs-derived-image/" + BUILDER + ".made"))
                .exists();
    }

    private static ImageSpecBuilder kubernetes() {
        return Specs.dockerfile().builderDriver("kubernetes");
    }

    private static BuildPlan plan(ImageSpecBuilder options) {
        return BuildPlan.of(Specs.valid(options.push(true)), "id");
    }
}
