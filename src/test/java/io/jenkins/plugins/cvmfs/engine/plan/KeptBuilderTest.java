package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Which of the builders that buildx knows by the right name is taken, made again or refused. */
@ParameterizedClass
@MethodSource("shells")
class KeptBuilderTest {
    private static final String SOCKET = "unix:///var/run/docker.sock";

    @Parameter
    private List<String> shell;

    private StubMachine machine;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        machine = new StubMachine(root, shell);
    }

    /** The context and the host that are in force, and where the builder's containers run. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, docker-container, " + SOCKET + ", true",
                "-, -, docker-container, default, true",
                "-, -, docker-container, tcp://evil:1, false",
                "-, -, docker-container, unix:///var/run/docker.sock2, false",
                "-, -, remote, " + SOCKET + ", false",
                "-, -, docker, " + SOCKET + ", false",
                "tcp://h:1, -, docker-container, tcp://h:1, true",
                "tcp://h, -, docker-container, tcp://h:2375, true",
                "tcp://h:1, -, docker-container, " + SOCKET + ", false",
                "-, mine, docker-container, mine, true",
                "-, mine, docker-container, yours, false"
            })
    void isUsedIfItMatchesTheBuildsSettings(String host, String context, String driver, String endpoint, boolean taken)
            throws Exception {
        if (host != null) {
            machine.with("DOCKER_HOST", host);
        }
        if (context != null) {
            machine.with("DOCKER_CONTEXT", context);
        }
        String name = nameIn(Specs.dockerfile().builderDriver("docker-container"));
        note(name, driver, endpoint);

        StubMachine.Ended ended = machine.run(plan(Specs.dockerfile().builderDriver("docker-container")));
        assertThat(ended.exitCode()).isZero();
        assertThat(machine.called().contains("buildx create")).isEqualTo(!taken);
        assertThat(ended.output().contains("is not the one that this build would create"))
                .isEqualTo(!taken);
    }

    @ParameterizedTest
    @CsvSource({"arm ssh://a, true", "arm, false", "arm ssh://b, false", "arm ssh://a tcp://evil:1, false"})
    void isUsedOnlyWithItsNodes(String further, boolean taken) throws Exception {
        ImageSpecBuilder options = Specs.dockerfile().builderNodes(List.of("endpoint=arm", "endpoint=ssh://a"));
        note(nameIn(options), "docker-container", (SOCKET + " " + further).split(" "));

        assertThat(machine.run(plan(options)).exitCode()).isZero();
        assertThat(machine.called().contains("buildx create")).isEqualTo(!taken);
    }

    @ParameterizedTest
    @CsvSource({"tcp://a:1, true", "tcp://b:1, false"})
    void ofARemoteBuildkitdIsUsedIfItHasTheSameEndpoint(String endpoint, boolean taken) throws Exception {
        ImageSpecBuilder options = Specs.dockerfile().builderDriver("remote").builderEndpoint("tcp://a:1");
        note(nameIn(options), "remote", endpoint);

        assertThat(machine.run(plan(options)).exitCode()).isZero();
        assertThat(machine.called().contains("buildx create")).isEqualTo(!taken);
    }

    @Test
    void isMadeAgainWhereItsRecordIsTorn() throws Exception {
        ImageSpecBuilder options = Specs.dockerfile().builderDriver("docker-container");
        String name = nameIn(options);
        String whole = StubMachine.record(name, "docker-container", SOCKET);
        Files.writeString(machine.instances().resolve(name), whole.substring(0, whole.length() - 20));

        assertThat(machine.run(plan(options)).output()).contains("creating it again");
        assertThat(machine.called()).contains("buildx create");
    }

    /** The user's own is not removed, whatever it is. */
    @ParameterizedTest
    @CsvSource({"docker-container, tcp://any:1, 0", "remote, tcp://any:1, 1"})
    void withAUsersNameIsUsedOrRefused(String driver, String endpoint, int exitCode) throws Exception {
        note("mine", driver, endpoint);

        StubMachine.Ended ended =
                machine.run(plan(Specs.dockerfile().builderName("mine").builderDriver("docker-container")));
        assertThat(ended.exitCode()).isEqualTo(exitCode);
        assertThat(machine.called()).doesNotContain("buildx rm", "buildx create");
        assertThat(ended.output().contains("The builder mine exists, but its driver or endpoint"))
                .isEqualTo(exitCode != 0);
    }

    /** A builder that was made with one engine is none of another. */
    @Test
    void eachEngineHasItsOwn() throws Exception {
        ImageSpecBuilder options = Specs.dockerfile().builderDriver("docker-container");
        String usual = nameIn(options);
        machine.with("DOCKER_HOST", "tcp://a:1");
        String a = nameIn(options);
        machine.with("DOCKER_HOST", "tcp://b:1");
        String b = nameIn(options);

        assertThat(List.of(usual, a, b)).doesNotHaveDuplicates();
        assertThat(a).startsWith(usual + "-");
    }

    @Test
    void theContextOfDockersConfigurationIsAnotherEngineToo() throws Exception {
        ImageSpecBuilder options = Specs.dockerfile().builderDriver("docker-container");
        String usual = nameIn(options);
        Files.writeString(machine.instances().resolveSibling("../config.json"), "{\n\t\"currentContext\": \"mine\"\n}");

        assertThat(nameIn(options)).startsWith(usual + "-");
    }

    /** buildx leaves it out as soon as another entitlement is granted. */
    @Test
    void grantsTheNetworkOfTheHostThatABuildUses() throws Exception {
        ImageSpecBuilder options =
                Specs.dockerfile().builderDriver("docker-container").network("host");

        assertThat(machine.run(plan(options)).exitCode()).isZero();
        assertThat(machine.calls().get(0))
                .contains("--buildkitd-flags=--allow-insecure-entitlement=security.insecure"
                        + " --allow-insecure-entitlement=network.host");
    }

    @ParameterizedTest
    @CsvSource({"[registry.\"docker.io\"], true", "[worker.oci], false"})
    void limitsAreAddedToBuildxsDefaults(String table, boolean both) throws Exception {
        Files.writeString(machine.instances().resolveSibling("buildkitd.default.toml"), table + "\n");
        machine.docker("case \"$*\" in *create*) for word do case $word in --buildkitd-config=*)"
                + " cat \"${word#*=}\" >\"$stub/configuration\" ;; esac done ;; esac");
        ImageSpecBuilder options =
                Specs.dockerfile().builderDriver("docker-container").builderGc(Map.of("maxUsedSpace", "1GB"));

        StubMachine.Ended ended = machine.run(plan(options));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        String limits = "[worker.oci]\ngc = true\nmaxUsedSpace = \"1GB\"\n";
        assertThat(machine.note("configuration")).isEqualTo(both ? table + "\n\n" + limits : limits);
        assertThat(ended.output().contains("Warning: the limits of the builder's cache replace the settings of"))
                .isEqualTo(!both);
    }

    /** buildx notes where the kubeconfig was; what it says without its secrets is what names the builder. */
    @Test
    void inAClusterIsThatOfItsUserAndNamespace(@TempDir Path folder) throws Exception {
        ImageSpecBuilder options = Specs.dockerfile().builderDriver("kubernetes");
        String one = kubernetesIn(folder.resolve("a b@1,2+3"), "cms", "secret");
        assertThat(kubernetesIn(folder.resolve("later"), "cms", "renewed")).isEqualTo(one);
        assertThat(kubernetesIn(folder.resolve("json"), "atlas", "secret")).isNotEqualTo(one);
        assertThat(kubernetesIn(folder.resolve("none"), null, "")).isNotEqualTo(one);

        kubernetesIn(folder.resolve("a b@1,2+3"), "cms", "secret");
        String noted = folder.toString().replace("/", "%2F") + "%2Fa+b%401%2C2%2B3";
        note(one, "kubernetes", "kubernetes:///" + one + "?deployment=d\\u0026kubeconfig=" + noted);
        assertThat(machine.run(plan(options)).output()).doesNotContain("made again");
        assertThat(machine.called()).doesNotContain("buildx create", "buildx rm");
    }

    /** Its deployment is what others may be building by. */
    @Test
    void ofAMissingKubeconfigStaysNotedAndIsNotRemoved(@TempDir Path folder) throws Exception {
        String name = kubernetesIn(folder.resolve("new"), "cms", "secret");
        note(name, "kubernetes", "kubernetes:///" + name + "?deployment=d\\u0026kubeconfig=%2Fgone");

        StubMachine.Ended ended = machine.run(plan(Specs.dockerfile().builderDriver("kubernetes")));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).doesNotContain("made again");
        assertThat(machine.called()).contains("buildx create").doesNotContain("buildx rm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deployments.apps \"b0\" already exists | true",
                "namespaces \"n\" not found | false",
                "deployments.apps \"b0\" is forbidden | false"
            })
    void thatAnotherHomeCreatedAtTheSameTimeIsUsed(String refusal, boolean taken) throws Exception {
        machine.docker("case \"$*\" in *--bootstrap*) [ -e \"$stub/asked\" ] || { touch \"$stub/asked\"; echo 'ERROR: "
                + refusal + "' >&2; exit 1; } ;; esac");

        StubMachine.Ended ended = machine.run(plan(Specs.dockerfile().builderDriver("kubernetes")));

        assertThat(ended.exitCode() == 0).as(ended.output()).isEqualTo(taken);
        assertThat(ended.output().contains(refusal)).isEqualTo(!taken);
        assertThat(machine.called().stream().filter("buildx build"::equals)).hasSize(taken ? 1 : 0);
    }

    private String kubernetesIn(Path kubeconfig, String namespace, String token) throws Exception {
        if (namespace != null) {
            Files.writeString(
                    kubeconfig,
                    "clusters: [{name: c, cluster: {server: 'https://k:6443'}}]\ncontexts:\n- context:\n    namespace: "
                            + namespace + "\nusers: [{name: u, user: {token: " + token + "}}]\n");
        }
        machine.with("KUBECONFIG", kubeconfig.toString());
        return nameIn(Specs.dockerfile().builderDriver("kubernetes"));
    }

    /** The name that a build asks for where there is no builder yet. */
    private String nameIn(ImageSpecBuilder options) throws Exception {
        machine.run(plan(options));
        return machine.calls().stream()
                .filter(call -> call.contains("create"))
                .flatMap(List::stream)
                .filter(word -> word.startsWith("--name="))
                .findFirst()
                .orElseThrow()
                .substring("--name=".length());
    }

    private void note(String name, String driver, String... endpoints) throws Exception {
        Files.writeString(machine.instances().resolve(name), StubMachine.record(name, driver, endpoints));
    }

    private static BuildPlan plan(ImageSpecBuilder options) {
        return BuildPlan.of(Specs.valid(options.push(true)), "id");
    }
}
