package io.jenkins.plugins.cvmfs.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAccessTest {
    private final List<String> asked = new ArrayList<>();

    /** A machine that has everything, but gives one answer otherwise. */
    private HostAccess machine(String to, int exitCode, String output) {
        return new HostAccess(
                (input, command) -> {
                    String line = String.join(" ", command);
                    asked.add(line);
                    if (!to.isEmpty() && line.contains(to)) {
                        return new Probe.Answer(exitCode, output);
                    }
                    return new Probe.Answer(
                            0, line.contains("DiscoveredDevices") ? "[{\"ID\":\"cern.ch/cvmfs=all\"}]" : "");
                },
                "/sw/cvmfs");
    }

    @Test
    void aMachineThatHasEverything() {
        assertThat(machine("", 0, "").obstacle(List.of("cms.cern.ch", "a.example.net"), true))
                .isEmpty();
        assertThat(asked).anyMatch(line -> line.endsWith(" /sw/cvmfs cms.cern.ch a.example.net"));
    }

    @ParameterizedTest
    @CsvSource({
        "DOCKER_HOST, 0, tcp://e:2376, the engine is on another machine",
        "shift, 0, 'a.b\nc.d\n', 'the agent has no a.b, c.d mounted below /sw/cvmfs'",
        "shift, 0, 'sh: \u001b[31mawk: not found', reading /sw/cvmfs on the agent failed",
        "shift, 143, '', reading /sw/cvmfs on the agent failed",
        "mountinfo, 1, '', 'mounts are private on the agent, so they do not reach containers'",
        "DiscoveredDevices, 0, '[]', the engine does not know the CDI device cern.ch/cvmfs=all",
        "DiscoveredDevices, 1, 'template: cannot', the engine does not know the CDI device cern.ch/cvmfs=all",
    })
    void obstaclesAreNamed(String to, int exitCode, String output, String obstacle) {
        assertThat(machine(to, exitCode, output).obstacle(List.of("a.b", "c.d"), true))
                .contains(obstacle);
    }

    @Test
    void aContainerThatDockerRunsNeedsNoDevice() {
        assertThat(machine("DiscoveredDevices", 0, "[]").obstacle(List.of("a.b"), false))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "none, 0, '', OK, both strategies can read /sw/cvmfs of this machine (cms.cern.ch)",
        "docker version, 1, 'Cannot connect', LACKING, no build can read it; docker engine: ",
        "DOCKER_HOST, 0, tcp://e:2376, WARNING, 'only strategy commit can read it; /sw/cvmfs of this machine: the "
                + "engine is on another machine'",
        "/proc/mounts, 0, '', LACKING, no build can read it; /sw/cvmfs of this machine: nothing is mounted there",
        "mountinfo, 1, '', LACKING, 'no build can read it; mounts that appear in /sw/cvmfs later: do not reach "
                + "containers'",
        "DiscoveredDevices, 0, '[]', WARNING, only strategy commit can read it; CDI device cern.ch/cvmfs=all: the "
                + "engine does not know it",
    })
    void anAgentIsSummarizedInOneLine(String to, int exitCode, String output, Check.State state, String found) {
        Probe probe = (input, command) -> {
            String line = String.join(" ", command);
            if (line.contains(to)) {
                return new Probe.Answer(exitCode, output);
            } else if (line.contains("DiscoveredDevices")) {
                return new Probe.Answer(0, "[{\"ID\":\"cern.ch/cvmfs=all\"}]");
            } else if (line.contains("CDISpecDirs")) {
                return new Probe.Answer(0, "[\"/etc/cdi\"]");
            } else if (line.contains("/proc/mounts")) {
                return new Probe.Answer(0, "/sw/cvmfs autofs\n/sw/cvmfs/cms.cern.ch fuse\n");
            } else if (line.contains("DOCKER_TLS_VERIFY")) {
                return new Probe.Answer(1, "");
            }
            return new Probe.Answer(0, line.contains("version") ? "28.5.2 1.51 1.51" : "");
        };

        Check summary =
                new Doctor(probe, FrontEnd.PLAIN, "/sw/cvmfs").hostReport().hostSummary("agent-1");

        assertThat(summary.what()).isEqualTo("agent-1");
        assertThat(summary.state()).isEqualTo(state);
        assertThat(summary.found()).startsWith(found);
        assertThat(summary.fix().isEmpty()).isEqualTo(state == Check.State.OK);
    }
}
