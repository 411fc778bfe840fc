package io.jenkins.plugins.cvmfs.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of docker, buildx, BuildKit and CVMFS as they were measured, and the answer to each. */
class DiagnosisTest {
    private static final ImageSpec BUILDX = Specs.valid(Specs.dockerfile());
    private static final ImageSpec COMMIT = Specs.valid(Specs.commit());

    /**
     * A row.
     *
     * @param output what was written
     * @param why what the answer's reason has
     * @param fix what the answer's fix has
     */
    record Row(String situation, String output, String why, String fix) {
        @Override
        public String toString() {
            return situation;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                row(
                        "no --allow",
                        "ERROR: failed to build: failed to solve: failed to load LLB: security.insecure is not allowed",
                        "asks for security.insecure, which this build was not allowed",
                        "Set insecure to true"),
                row(
                        "builder without the flag",
                        "ERROR: failed to build: failed to solve: granting entitlement security.insecure is not allowed by build daemon configuration",
                        "does not grant the entitlement security.insecure",
                        "--allow-insecure-entitlement=security.insecure"),
                row(
                        "the engine's own builder grants no more",
                        "ERROR: failed to build: failed to solve: granting entitlement security.insecure is not allowed by build daemon configuration\n"
                                + "The engine's own builder was chosen before, but now: the engine's own builder does not grant security.insecure. "
                                + "The next build chooses anew.",
                        "has changed: the engine's own builder does not grant security.insecure.",
                        "Build again"),
                row(
                        "frontend of 20.10",
                        "dockerfile parse error line 5: Unknown flag: security",
                        "frontend is too old",
                        "# syntax=docker/dockerfile:1"),
                row("frontend of 26", "unknown flag: security", "frontend is too old", "# syntax=docker/dockerfile:1"),
                row(
                        "frontend of 28.5",
                        "unknown flag: --security",
                        "frontend is too old",
                        "# syntax=docker/dockerfile:1"),
                row(
                        "frontend 1.19",
                        "dockerfile parse error on line 6: unknown flag: --security",
                        "frontend is too old",
                        "1.20 or later"),
                row(
                        "mount in a plain RUN",
                        "fuse: device not found, try 'modprobe fuse' first",
                        "no /dev/fuse",
                        "RUN --security=insecure"),
                row(
                        "image only in the engine",
                        "ERROR: failed to solve: docker.io/rig/debian:bookworm: not found",
                        "The image rig/debian:bookworm is in no registry",
                        "driver docker, which sees the engine's images"),
                row(
                        "image in no registry",
                        "ERROR: failed to solve: localhost:5000/a/b:1: failed to resolve source metadata for "
                                + "localhost:5000/a/b:1: localhost:5000/a/b:1: not found",
                        "The image localhost:5000/a/b:1 is in no registry",
                        "Push the image"),
                row(
                        "frontend cannot be pulled",
                        "ERROR: failed to build: failed to solve: failed to resolve source metadata for docker.io/docker/dockerfile:1: dial tcp: no route",
                        "frontend docker.io/docker/dockerfile:1",
                        "mirror"),
                row(
                        "a proxy that is not there",
                        "CVMFS is not mounted: a.b (the client says: failed to download repository manifest (6 - proxy connection problem); it asked http://s/cvmfs/a.b by way of http://p:3128)",
                        "does not get through its proxy: a.b (the client says: failed",
                        "CVMFS_HTTP_PROXY"),
                row(
                        "a proxy without address",
                        "CVMFS is not mounted: a.b (the client says: failed to resolve IP addresses for p (4 - unknown host name); failed to download repository manifest (6 - x))",
                        "does not get through its proxy",
                        "DIRECT"),
                row(
                        "a repository that no server has",
                        "CVMFS is not mounted: a.b (the client says: failed to download repository manifest (9 - host returned HTTP error))",
                        "there is no such repository, or has trouble: a.b",
                        "Check the repository's name"),
                row(
                        "a domain that the base image does not know",
                        "CVMFS is not mounted: a.b (the client says: no public key loaded; failed to download repository manifest (2 - malformed URL))",
                        "has no server or no key for a repository: a.b",
                        "CVMFS_SERVER_URL"),
                row(
                        "a server that is not there",
                        "CVMFS is not mounted: a.b (the client says: failed to download repository manifest (7 - host connection problem))",
                        "asked for and are not mounted: a.b (the client says: failed",
                        "reaches the proxy and the servers"),
                row(
                        "a state that is not there",
                        "CVMFS is not mounted: a.b (the client says: failed to fetch file catalog at a.b:/ (0123) (hash: 0123, error 9 [host returned HTTP error]))",
                        "The repository has no such state: a.b",
                        "to which it is pinned"),
                row(
                        "a tag that is not there",
                        "CVMFS is not mounted: a.b (the client says: No history (22 - history init failure))",
                        "The repository has no such state",
                        "tag, date or root hash"),
                row(
                        "another key",
                        "CVMFS is not mounted: a.b (the client says: whitelist verification failed (6): invalid whitelist signature)",
                        "does not trust what a server gave it: a.b",
                        "/etc/cvmfs/keys"),
                row(
                        "no FUSE in the container",
                        "CVMFS is not mounted: a.b (the client says: Fuse not loaded)",
                        "no /dev/fuse",
                        "RUN --security=insecure"),
                row(
                        "too few open files in the container, cut off by the client",
                        "CVMFS is not mounted: a.b (the client says: Failed to set maximum number of open files, insufficien)",
                        "limit on open files is too low",
                        "CVMFS_NFILES"),
                row(
                        "two nodes on one engine",
                        "ERROR: invalid duplicate endpoint unix:///var/run/docker.sock",
                        "on the same engine, unix:///var/run/docker.sock",
                        "an endpoint of its own"),
                row(
                        "privileged refused",
                        "runc create failed: unable to start container process: unable to apply caps: operation not permitted",
                        "cannot start a privileged container",
                        "docker 26 or later"),
                row("bad buildkitd flag", "ERROR: exit code 137", "BuildKit does not start", "buildkitd flags"),
                row(
                        "bad buildkitd flag, told by the engine",
                        "ERROR: Error response from daemon: Container 36a1 is restarting, wait until the container is running",
                        "BuildKit does not start",
                        "docker buildx rm"),
                row(
                        "no buildkitd at the endpoint",
                        "#1 ERROR: context deadline exceeded\n------\n > [internal] waiting for connection:\n------\nERROR: context deadline exceeded",
                        "does not accept the certificates",
                        "set servername"),
                row(
                        "builder exists",
                        "ERROR: existing instance for \"same\" but no append mode, specify the node name to make changes for existing instances",
                        "There is a builder same already",
                        "docker buildx rm same"),
                row(
                        "builder gone",
                        "ERROR: failed to remove same: no builder \"same\" found",
                        "no builder same",
                        "--name same"),
                row(
                        "builder by name",
                        "ERROR: no builder \"mine\" found",
                        "no builder mine",
                        "docker buildx create --name mine"),
                row(
                        "builder removed during a build",
                        "ERROR: failed to receive status: rpc error: code = Unavailable desc = closing transport due to: connection error: \"graceful_stop\"",
                        "builder went away",
                        "Build again"),
                row(
                        "buildkitd killed during a build",
                        "ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF",
                        "builder went away",
                        "memory"),
                row(
                        "no buildx plugin",
                        "docker: unknown command: docker buildx\n\nRun 'docker --help'",
                        "no buildx plugin",
                        "docker-buildx"),
                row(
                        "no buildx plugin, with --builder",
                        "unknown flag: --builder\nSee 'docker --help'.",
                        "no buildx plugin",
                        "strategy commit"),
                row(
                        "load with provenance",
                        "ERROR: docker exporter does not currently support exporting manifest lists",
                        "cannot load an image with attestations",
                        "provenance and sbom to false"),
                row(
                        "provenance with the docker driver",
                        "ERROR: Attestation is not supported for the docker driver.\nSwitch to a different driver",
                        "makes no attestations",
                        "driver docker-container"),
                row(
                        "push without login",
                        "failed to push example.org/a:1: unexpected status from HEAD request to https://example.org/v2/: 401 Unauthorized",
                        "refuses the build's credentials",
                        "docker login"),
                row(
                        "a registry in trouble",
                        "ERROR: failed to build: failed to solve: failed to push example.org/a:1: unexpected status from HEAD request to "
                                + "https://example.org/v2/a: 500 Internal Server Error",
                        "answers 500 Internal Server Error",
                        "registry's log"),
                row(
                        "a registry in trouble, the engine pushes",
                        "ERROR: failed to build: received unexpected HTTP status: 503 Service Unavailable",
                        "answers 503 Service Unavailable",
                        "registry's log"),
                row(
                        "a registry in trouble, commit",
                        "x: Waiting\nreceived unexpected HTTP status: 500 Internal Server Error\n",
                        "answers 500 Internal Server Error",
                        "registry's log"),
                row(
                        "a silent registry",
                        "Get \"https://example.org/v2/\": net/http: request canceled (Client.Timeout exceeded while awaiting headers)",
                        "https://example.org does not answer in time",
                        "firewall"),
                row(
                        "a silent registry, engine's own builder",
                        "ERROR: failed to build: Get \"http://127.0.0.1:5000/v2/\": context deadline exceeded",
                        "http://127.0.0.1:5000 does not answer in time",
                        "firewall"),
                row(
                        "inspect without login",
                        "pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials",
                        "wants a login",
                        "credentials"),
                row(
                        "registry on loopback",
                        "dial tcp 127.0.0.1:5000: connect: connection refused",
                        "Nothing answers at 127.0.0.1:5000",
                        "network=host"),
                row(
                        "run without SYS_ADMIN",
                        "fusermount3: mount failed: Operation not permitted",
                        "may not mount",
                        "not rootless"),
                row(
                        "run without --device",
                        "fuse: device not found, try 'modprobe fuse' first",
                        "no /dev/fuse",
                        "/dev/fuse"),
                row(
                        "file limit",
                        "Failed to set maximum number of open files, insufficient permissions",
                        "limit on open files",
                        "CVMFS_NFILES"),
                row(
                        "mounts missing",
                        "#8 0.2 CVMFS is not mounted: a.b (the client says: no such host )\n#8 0.2 Usual",
                        "not mounted: a.b (the client says: no such host ).",
                        "CVMFS_HTTP_PROXY"),
                row(
                        "another setup script",
                        "The setup script that was fetched has the sha256 " + "1".repeat(64) + ", not "
                                + "2".repeat(64),
                        "not the one whose sha256 was given",
                        "set setupSha256 to " + "1".repeat(64)),
                row("no docker", "/tmp/x/build.sh: 40: docker: not found", "no docker command", "Install docker"),
                row(
                        "no docker, bash",
                        "build.sh: line 40: docker: command not found",
                        "no docker command",
                        "Install docker"),
                row(
                        "no permission",
                        "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock",
                        "may not talk to the docker engine",
                        "group docker"),
                row(
                        "no engine",
                        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
                        "No docker engine answers at unix:///var/run/docker.sock.",
                        "DOCKER_HOST"),
                row(
                        "no engine, 28",
                        "failed to connect to the docker API at unix:///var/run/docker.sock",
                        "at unix:///var/run/docker.sock",
                        "Start it"),
                row("no right to push", "denied: requested access to the resource is denied", "may not push", "rights"),
                row("plain registry", "http: server gave HTTP response to HTTPS client", "plain HTTP", "http=true"),
                row(
                        "unknown authority",
                        "tls: failed to verify certificate: x509: certificate signed by unknown authority",
                        "certificate",
                        "ca="),
                row(
                        "no name",
                        "dial tcp: lookup registry.example.org: no such host",
                        "name could not be resolved",
                        "DNS"),
                row("full disk", "write /x: no space left on device", "disk is full", "docker system df"));
    }

