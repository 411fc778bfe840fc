package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds of two controllers whose agents are one user of one machine, with one engine. */
@ExtendWith(RealEngine.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SeveralControllersDockerIT {
    private static final String[] COMMIT = {"--strategy=commit", "--base-image=" + Rig.baseImage(), "--mounts=none"};
    private static final String[] EPHEMERAL = {
        "--builder-driver=docker-container",
        "--no-builder-keep",
        "--builder-driver-opt=network=host",
        "--base-image=" + Rig.baseImageInRegistry(),
        "--mounts=none"
    };

    private final List<Process> running = new ArrayList<>();

    @BeforeEach
    void prepare(Rig rig) throws Exception {
        ContainerBuilderDockerIT.requireBuildKit(rig);
        rig.set("XDG_STATE_HOME", rig.home().resolve("state").toString());
        rig.write("setup.sh", "echo began-$((40 + 2)); sleep 600\n");
        rig.write("Dockerfile", "FROM " + Rig.baseImageInRegistry() + "\nRUN echo " + rig.id() + " >/made\n");
    }

    /** Starts a build that lasts, and waits until it runs; returns what it made. */
    private Set<String> start(Rig rig, String name, String... options) throws Exception {
        Set<String> before = rig.made();
        List<String> words = new ArrayList<>(
                List.of("build", "--push", "--setup-file=setup.sh", "--tag=" + rig.in(Registry.plain(), name + ":1")));
        words.addAll(List.of(options));
        Process process =
                rig.cli(words.toArray(String[]::new)).redirectErrorStream(true).start();
        running.add(process);
        StringBuilder output = new StringBuilder();
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        while (line != null && !line.contains("began-42")) {
            output.append(line).append('\n');
            line = lines.readLine();
        }
        assertThat(line).as(output.toString()).isNotNull();
        Set<String> made = rig.made();
        made.removeAll(before);
        assertThat(made).isNotEmpty();
        return made;
    }

    /** As the machine does that runs out of memory: script, docker and command line end without any clean-up. */
    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static ImageSpecBuilder quick(Rig rig, String name) {
        return ContainerBuilderDockerIT.image(rig, rig.in(Registry.plain(), name + ":1"))
                .insecure(false)
                .builderKeep(false)
                .push(true);
    }

    private static String reap(Rig rig) throws IOException, InterruptedException {
        return Ran.of(rig.cli("reap")).answer();
    }

    @Test
    void neitherRemovesWhatTheOtherBuildsWith(Rig rig) throws Exception {
        try {
            Set<String> container = start(rig, "one", COMMIT);
            Set<String> builder = start(rig, "two", EPHEMERAL);
            Set<String> all = new TreeSet<>(container);
            all.addAll(builder);

            TestSite beside = new TestSite(rig);
            ImageRecord record = rig.build(quick(rig, "three"), beside);
            Asserts.registriesHave(rig, record);
            assertThat(beside.output()).doesNotContain("was left by a build");
            assertThat(reap(rig)).isEqualTo("Nothing was left by builds that were killed.");
            assertThat(rig.made()).isEqualTo(all);

            kill(running.get(0));
            TestSite next = new TestSite(rig);
            rig.build(quick(rig, "four"), next);
            assertThat(next.output()).contains(" was left by a build that was killed; it is removed.");
            assertThat(rig.made()).as("what the other still builds with").isEqualTo(builder);

            kill(running.get(1));
            assertThat(reap(rig)).contains(" was left by a build that was killed; it is removed.");
            assertThat(rig.made()).isEmpty();
        } finally {
            for (Process process : running) {
                kill(process);
            }
            reap(rig);
        }
    }

    /** Nobody says that nothing is left, only because docker uses another engine now. */
    @Test
    void whatIsInAnotherEngineIsSaid(Rig rig) throws Exception {
        String engine = System.getenv("DOCKER_HOST");
        try {
            Set<String> container = start(rig, "one", COMMIT);
            kill(running.get(0));
            rig.set("DOCKER_HOST", "tcp://127.0.0.1:1");
            assertThat(reap(rig))
                    .contains("was left by a build that was killed, in ")
                    .contains(engine == null ? "without DOCKER_HOST" : "with DOCKER_HOST=" + engine);
            assertThat(Ran.of(rig.cli("reap")).exitCode()).isZero();

            rig.set("DOCKER_HOST", engine == null ? "" : engine);
            assertThat(rig.made()).isEqualTo(container);
            assertThat(reap(rig)).contains("; it is removed.");
            assertThat(rig.made()).isEmpty();
        } finally {
            rig.set("DOCKER_HOST", engine == null ? "" : engine);
            for (Process process : running) {
                kill(process);
            }
            reap(rig);
        }
    }
}
