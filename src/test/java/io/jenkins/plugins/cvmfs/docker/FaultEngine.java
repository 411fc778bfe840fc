package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An engine of the tests' own, which may be stopped. Its containers have no network. */
final class FaultEngine {
    private static final int PATIENCE_SECONDS = 60;

    private final Path directory;
    private final Thread atExit = new Thread(this::end);
    private Process process;

    /** Skips the tests where such an engine cannot be. */
    FaultEngine() throws Exception {
        assumeTrue(
                Ran.of(new ProcessBuilder("id", "-u")).answer().equals("0"), "an engine of the tests' own takes root");
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(part -> Files.isExecutable(Path.of(part, "dockerd"))),
                "there is no dockerd on the PATH");
        // Short, since sockets lie below it.
        directory = Files.createTempDirectory(Path.of(System.getenv("TESTS_DIR")), "e");
        Files.writeString(directory.resolve("daemon.json"), """
                {"builder": {"Entitlements": {"security-insecure": true}}, "bridge": "none", "iptables": false, "ip6tables": false, "ip-forward": false,
                 "data-root": "%1$s/data", "exec-root": "%1$s/run", "pidfile": "%1$s/pid", "hosts": ["unix://%1$s/socket"]}
                """.formatted(directory));
        Runtime.getRuntime().addShutdownHook(atExit);
        start();
    }

    /** The variables by which docker finds it. */
    Map<String, String> environment() {
        return Map.of("DOCKER_HOST", "unix://" + directory + "/socket");
    }

    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder("dockerd", "--config-file=" + directory + "/daemon.json")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
        ProcessBuilder version = new ProcessBuilder("docker", "version");
        version.environment().putAll(environment());
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                !Ran.of(version).ok();
                Thread.sleep(100)) {
            assumeTrue(process.isAlive() && System.nanoTime() < end, "an engine of the tests' own does not start here");
        }
    }

    /** Gives it an image that the other tests' engine has, if that has it. */
    void copy(String image) throws IOException, InterruptedException {
        Ran.of(new ProcessBuilder(
                "sh",
                "-c",
                "docker image inspect \"$1\" && docker save \"$1\" | DOCKER_HOST=$2 docker load",
                "x",
                image,
                environment().get("DOCKER_HOST")));
    }

    /** Ends it as an administrator does; its containers end with it. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("the engine stops")
                .isTrue();
    }

    /** Where the tests themselves are stopped. */
    private void end() {
        process.destroy();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() throws IOException, InterruptedException {
        stop();
        Runtime.getRuntime().removeShutdownHook(atExit);
        // A network name space of containers with the machine's network stays mounted, and the root of a RUN that the
        // engine did not end.
        List<String> mounted = Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" ")[1])
                .filter(place -> place.startsWith(directory + "/"))
                .sorted(Comparator.reverseOrder())
                .toList();
        for (String place : mounted) {
            Ran.of(new ProcessBuilder("umount", "--lazy", place));
        }
        Ran.of(new ProcessBuilder("rm", "-rf", "--one-file-system", directory.toString()))
                .answer();
    }
}
