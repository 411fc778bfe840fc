package io.jenkins.plugins.cvmfs.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.CvmfsAccess;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What auto comes to, on a machine that has everything and on one that lacks something. */
class AccessChoiceTest {
    private static final String DEVICES = "[{\"ID\":\"cern.ch/cvmfs=all\"}]";
    private static final String WITH_DEVICE = "FROM a\nRUN --device=cern.ch/cvmfs=all,required make\n";

    /** A machine that must not be asked. */
    private static final Probe NOT_ASKED = (input, command) -> {
        throw new AssertionError("asked " + String.join(" ", command));
    };

    private static Probe machine(String missing, String devices) {
        return (input, command) -> {
            String line = String.join(" ", command);
            return new Probe.Answer(
                    0, line.contains("shift") ? missing : line.contains("DiscoveredDevices") ? devices : "");
        };
    }

    private static AccessChoice choice(ImageSpecBuilder options, String dockerfile, Probe probe) {
        return AccessChoice.of(
                Specs.valid(options.cvmfsAccess("auto")),
                Optional.ofNullable(dockerfile),
                UnaryOperator.identity(),
                probe);
    }

    private static ImageSpecBuilder setup() {
        return Specs.setup().mounts("cms.cern.ch a.example.net");
    }

    static Stream<Arguments> clients() {
        String container = "a builder in a container does not see the agent's /cvmfs";
        return Stream.of(
                Arguments.of(setup().cvmfsHttpProxy("DIRECT"), null, "cvmfsHttpProxy needs it"),
                Arguments.of(setup().cvmfsParameters(Map.of("CVMFS_TIMEOUT", "5")), null, "cvmfsParameters needs it"),
                Arguments.of(setup().cvmfsPins(List.of("cms.cern.ch=tag:a")), null, "cvmfsPins needs it"),
                Arguments.of(setup().builderDriver("docker-container"), null, container),
                Arguments.of(setup().builderDriver("kubernetes"), null, container),
                Arguments.of(
                        setup().builderName("mine"),
                        null,
                        "it is unknown whether the builder of driver existing sees the agent's /cvmfs"),
                Arguments.of(Specs.setup().mounts("all"), null, "mounts names no repository"),
                Arguments.of(Specs.setup(), null, "mounts names no repository"),
                Arguments.of(
                        Specs.dockerfile().mounts("cms.cern.ch"),
                        "FROM a\nRUN --security=insecure make\n",
                        "the Dockerfile has no RUN --device=cern.ch/cvmfs=all"),
                Arguments.of(
                        Specs.dockerfile().context("https://example.org/a.git"),
                        null,
                        "the Dockerfile has no RUN --device=cern.ch/cvmfs=all"));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void someBuildsUseTheClientWithoutInspectingTheAgent(ImageSpecBuilder options, String dockerfile, String why) {
        AccessChoice choice = choice(options, dockerfile, NOT_ASKED);
        assertThat(choice).isEqualTo(new AccessChoice(CvmfsAccess.CLIENT, why));
        assertThat(choice.line()).isEqualTo("CVMFS: access client, since " + why + ".");
    }

    @Test
    void anAgentWithAllRepositoriesIsUsed() {
        Probe machine = machine("", DEVICES);
        assertThat(choice(setup(), null, machine).line())
                .isEqualTo("CVMFS: access host, since the agent has cms.cern.ch, a.example.net mounted.");
        assertThat(choice(Specs.dockerfile().mounts("cms.cern.ch"), WITH_DEVICE, machine)
                        .access())
                .isEqualTo(CvmfsAccess.HOST);
        assertThat(choice(Specs.dockerfile(), WITH_DEVICE, machine).line())
                .isEqualTo("CVMFS: access host, since the engine knows the device cern.ch/cvmfs=all.");
    }

    @Test
    void anAgentThatLacksSomethingIsNotUsed() {
        assertThat(choice(setup(), null, machine("a.example.net\n", DEVICES)).line())
                .isEqualTo("CVMFS: access client, since the agent has no a.example.net mounted below /cvmfs.");
        assertThat(choice(setup(), null, machine("", "null")).access()).isEqualTo(CvmfsAccess.CLIENT);
        assertThat(choice(setup().strategy("commit"), null, machine("", "null")).access())
                .isEqualTo(CvmfsAccess.HOST);
    }

    @Test
    void theChoiceBecomesAnOption() {
        ImageSpec asked = Specs.valid(setup().cvmfsAccess("auto"));
        AccessChoice choice = new AccessChoice(CvmfsAccess.HOST, "it has");
        assertThat(choice.in(asked.values()).text(ClientTable.ACCESS)).isEqualTo("host");
    }
}