    private static Row row(String situation, String output, String why, String fix) {
        return new Row(situation, output, why, fix);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aKnownTextHasItsAnswer(Row row) {
        Finding finding = new Diagnosis(BUILDX).of(Phase.BUILD, 1, "#1 before\n" + row.output() + "\n#2 after\n");

        assertThat(finding.what()).isEqualTo("Building the image failed with exit code 1.");
        assertThat(finding.why()).contains(row.why()).doesNotContain("$1");
        assertThat(finding.fix()).contains(row.fix()).doesNotContain("$1");
        assertThat(finding.message())
                .isEqualTo(finding.what() + "\n  Why: " + finding.why() + "\n  Fix: " + finding.fix());
    }

    @Test
    void everySymptomHasARow() {
        List<String> texts = rows().map(Row::output).toList();

        assertThat(Symptom.KNOWN.stream()
                        .map(symptom -> symptom.text().pattern())
                        .filter(pattern -> texts.stream()
                                .noneMatch(text ->
                                        Pattern.compile(pattern).matcher(text).find())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bin/sh: 1: cmsRun: not found",
                "/tmp/a/setup: 3: /opt/x.y/tool: not found",
                "bash: line 1: cmsenv: command not found"
            })
    void aMissingCommandOfTheUsersIsNoMissingImage(String output) {
        assertThat(new Diagnosis(BUILDX).of(Phase.BUILD, 127, output).why()).isEqualTo("The output above says why.");
    }

    @ParameterizedTest
    @CsvSource({
        "BUILD, 1, Building the image, output above says why, doctor",
        "PUBLISH, 127, Pushing the image, A command is missing, Install",
        "FETCH, 127, Getting the setup script, A command is missing, Install",
        "BUILDER, 137, Making the builder, killed, memory",
        "COMMIT, 1, Making the image of the container, output above, Fix",
        "COLLECT, 129, Asking what was made, stopped by a signal, Build again",
        "BUILD, 130, Building the image, stopped by a signal, Build again",
        "BUILD, 143, Building the image, stopped by a signal, Build again",
        "BUILD, 127, Building the image, output above says why, doctor",
        ", 1, Starting the build, output above says why, doctor"
    })
    void anUnknownFailureIsTakenByPhaseAndCode(Phase phase, int code, String what, String why, String fix) {
        Finding finding = new Diagnosis(BUILDX).of(phase, code, "something else");

        assertThat(finding.what()).isEqualTo(what + " failed with exit code " + code + ".");
        assertThat(finding.why()).contains(why);
        assertThat(finding.fix()).contains(fix);
    }

    @Test
    void aFailingSetupIsTold() {
        Finding finding = new Diagnosis(COMMIT).of(Phase.BUILD, 3, "");

        assertThat(finding.what()).isEqualTo("Performing the setup script failed with exit code 3.");
        assertThat(finding.why()).contains("setup script").contains("/run.sh");
    }

    @Test
    void aLongOutputIsAnswered() {
        String output = "x".repeat(40_000) + "\n" + "a/".repeat(10_000) + "\n";

        assertThat(new Diagnosis(BUILDX).of(Phase.BUILD, 1, output).why()).contains("output above");
    }
}
