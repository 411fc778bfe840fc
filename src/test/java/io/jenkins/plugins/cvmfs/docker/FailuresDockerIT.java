package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The failures that people meet most, by both strategies on a real engine: the last lines of the log help. */
@ExtendWith(RealEngine.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FailuresDockerIT {
    /**
     * A failure. PLAIN and SECRET in its texts stand for registries of the tests.
     *
     * @param run a shell command of the image's RUN or setup script
     * @param base what it is FROM, or null for the base image of the tests
     * @param options what else is given
     * @param said what the log must have, in this order
     */
    private record Failure(String name, String run, String base, List<String> options, List<String> said) {
        @Override
        public String toString() {
            return name;
        }

        Failure says(String... texts) {
            return new Failure(name, run, base, options, List.of(texts));
        }
    }

    private static Failure command(String name, String run) {
        return new Failure(name, run, null, List.of("--tag=local/a:1"), List.of());
    }

    private static Failure given(String name, String... options) {
        return new Failure(name, "true", null, List.of(options), List.of());
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                        command("exit code", "echo before; exit 3")
                                .says("failed with exit code 3.", "before", "Fix: Correct what its own output shows."),
                        command("command not found", "no-such-command")
                                .says("failed with exit code 127.", "no-such-command: ", "not found", "Fix: "),
                        command("not executable", "/etc/passwd")
                                .says("failed with exit code 126.", "cannot be executed", "Permission denied", "Fix: "),
                        command("killed", "sh -c 'kill -9 $$'; exit $?")
                                .says("failed with exit code 137.", "memory", "Fix: "),
                        command(
                                        "docker's words and exit code",
                                        "echo 'docker: Error response from daemon: manifest unknown.' >&2; exit 125")
                                .says("failed with exit code 125.", "manifest unknown", "Fix: Correct what its own"),
                        new Failure("no base image", "true", "PLAIN/none:1", List.of("--tag=local/a:1"), List.of())
                                .says("Why: The image PLAIN/none:1 is in no registry that the build reaches.", "Fix: "),
                        given("no login", "--push", "--tag=SECRET/a:1")
                                .says(
                                        "Why: SECRET refuses access with the build's login.",
                                        "Fix: Give credentials of a user with the right to use SECRET/a"),
                        given("no server", "--push", "--tag=127.0.0.1:1/a:1")
                                .says("Why: Nothing listens at 127.0.0.1:1.", "Fix: "),
                        given("no such host", "--push", "--tag=nowhere.invalid/a:1")
                                .says("Why: The name nowhere.invalid could not be resolved.", "Fix: "),
                        given("smoke test", "--smoke-test=echo seen; exit 4", "--tag=local/a:1")
                                .says("The smoke test failed with exit code 4.", "seen", "Fix: "))
                .flatMap(failure -> Stream.of("commit", "docker").map(strategy -> Arguments.of(strategy, failure)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("failures")
    void theCauseIsReported(String strategy, Failure failure, Rig rig) throws Exception {
        Files.writeString(
                rig.config().resolve("config.json"),
                "{\"cliPluginsExtraDirs\": [\"" + System.getenv("ENGINE_PLUGINS") + "\"]}");
        String base = failure.base() == null ? Rig.baseImage() : actual(failure.base());
        List<String> arguments = new ArrayList<>();
        if (strategy.equals("commit")) {
            arguments.addAll(List.of("--strategy=commit", "--base-image=" + base, "--mounts=none"));
            arguments.add("--setup=#!/bin/bash\n" + failure.run() + "\n");
        } else {
            rig.write("Dockerfile", "FROM " + base + "\n# " + rig.id() + "\nRUN " + failure.run() + "\n");
            arguments.addAll(List.of("--builder-driver=docker", "--no-insecure"));
        }
        failure.options().forEach(option -> arguments.add(actual(option)));

        // What is built is said first.
        assertThat(failed(rig, arguments).lines().skip(1).collect(Collectors.joining("\n")))
                .containsSubsequence(
                        failure.said().stream().map(FailuresDockerIT::actual).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "docker"})
    void aRepositoryThatCannotBeMountedIsNamed(String strategy, Rig rig) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--base-image=" + Rig.baseImage(),
                "--mounts=" + Cvmfs.UNREACHABLE,
                "--setup=#!/bin/bash\ntrue\n",
                "--tag=local/a:1"));
        if (strategy.equals("commit")) {
            arguments.add("--strategy=commit");
        } else {
            assumeTrue(rig.canHave("docker/dockerfile:1"), "docker/dockerfile:1 is in no registry that is reached");
            arguments.add("--builder-driver=docker");
        }

        assertThat(failed(rig, arguments))
                .containsSubsequence(
                        "Mounting CVMFS for the setup script failed.",
                        "Why: ",
                        "CVMFS is not mounted: " + Cvmfs.UNREACHABLE,
                        Cvmfs.UNREACHABLE_MESSAGE,
                        "Fix: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--builder-driver=auto",
                "--builder-driver=docker",
                "--builder-driver=docker-container",
                "--strategy=commit --setup=true"
            })
    void aMissingEngineIsReported(String how, Rig rig) throws Exception {
        rig.write("Dockerfile", "FROM scratch\n");
        List<String> arguments = new ArrayList<>(List.of("build", "--tag=local/a:1"));
        arguments.addAll(List.of(how.split(" ")));
        ProcessBuilder cli = rig.cli(arguments.toArray(String[]::new));
        cli.environment().put("DOCKER_HOST", "unix:///nonexistent/docker.sock");

        assertThat(failed(cli))
                .containsSubsequence("Why: No docker engine answers", "/nonexistent/docker.sock", "Fix: ");
    }

    @Test
    void anUnwritableStateDirectoryIsNoFailure(Rig rig) throws Exception {
        rig.set("HOME", "/proc/nonexistent");
        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\n");
        Ran ran = Ran.of(rig.cli("build", "--builder-driver=docker", "--tag=" + rig.local("a:1")));
        assertThat(ran.exitCode()).as(ran.err()).isZero();
    }

    private static String failed(Rig rig, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("build"));
        command.addAll(arguments);
        return failed(rig.cli(command.toArray(String[]::new)));
    }

    private static String failed(ProcessBuilder cli) throws Exception {
        Ran ran = Ran.of(cli);
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
        return ran.err();
    }

    private static String actual(String text) {
        return text.replace("SECRET", Registry.secret().address())
                .replace("PLAIN", Registry.plain().address());
    }
}
