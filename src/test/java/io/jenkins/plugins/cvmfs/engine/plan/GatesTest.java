package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.Gate;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an option needs of buildx and BuildKit; the notes buildx and buildkit of the stub say what there is. */
@ParameterizedClass
@MethodSource("shells")
class GatesTest {
    private static final String ENGINE = """
            case "$1 $2" in
                'buildx version') [ ! -e "$stub/buildx" ] || cat "$stub/buildx" ;;
                'version --format={{.Server.Version}}') [ ! -e "$stub/engine" ] || cat "$stub/engine" ;;
                'buildx inspect') [ ! -e "$stub/buildkit" ] || cat "$stub/buildkit" ;;
                'buildx build')
                    for word do
                        case $word in --iidfile=*) echo sha256:0 >"${word#*=}" ;; esac
                    done
                    ;;
            esac
            """;

    @Parameter
    private List<String> shell;

    private StubMachine machine;
    private Path notes;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        notes = root.resolve("notes");
        machine = new StubMachine(root, shell).docker(ENGINE);
    }

    private void buildx(String version) throws Exception {
        Files.writeString(notes.resolve("buildx"), "github.com/docker/buildx " + version + " 28f1ab2\n");
    }

    private void buildkit(String line) throws Exception {
        Files.writeString(
                notes.resolve("buildkit"), "Name:   default\nDriver: docker\n\nNodes:\n" + line + "\nPlatforms: x\n");
    }

    private StubMachine.Ended build(UnaryOperator<ImageSpecBuilder> options) throws Exception {
        return machine.run(
                BuildPlan.of(Specs.valid(options.apply(Specs.dockerfile().builderName("own"))), "id"));
    }

    /** The volume of a builder in a cluster is an option of buildx, not of ours. */
    @ParameterizedTest
    @CsvSource({"v0.34.0, true", "v0.33.1, false"})
    void aVolumeForTheCacheIsRefusedIfBuildxDoesNotSupportIt(String version, boolean allowed) throws Exception {
        buildx(version);

        StubMachine.Ended ended = build(in -> in.builderDriver("kubernetes")
                .push(true)
                .builderDriverOpts(Map.of("persistent-volume-claim.requests.storage", "20Gi")));

        assertThat(ended.exitCode() == 0).as(ended.output()).isEqualTo(allowed);
        assertThat(ended.output()
                        .contains("ERROR: builderDriverOpts needs buildx 0.34 or later, and this is buildx 0.33.1;"))
                .isEqualTo(!allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "v0.35.0, true",
        "0.35, true",
        "v0.36.0-rc1, true",
        "v1.0.0, true",
        "v0.100.0-desktop.1, true",
        "v0.34.9, false",
        "v0.29.1+debian, false",
        "v0.4, false",
    })
    void buildxIsOldOrNewEnough(String version, boolean enough) throws Exception {
        buildx(version);
        StubMachine.Ended ended = build(in -> in.resources(Map.of("memory", "2g")));

        if (enough) {
            assertThat(ended).isEqualTo(new StubMachine.Ended(0, ""));
        } else {
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output())
                    .startsWith("ERROR: resources needs buildx 0.35 or later, and this is buildx "
                            + version.replaceAll("^v|\\+.*", ""))
                    .contains("driver options");
            assertThat(machine.called()).containsExactly("buildx version");
        }
    }

    @Test
    void versionsAreQueriedOnceAndAgainOnlyToRefuse() throws Exception {
        buildx("v0.29.1");
        assertThat(build(in -> in.annotations(List.of("a=b"))).exitCode()).isZero();
        assertThat(machine.called()).containsExactly("buildx version", "buildx build", "image inspect");
        assertThat(build(in -> in.annotations(List.of("a=b"))).exitCode()).isZero();
        assertThat(machine.called()).containsExactly("buildx build", "image inspect");

        assertThat(build(in -> in.resources(Map.of("memory", "2g"))).exitCode()).isEqualTo(1);
        assertThat(machine.called()).containsExactly("buildx version");
        buildx("v0.36.1");
        buildkit("BuildKit version:     v0.32.2");
        assertThat(build(in -> in.resources(Map.of("memory", "2g"))).exitCode()).isZero();
        assertThat(machine.called())
                .containsExactly("buildx version", "buildx inspect", "buildx build", "image inspect");
        assertThat(build(in -> in.resources(Map.of("memory", "2g"))).exitCode()).isZero();
        assertThat(machine.called()).containsExactly("buildx build", "image inspect");
    }

    @ParameterizedTest
    @CsvSource({
        "BuildKit version: v0.31.0, true",
        "BuildKit version:     v0.25.2, false",
        "Buildkit:  v0.12.5, false",
        "BuildKit version: v0.0.0+unknown, true",
        "Status: inactive, true",
    })
    void anExistingBuilderIsOldOrNewEnough(String line, boolean enough) throws Exception {
        buildx("v0.36.1");
        buildkit(line);
        StubMachine.Ended ended = build(in -> in.resources(Map.of("memory", "2g")));

        assertThat(ended.exitCode()).isEqualTo(enough ? 0 : 1);
        if (!enough) {
            assertThat(ended.output())
                    .startsWith("ERROR: resources needs BuildKit 0.31 or later, and this is BuildKit ");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aBuildkitdThatRunsElsewhereIsAskedOnce(boolean keep, boolean enough) throws Exception {
        buildx("v0.36.1");
        buildkit("BuildKit version: " + (enough ? "v0.31.0" : "v0.30.1"));
        UnaryOperator<ImageSpecBuilder> remote = in -> in.builderName(null)
                .builderDriver("remote")
                .builderEndpoint("tcp://buildkitd.example.org:1234")
                .builderKeep(keep)
                .resources(Map.of("memory", "2g"));
        StubMachine.Ended ended = build(remote);

        List<String> called = machine.called();
        assertThat(ended.exitCode()).isEqualTo(enough ? 0 : 1);
        assertThat(called).startsWith("buildx version", "buildx create", "buildx inspect");
        if (enough) {
            assertThat(build(remote).exitCode()).isZero();
            assertThat(machine.called()).contains("buildx build").doesNotContain("buildx version", "buildx inspect");
        } else {
            assertThat(ended.output())
                    .contains("ERROR: resources needs BuildKit 0.31 or later, and this is BuildKit 0.30.1");
            assertThat(called.contains("buildx rm")).isEqualTo(!keep);
        }
    }

    /** Of several, the first is asked before its builder is there, and the next once the first is lost. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void eachOfSeveralBuildkitdsIsAsked(boolean keep, boolean enough) throws Exception {
        buildx("v0.36.1");
        machine.docker("""
                case "$1 $2" in
                    'buildx version') cat "$stub/buildx" ;;
                    'buildx create') for last do :; done; echo "$last" >"$stub/at" ;;
                    'buildx inspect')
                        read -r at <"$stub/at"
                        if [ ! -e "$stub/lost" ]; then
                            printf '%s\\n' 'Status: running' 'BuildKit version: v0.31.0'
                        elif [ "$at" != "$(cat "$stub/lost")" ]; then
                            printf '%s\\n' 'Status: running' 'BuildKit version: NEXT'
                        fi
                        ;;
                    'buildx build')
                        [ -e "$stub/lost" ] || { cp "$stub/at" "$stub/lost"; exit 1; }
                        ;;
                esac
                """.replace("NEXT", enough ? "v0.32.0" : "v0.30.1"));
        StubMachine.Ended ended = build(in -> in.builderName(null)
                .builderDriver("remote")
                .builderEndpoint("tcp://a.example.org:1234 tcp://b.example.org:1234")
                .builderKeep(keep)
                .push(true)
                .resources(Map.of("memory", "2g")));

        assertThat(ended.output()).contains("the image is built by the next one");
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(enough ? 0 : 1);
        assertThat(ended.output()
                        .contains("ERROR: resources needs BuildKit 0.31 or later, and this is BuildKit 0.30.1;"))
                .isEqualTo(!enough);
        assertThat(machine.called().stream().filter("buildx build"::equals)).hasSize(enough ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource({"28.5.2+dfsg4, true", "28.0.0, true", "27.5.1, false", "20.10.24, false"})
    void theEngineIsOldOrNewEnough(String version, boolean enough) throws Exception {
        Files.writeString(notes.resolve("engine"), version + "\n");
        buildkit("BuildKit version: v0.20.0");
        StubMachine.Ended ended =
                build(in -> in.builderName(null).cvmfsAccess("host").mounts("cms.cern.ch"));

        assertThat(ended.exitCode()).isEqualTo(enough ? 0 : 1);
        if (!enough) {
            assertThat(ended.output()).contains("ERROR: cvmfsAccess needs engine 28.0 or later, and this is engine ");
        }
    }

    /** Another docker command, such as that of a Docker installation, has another buildx. */
    @Test
    void anotherDockerCommandIsQueriedAgain() throws Exception {
        buildx("v0.29.1");
        assertThat(build(in -> in.annotations(List.of("a=b"))).exitCode()).isZero();
        assertThat(machine.called()).contains("buildx version");
        machine.elsewhere("docker");
        assertThat(build(in -> in.annotations(List.of("a=b"))).exitCode()).isZero();
        assertThat(machine.called()).contains("buildx version");
    }

    @Test
    void aBuilderThatIsCreatedIsNotQueried() throws Exception {
        buildx("v0.36.1");
        assertThat(build(in -> in.builderName(null)
                                .builderDriver("docker-container")
                                .resources(Map.of("memory", "2g")))
                        .exitCode())
                .isZero();
        assertThat(machine.called())
                .containsExactly("buildx version", "buildx create", "buildx inspect", "buildx build", "image inspect");
    }

    @Test
    void dockerDecidesIfNoVersionIsKnown() throws Exception {
        buildx("from-a-branch");
        assertThat(build(in -> in.resources(Map.of("memory", "2g")))).isEqualTo(new StubMachine.Ended(0, ""));
    }

    /** A distribution may build BuildKit without its number. */
    @Test
    void aBuilderWithoutAVersionIsQueriedOnce() throws Exception {
        buildx("v0.36.1");
        buildkit("BuildKit version: v0.0.0+unknown");
        assertThat(build(in -> in.resources(Map.of("memory", "2g"))).exitCode()).isZero();
        assertThat(machine.called()).contains("buildx inspect");
        assertThat(build(in -> in.resources(Map.of("memory", "2g"))).exitCode()).isZero();
        assertThat(machine.called()).containsExactly("buildx build", "image inspect");
    }

    @Test
    void aDefaultBuildAsksNothing() throws Exception {
        assertThat(build(in -> in.push(true)).exitCode()).isZero();
        assertThat(machine.called()).containsExactly("buildx build");
        assertThat(build(in -> in.provenance("false").sbom("false")).exitCode()).isZero();
        assertThat(machine.called()).containsExactly("buildx build", "image inspect");
    }

    @Test
    void everyRequirementHasAnAlternative() {
        List<Gate> gates = OptionTable.all().stream()
                .flatMap(option -> option.gates().stream())
                .toList();

        assertThat(gates).isNotEmpty().allSatisfy(gate -> {
            boolean asked = gate.needs().keySet().stream()
                    .anyMatch(part -> part != Gate.Part.FRONTEND && part != Gate.Part.DRIVER);
            assertThat(gate.instead().isBlank()).as(gate.toString()).isNotEqualTo(asked);
            assertThat(gate.instead()).doesNotEndWith(".");
            gate.needs()
                    .forEach((part, needed) -> assertThat(needed)
                            .matches(
                                    switch (part) {
                                        case BUILDX, BUILDKIT -> "0\\.[0-9]+";
                                        case ENGINE -> "[0-9]+\\.[0-9]+";
                                        case FRONTEND -> "1\\.[0-9]+";
                                        case DRIVER -> "other than docker, or an engine .+";
                                    }));
        });
    }
}
