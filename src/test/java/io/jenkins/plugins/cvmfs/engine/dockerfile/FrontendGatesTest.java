package io.jenkins.plugins.cvmfs.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.Gate;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontendGatesTest {
    private static void read(String first, ImageSpecBuilder options) throws InvalidSpecException {
        DockerfileText.read(
                Specs.valid(options), WorkspaceFiles.UNCHECKED, path -> Optional.of(first + "\nFROM scratch\n"));
    }

    private static ImageSpecBuilder contexts() {
        return Specs.dockerfile().buildContexts(Map.of("more", "dir"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# syntax=docker/dockerfile:1.3",
                "# syntax=docker/dockerfile:1.3.1-labs",
                "# syntax = docker.io/docker/dockerfile:1.0",
            })
    void anOlderFrontendThanOptionsNeedIsRefused(String line) {
        assertThatThrownBy(() -> read(line, contexts()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("Invalid buildContexts")
                .hasMessageContaining("it needs the Dockerfile frontend 1.4 or later, and the Dockerfile names 1.")
                .hasMessageContaining("# syntax=docker/dockerfile:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# syntax=docker/dockerfile:1.4",
                "# syntax=docker/dockerfile:1.10",
                "# syntax=docker/dockerfile:1",
                "# syntax=docker/dockerfile",
                "# syntax=example.org/frontend:1.0",
                "# no directive",
            })
    void dockerChecksTheOthers(String line) {
        assertThatCode(() -> read(line, contexts())).doesNotThrowAnyException();
    }

    @Test
    void theBuildArgumentTakesPrecedence() {
        assertThatThrownBy(() -> read(
                        "# syntax=docker/dockerfile:1",
                        contexts().buildArgs(Map.of("BUILDKIT_SYNTAX", "docker/dockerfile:1.2"))))
                .hasMessageContaining("names 1.2");
        assertThatCode(() -> read("# syntax=docker/dockerfile:1.0", Specs.dockerfile()))
                .as("nothing needs more")
                .doesNotThrowAnyException();
    }

    @Test
    void rulesOfTheTable() {
        assertThat(OptionTable.all().stream()
                        .filter(option -> option.gates().stream()
                                .anyMatch(gate -> gate.needs().containsKey(Gate.Part.FRONTEND)))
                        .map(Option::name))
                .containsExactlyInAnyOrderElementsOf(List.of("buildContexts", "secrets", "ssh", "call"));
    }
}
