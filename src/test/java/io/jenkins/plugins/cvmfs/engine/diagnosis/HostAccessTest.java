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
    void whatIsInTheWayIsNamed(String to, int exitCode, String output, String obstacle) {
        assertThat(machine(to, exitCode, output).obstacle(List.of("a.b", "c.d"), true))
                .contains(obstacle);
    }

    @Test
    void aContainerThatDockerRunsNeedsNoDevice() {
        assertThat(machine("DiscoveredDevices", 0, "[]").obstacle(List.of("a.b"), false))
                .isEmpty();
    }
}
