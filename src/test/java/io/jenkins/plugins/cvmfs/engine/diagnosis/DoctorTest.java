package io.jenkins.plugins.cvmfs.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Check.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DoctorTest {
    private static final String CLIENT = "docker --version";
    private static final String ENGINE = "docker version";
    private static final String TLS = "/bin/sh -c [ -n \"${DOCKER_TLS_VERIFY-}\" ]";
    private static final String TLS_FILES = "/bin/sh -c for file in ca.pem";
    private static final String WRITABLE = "/bin/sh -c directory=$1";
    private static final String CONFIG = "/bin/sh -c cat";
    private static final String FREE = "df -Pk";
    private static final String CVMFS = "/bin/sh -c awk -v d=\"$1\" '$2";
    private static final String SHARED = "/bin/sh -c awk -v d=\"$1/\"";
    private static final String CDI = "docker info --format {{json .CDISpecDirs}}";
    private static final String DEVICES = "docker info --format {{json .DiscoveredDevices}}";
    private static final String PLUGIN = "docker buildx version";
    private static final String OWN = "docker buildx build";
    private static final String INFO = "docker info --format {{.SecurityOptions}}";

    /** A machine on which everything works but what a test changes. */
    private static final class Machine implements Probe {
        private final Map<String, Answer> answers = new LinkedHashMap<>();
        private final List<String> asked = new ArrayList<>();
        private String input = "";

        Machine() {
            says(CLIENT, 0, "Docker version 28.5.2, build abc");
            says(ENGINE, 0, "28.5.2 1.51 1.51\n");
            says(TLS, 1, "");
            says("/bin/sh -c echo \"${TMPDIR", 0, "/tmp\n");
            says("/bin/sh -c [ -n \"${DOCKER_AUTH_CONFIG-}\" ]", 1, "");
            says(FREE, 0, "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/a 99 1 50000000 1% /\n");
            says("docker info --format {{.DockerRootDir}}", 0, "/var/lib/docker\n");
            says(CVMFS, 0, "/cvmfs autofs\n/cvmfs/cms.cern.ch fuse\n");
            says(CDI, 0, "[\"/etc/cdi\",\"/var/run/cdi\"]");
            says(DEVICES, 0, "[{\"Source\":\"cdi\",\"ID\":\"cern.ch/cvmfs=all\"}]");
            says(PLUGIN, 0, "github.com/docker/buildx v0.29.1 abc\n");
            says("docker context show", 0, "mine\n");
            says(INFO, 0, "[name=seccomp,profile=builtin]");
        }

        Machine says(String command, int exitCode, String output) {
            answers.put(command, new Answer(exitCode, output));
            return this;
        }

        @Override
        public Answer run(String given, String... command) {
            String line = String.join(" ", command);
            asked.add(line);
            input += given;
            // The more exact one counts.
            return answers.entrySet().stream()
                    .filter(answer -> (line + " <" + given).startsWith(answer.getKey()))
                    .max(Comparator.comparingInt(answer -> answer.getKey().length()))
                    .map(Map.Entry::getValue)
                    .orElse(new Answer(0, ""));
        }
    }

    @Test
    void aMachineThatHasEverything() {
        Machine machine = new Machine();
        Doctor.Report report = new Doctor(machine, FrontEnd.PLAIN).report();

        assertThat(report.common()).extracting(Check::state).containsOnly(State.OK);
        assertThat(report.buildx()).hasSize(3).extracting(Check::state).containsOnly(State.OK);
        assertThat(report.commit()).extracting(Check::state).containsOnly(State.OK);
        assertThat(report.buildxWorks()).isTrue();
        assertThat(report.commitWorks()).isTrue();
        assertThat(report.host().directory())
                .hasSize(2)
                .extracting(Check::state)
                .containsOnly(State.OK);
        assertThat(report.host().device()).hasSize(3).extracting(Check::state).containsOnly(State.OK);
        assertThat(report.hostBuildxWorks()).isTrue();
        assertThat(machine.asked)
                .anyMatch(
                        command -> command.contains("--builder=mine") && command.contains("--allow=security.insecure"));
        assertThat(machine.input).contains("RUN --security=insecure");
    }

    @Test
    void nothingIsCreatedOrPulled() {
        Machine machine = new Machine();
        new Doctor(machine, FrontEnd.PLAIN).report();

        assertThat(machine.asked)
                .noneMatch(command -> command.matches(".*\\b(create|pull|push|run|rm|rmi|use|install)\\b.*"));
    }

    static Stream<Arguments> lacks() {
        String own = "driver docker: the engine's own builder";
        String container = "driver docker-container: a builder in a container";
        String config = "docker's configuration directory";
        return Stream.of(
                row(CLIENT, 127, "", "docker engine", State.LACKING, "Install docker", false, false),
                row(CLIENT, 0, "podman version 5.4.2", "docker engine", State.LACKING, "podman-docker", false, false),
                row(
                        ENGINE,
                        1,
                        "permission denied while trying to connect to the Docker daemon socket at unix:///x",
                        "docker engine",
                        State.LACKING,
                        "group",
                        false,
                        false),
                row(ENGINE, 1, "what is that", "docker engine", State.LACKING, "Start the engine", false, false),
                row(
                        ENGINE,
                        1,
                        "Error response from daemon: client version 1.52 is too new. Maximum supported API version is 1.43",
                        "docker engine",
                        State.LACKING,
                        "DOCKER_API_VERSION",
                        false,
                        false),
                row(
                        ENGINE,
                        1,
                        "Error response from daemon: Client sent an HTTP request to an HTTPS server.",
                        "docker engine",
                        State.LACKING,
                        "DOCKER_CERT_PATH",
                        false,
                        false),
                row(WRITABLE, 1, "", config, State.LACKING, "DOCKER_CONFIG", false, false),
                row(
                        CONFIG,
                        0,
                        "{\"auths\":{},\"credsStore\":\"desktop\"}",
                        "credential helpers",
                        State.OK,
                        "",
                        true,
                        true),
                row(FREE, 0, "/dev/a 9 9 900 99% /", "disk of the engine", State.LACKING, "prune", false, false),
                row(FREE, 0, "/dev/a 9 9 5000000 99% /", "disk of the engine", State.WARNING, "prune", true, true),
                row(FREE, 0, "/dev/a 9 9 900000 99% /", "disk of temporary files", State.WARNING, "TMPDIR", true, true),
                row("test -c /dev/fuse", 1, "", "/dev/fuse", State.WARNING, "modprobe fuse", true, true),
                row(PLUGIN, 1, "unknown command", "buildx", State.LACKING, "docker-buildx", false, true),
                row(PLUGIN, 0, "buildx v0.10.5", "buildx", State.WARNING, "newer", true, true),
                row(
                        OWN,
                        1,
                        "dockerfile parse error: unknown flag: --security",
                        own,
                        State.WARNING,
                        "# syntax=",
                        true,
                        true),
                row(OWN, 1, "Unknown flag: security", own, State.WARNING, "# syntax=", true, true),
                row(
                        OWN,
                        1,
                        "granting entitlement x is not allowed by build daemon configuration",
                        own,
                        State.LACKING,
                        "daemon.json",
                        true,
                        true),
                row(OWN, 1, "else\nlast line", own, State.LACKING, "docker-container", true, true),
                row(ENGINE, 0, "20.10.24+dfsg1 1.41 1.41", container, State.WARNING, "docker 26", true, true));
    }

    private static Arguments row(
            String command,
            int code,
            String output,
            String what,
            State state,
            String fix,
            boolean buildx,
            boolean commit) {
        return Arguments.of(command, code, output, what, state, fix, buildx, commit);
    }

    @ParameterizedTest
    @MethodSource("lacks")
    void everythingMissingHasAFix(
            String command,
            int code,
            String output,
            String what,
            State state,
            String fix,
            boolean buildx,
            boolean commit) {
        Doctor.Report report = new Doctor(new Machine().says(command, code, output), FrontEnd.PLAIN).report();

        Check check = Stream.of(report.common(), report.buildx(), report.commit())
                .flatMap(List::stream)
                .filter(found -> found.what().equals(what))
                .findFirst()
                .orElseThrow();
        assertThat(check.state()).isEqualTo(state);
        assertThat(check.fix()).contains(fix);
        assertThat(check.found()).doesNotContain("\n");
        assertThat(report.buildxWorks()).isEqualTo(buildx);
        assertThat(report.commitWorks()).isEqualTo(commit);
    }

    static Stream<Arguments> hostLacks() {
        String later = "mounts that appear in /cvmfs later";
        String device = "CDI device cern.ch/cvmfs=all";
        return Stream.of(
                row(CVMFS, 0, "", "/cvmfs of this machine", State.LACKING, "CVMFS client", false, false),
                row(CVMFS, 0, "/cvmfs autofs\n", "/cvmfs of this machine", State.OK, "", true, true),
                row(SHARED, 1, "", later, State.LACKING, "make-rshared", false, false),
                row(CDI, 1, "can't evaluate field", "CDI of the engine", State.LACKING, "docker 28.3", false, true),
                row(CDI, 0, "[]", "CDI of the engine", State.LACKING, "daemon.json", false, true),
                row(CDI, 0, "null", "CDI of the engine", State.LACKING, "daemon.json", false, true),
                row(DEVICES, 0, "null", device, State.LACKING, "host-access --print", false, true),
                row(DEVICES, 0, "[{\"ID\":\"cern.ch/cvmfs=x\"}]", device, State.LACKING, "/etc/cdi", false, true),
                row(PLUGIN, 1, "", device, State.OK, "", false, true));
    }

    @ParameterizedTest
    @MethodSource("hostLacks")
    void everythingMissingForHostAccessHasAFix(
            String command,
            int code,
            String output,
            String what,
            State state,
            String fix,
            boolean buildx,
            boolean commit) {
        Doctor.Report report = new Doctor(new Machine().says(command, code, output), FrontEnd.PLAIN).report();

        Check check = Stream.of(report.host().directory(), report.host().device())
                .flatMap(List::stream)
                .filter(found -> found.what().equals(what))
                .findFirst()
                .orElseThrow();
        assertThat(check.state()).isEqualTo(state);
        assertThat(check.fix()).contains(fix);
        assertThat(report.hostBuildxWorks()).isEqualTo(buildx);
        assertThat(report.hostCommitWorks()).isEqualTo(commit);
        assertThat(report.commitWorks()).isTrue();
    }

    @Test
    void theRepositoriesOfTheMachineAreNamed() {
        Machine machine =
                new Machine().says(CVMFS, 0, "/sw/cvmfs/a.example.net fuse\n/sw/cvmfs/b.example.net autofs\n");
        Doctor.Report report = new Doctor(machine, FrontEnd.PLAIN, "/sw/cvmfs").report();
        assertThat(report.host().directory().get(0).found()).isEqualTo("a.example.net");
        assertThat(machine.asked).anyMatch(command -> command.startsWith(CVMFS) && command.endsWith(" /sw/cvmfs"));
    }

    @Test
    void scriptsAreFetchedByWgetOrNotAtAll() {
        Machine machine = new Machine().says("curl", 127, "");
        assertThat(fetching(machine)).extracting(Check::state, Check::found).containsExactly(State.OK, "wget");

        machine.says("wget", 127, "");
        assertThat(fetching(machine).state()).isEqualTo(State.WARNING);
    }

    /** There a RUN cannot mount, but a container with the device may. */
    @Test
    void aRootlessEngineCommits() {
        Machine machine = new Machine().says(INFO, 0, "[name=rootless]");
        Doctor.Report report = new Doctor(machine, FrontEnd.PLAIN).report();
        assertThat(report.buildxWorks()).isFalse();
        assertThat(report.buildx().subList(1, 3))
                .allSatisfy(check -> assertThat(check.fix()).contains("strategy commit"));
        assertThat(report.commitWorks()).isTrue();

        machine.says("/bin/sh -c [ -r /dev/fuse ]", 1, "");
        assertThat(new Doctor(machine, FrontEnd.PLAIN).report().commitWorks()).isFalse();
    }

    @Test
    void certificatesOfTheEngineAreLookedAt() {
        Machine machine = new Machine().says(TLS, 0, "").says(TLS_FILES, 0, "/certs\n");
        assertThat(new Doctor(machine, FrontEnd.PLAIN).report().common())
                .anySatisfy(check -> assertThat(check.found()).isEqualTo("certificates in /certs"));

        machine.says(TLS_FILES, 0, "ca.pem\nkey.pem\n/certs\n");
        Doctor.Report report = new Doctor(machine, FrontEnd.PLAIN).report();
        assertThat(report.common())
                .anySatisfy(check ->
                        assertThat(check.found()).isEqualTo("ca.pem, key.pem missing or not readable in /certs"));
        assertThat(report.buildxWorks()).isFalse();
    }

    @Test
    void credentialHelpersThatAreNotInstalledAreNamed() {
        String config =
                "{\"credsStore\": \"desktop\", \"credHelpers\": {\"a.example.net\": \"ecr-login\", \"b\":\"gcr\"}}";
        Machine machine = new Machine().says(CONFIG, 0, config).says("/bin/sh -c command -v", 1, "");

        assertThat(new Doctor(machine, FrontEnd.PLAIN).report().common())
                .filteredOn(check -> check.what().equals("credential helpers"))
                .singleElement()
                .satisfies(check -> assertThat(check.found())
                        .contains("docker-credential-desktop, docker-credential-ecr-login, docker-credential-gcr"))
                .extracting(Check::state)
                .isEqualTo(State.WARNING);
    }

    @Test
    void anEngineElsewhereHasItsOwnDevicesAndDisks() {
        Machine machine = new Machine()
                .says("/bin/sh -c echo \"${DOCKER_HOST-}\"", 0, "tcp://e:2376\n")
                .says("test -c", 1, "");
        Doctor.Report report = new Doctor(machine, FrontEnd.PLAIN).report();

        assertThat(report.common()).extracting(Check::state).containsOnly(State.OK);
        assertThat(report.common()).noneMatch(check -> check.what().contains("QEMU"));
        assertThat(report.host().directory()).extracting(Check::state).containsExactly(State.WARNING);
    }

    @Test
    void aNameIsResolvedOnlyOnRequest() {
        Machine machine = new Machine();
        assertThat(new Doctor(machine, FrontEnd.PLAIN).report("a.example.net").common())
                .anySatisfy(check -> assertThat(check.found()).startsWith("a.example.net is resolved"));
        assertThat(machine.input).contains("RUN getent hosts a.example.net");

        machine.says("docker buildx build --builder=mine --no-cache", 1, "");
        assertThat(new Doctor(machine, FrontEnd.PLAIN).report("a.example.net").common())
                .anySatisfy(check -> assertThat(check.fix()).contains("\"dns\" in daemon.json"));

        machine.says("docker image inspect", 1, "");
        assertThat(new Doctor(machine, FrontEnd.PLAIN).report("a.example.net").common())
                .anySatisfy(check -> assertThat(check.found()).startsWith("not tried"));
        assertThat(new Doctor(new Machine(), FrontEnd.PLAIN).report().common())
                .noneMatch(check -> check.what().equals("DNS of a RUN"));
    }

    private static Check fetching(Machine machine) {
        return new Doctor(machine, FrontEnd.PLAIN)
                .report().common().stream()
                        .filter(check -> check.what().contains("URL"))
                        .findFirst()
                        .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void theClusterIsAskedForWhatABuilderNeeds(Map<String, Probe.Answer> answers, List<String> checks) {
        Machine machine = new Machine();
        answers.forEach((command, answer) -> machine.says(command, answer.exitCode(), answer.output()));

        assertThat(new Doctor(machine, FrontEnd.PLAIN).cluster("ci"))
                .extracting(check -> check.state() + " " + check.what() + ": " + check.found())
                .containsExactlyElementsOf(checks);
        assertThat(machine.asked)
                .noneMatch(asked -> asked.contains("create ")
                        && !asked.contains("dry-run=server")
                        && !asked.contains("auth can-i create "));
    }

    private static Stream<Arguments> clusters() {
        String kubectl = "kubectl --namespace=ci ";
        String create = kubectl + "create --dry-run=server";
        String pod = create + " --validate=false --output=name --filename=- <apiVersion: v1\nkind: Pod\n";
        String refused = "Error from server (Forbidden): error when creating \"STDIN\": pods \"x\" is forbidden: ";
        String taken = "OK namespace ci: takes a deployment with a privileged pod";
        String quota = "OK quota: allows the builder's pod";
        String rights = "OK rights: all that builds need";
        String reaped = "OK what killed builds left: is found in the cluster";
        return Stream.of(
                Arguments.of(Map.of(), List.of(taken, quota, rights, reaped)),
                Arguments.of(
                        Map.of(
                                pod,
                                new Probe.Answer(
                                        1,
                                        refused
                                                + "exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0")),
                        List.of(
                                taken,
                                "LACKING quota: The namespace's resource quota or limits do not allow the builder's pod.",
                                rights,
                                reaped)),
                Arguments.of(
                        Map.of(
                                pod,
                                new Probe.Answer(
                                        1,
                                        refused + "failed quota: q: must specify limits.memory for: buildkitd; "
                                                + "requests.cpu for: buildkitd")),
                        List.of(
                                taken,
                                "WARNING quota: without requests and limits: The namespace's resource quota or limits do "
                                        + "not allow the builder's pod.",
                                rights,
                                reaped)),
                Arguments.of(
                        Map.of(
                                pod,
                                new Probe.Answer(
                                        1,
                                        "Error from server (Forbidden): error when creating \"STDIN\": pods is forbidden: "
                                                + "User \"u\" cannot create resource \"pods\" in API group \"\" in the "
                                                + "namespace \"ci\"")),
                        List.of(
                                taken,
                                "WARNING quota: not checked: no right to create pods, which builds do not need",
                                rights,
                                reaped)),
                Arguments.of(
                        Map.of("kubectl version --client", new Probe.Answer(127, "")),
                        List.of("WARNING kubectl: no kubectl, so the cluster cannot be asked; builds work without it")),
                Arguments.of(
                        Map.of(
                                create,
                                new Probe.Answer(
                                        0,
                                        "Warning: would violate PodSecurity \"restricted:latest\": privileged\n"
                                                + "deployment.apps/x created (server dry run)")),
                        List.of(
                                "LACKING namespace ci: its pod security does not allow the builder's privileged pod",
                                rights,
                                reaped)),
                Arguments.of(
                        Map.of(
                                create,
                                new Probe.Answer(
                                        1,
                                        "Error from server (NotFound): error when creating \"STDIN\": namespaces \"ci\" "
                                                + "not found")),
                        List.of("LACKING namespace ci: The cluster has no namespace ci.")),
                Arguments.of(
                        Map.of(
                                create,
                                new Probe.Answer(
                                        1,
                                        "Error from server (Forbidden): error when creating \"STDIN\": deployments.apps is "
                                                + "forbidden: User \"u\" cannot create resource \"deployments\" in API group "
                                                + "\"apps\" in the namespace \"ci\""),
                                kubectl + "auth can-i list deployments.apps",
                                new Probe.Answer(1, "no"),
                                kubectl + "auth can-i create deployments.apps",
                                new Probe.Answer(1, "no"),
                                kubectl + "auth can-i create pods --subresource=exec",
                                new Probe.Answer(1, "no")),
                        List.of(
                                "LACKING namespace ci: The identity that builds may not manage deployments.apps in that "
                                        + "namespace of the cluster.",
                                "LACKING rights: no right to create deployments.apps, create pods/exec",
                                "WARNING what killed builds left: is not found: no right to list deployments")));
    }
}
