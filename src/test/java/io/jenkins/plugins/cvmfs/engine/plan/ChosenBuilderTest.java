package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which builder a build takes where that was left open. The stub's notes say what the engine is like: grants, knows,
 * down.
 */
@ParameterizedClass
@MethodSource("shells")
class ChosenBuilderTest {
    private static final String ENGINE = """
            case "$1 $2" in
                'buildx build')
                    case " $* " in
                        *' --output=type=cacheonly '*)
                            [ ! -e "$stub/down" ] || exit 1
                            case " $* " in *' --allow=security.insecure '*) [ -e "$stub/grants" ] || exit 1 ;; esac
                            while IFS= read -r line; do
                                case $line in *--security*) [ -e "$stub/knows" ] || exit 1 ;; esac
                            done
                            exit 0
                            ;;
                        *' --builder=default '*) [ -e "$stub/grants" ] || exit 1 ;;
                    esac
                    [ ! -e "$stub/broken" ] || exit 9
                    for word do
                        case $word in --iidfile=*) echo sha256:0 >"${word#*=}" ;; esac
                    done
                    ;;
            esac
            """;
    private static final String MOUNTING = "FROM base\nRUN --security=insecure make\n";

    @Parameter
    private List<String> shell;

    private StubMachine machine;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        machine = new StubMachine(root, shell).docker(ENGINE);
    }

    @Test
    void theEnginesOwnIfItGrantsWithoutAskingAgain() throws Exception {
        engine("grants");

        assertThat(built("FROM base\n"))
                .contains("Builder: driver docker, since the engine's own builder grants security.insecure.");
        assertThat(machine.called()).containsExactly("buildx build", "buildx build", "image inspect");
        assertThat(machine.left(ResultFile.DRIVER)).isEqualTo("docker\n");

        assertThat(built("FROM base\n"))
                .contains("driver docker, since the engine's own builder grants security.insecure (as found before).");
        assertThat(machine.calls())
                .satisfiesExactly(
                        build -> assertThat(build)
                                .startsWith("buildx", "build", "--builder=default")
                                .doesNotContain("--output=type=cacheonly"),
                        inspect -> assertThat(inspect).startsWith("image", "inspect"));
    }

    @Test
    void oneInAContainerWhereTheEnginesDoesNotGrant() throws Exception {
        assertThat(built("FROM base\n"))
                .contains("driver docker-container, since the engine's own builder does not grant security.insecure.");
        assertThat(machine.called())
                .containsExactly(
                        "buildx build",
                        "buildx build",
                        "buildx create",
                        "buildx inspect",
                        "buildx build",
                        "image inspect");
        assertThat(machine.left(ResultFile.DRIVER)).isEqualTo("docker-container\n");

        machine.knows(keptBuilder());
        assertThat(built("FROM base\n"))
                .contains("docker-container, since the engine's own builder does not grant security.insecure (as "
                        + "found before).");
        assertThat(machine.called()).containsExactly("buildx build", "image inspect");
    }

    @Test
    void theBuilderInAContainerIsThatOfTheDriverByName() {
        assertThat(keptBuilder()).isEqualTo(builder(Specs.dockerfile().builderDriver("docker-container")));
    }

    @ParameterizedTest
    @CsvSource({"true, docker", "false, docker-container"})
    void aDockerfileThatNamesNoFrontendNeedsAnEngineWhoseOwnIsNew(boolean knows, String driver) throws Exception {
        engine("grants");
        if (knows) {
            engine("knows");
        }

        built(MOUNTING);
        assertThat(machine.left(ResultFile.DRIVER).strip()).isEqualTo(driver);
        built("# syntax=docker/dockerfile:1\n" + MOUNTING);
        assertThat(machine.left(ResultFile.DRIVER).strip()).isEqualTo("docker");
    }

    @Test
    void anUnreadableDockerfileMayNeedTheSame() throws Exception {
        engine("grants");
        StubMachine.Ended ended = machine.run(BuildPlan.of(
                Specs.valid(Specs.dockerfile().context("https://example.org/a.git")), "id", Optional.empty()));

        assertThat(ended.output())
                .contains("docker-container, since the engine's own Dockerfile frontend does not know RUN --security");
    }

    @Test
    void aTemporaryAnswerIsNotKept() throws Exception {
        engine("down");
        assertThat(built("FROM base\n"))
                .contains("driver docker-container, since the engine's own builder does not answer.");
        assertThat(choices()).isEmpty();

        Files.delete(notes("down"));
        engine("grants");
        assertThat(built("FROM base\n")).contains("driver docker, since");
        assertThat(choices()).hasSize(1);
    }

    @Test
    void anOutdatedChoiceIsForgotten() throws Exception {
        engine("grants");
        built("FROM base\n");
        Files.delete(notes("grants"));

        StubMachine.Ended ended = machine.run(plan(Specs.dockerfile(), "FROM base\n"));
        assertThat(ended.exitCode()).as("the build's own").isEqualTo(1);
        assertThat(ended.output())
                .endsWith(
                        "The engine's own builder was chosen before, but now: the engine's own builder does not grant "
                                + "security.insecure. The next build chooses again.\n");
        assertThat(choices()).isEmpty();
        assertThat(built("FROM base\n"))
                .contains("driver docker-container, since the engine's own builder does not grant security.insecure.");
    }

    @ParameterizedTest
    @CsvSource({"broken", "down"})
    void anotherFailureForgetsNothing(String trouble) throws Exception {
        engine("grants");
        built("FROM base\n");
        engine("broken");
        if (trouble.equals("down")) {
            engine("down");
        }

        StubMachine.Ended ended = machine.run(plan(Specs.dockerfile(), "FROM base\n"));
        assertThat(ended.exitCode()).isEqualTo(9);
        assertThat(ended.output()).doesNotContain("chooses again");
        assertThat(choices()).hasSize(1);
    }

    @Test
    void aFirstBuildThatFailsAsksNothingMore() throws Exception {
        engine("grants");
        engine("broken");

        assertThat(machine.run(plan(Specs.dockerfile(), "FROM base\n")).exitCode())
                .isEqualTo(9);
        assertThat(machine.called()).containsExactly("buildx build", "buildx build");
    }

    @Test
    void anEngineThatWasStartedSinceIsAskedAgain() throws Exception {
        machine.stub("find", "echo /var/run/docker.pid");
        assumeTrue(machine.said("find").contains("docker.pid"), "skipped: this shell has a find of its own");
        built("FROM base\n");
        engine("grants");

        assertThat(built("FROM base\n"))
                .contains("driver docker, since the engine's own builder grants security.insecure.");
    }

    @ParameterizedTest
    @CsvSource({"DOCKER_HOST, tcp://other", "DOCKER_CONTEXT, other"})
    void anotherEngineIsAnotherChoice(String variable, String value) throws Exception {
        engine("grants");
        built("FROM base\n");
        machine.with(variable, value).calls();

        assertThat(built("FROM base\n")).doesNotContain("as found before");
        assertThat(choices()).hasSize(2);
    }

    @Test
    void aNamedContextIsNotQueriedAgain() throws Exception {
        Files.writeString(
                machine.instances().resolveSibling("../config.json"), "{\"auths\":{},\"currentContext\":\"mine\"}");
        engine("grants");
        machine.docker("case \"$1 $2\" in 'context show') echo mine ;; esac\n" + ENGINE);
        built("FROM base\n");
        machine.calls();

        built("FROM base\n");
        assertThat(machine.calls())
                .hasSize(2)
                .first()
                .satisfies(build -> assertThat(build).contains("--builder=mine"));
    }

    @Test
    void anIncompleteNoteIsIgnored() throws Exception {
        engine("grants");
        built("FROM base\n");
        Files.writeString(choices().get(0), "default\n");

        assertThat(built("FROM base\n")).doesNotContain("as found before");
    }

    @Test
    void theBuildSucceedsEvenIfNothingCanBeNoted() throws Exception {
        engine("grants");
        machine.with("XDG_STATE_HOME", "/dev/null/no");

        assertThat(built("FROM base\n")).contains("driver docker, since");
    }

    @Test
    void aBuildThatIsNotInsecureAsksNothing() throws Exception {
        engine("grants");
        StubMachine.Ended ended = machine.run(plan(Specs.dockerfile().insecure(false), MOUNTING));

        assertThat(ended.output()).contains("Builder: driver docker, since insecure is false.");
        assertThat(machine.called()).containsExactly("buildx build", "image inspect");
    }

    @Test
    void aSignalDuringTheQuestionEndsTheBuild() throws Exception {
        machine.docker("trap 'exit 99' TERM\ntouch \"$stub/started\"\nwhile :; do sleep 0.05; done");
        Process process = machine.start(plan(Specs.dockerfile(), "FROM base\n"));
        machine.await("started");
        assertThat(new ProcessBuilder("sh", "-c", "kill -TERM " + process.pid())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(machine.end(process).exitCode()).isEqualTo(143);
        assertThat(machine.called()).containsExactly("buildx build");
        assertThat(choices()).isEmpty();
    }

    private String built(String dockerfile) throws Exception {
        StubMachine.Ended ended = machine.run(plan(Specs.dockerfile(), dockerfile));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        machine.assertUnharmed();
        return ended.output();
    }

    private static BuildPlan plan(ImageSpecBuilder options, String dockerfile) {
        return BuildPlan.of(Specs.valid(options), "id", Optional.of(DockerfileText.of(dockerfile)));
    }

    private void engine(String state) throws IOException {
        Files.createFile(notes(state));
    }

    private Path notes(String name) {
        return machine.workspace().resolveSibling("notes").resolve(name);
    }

    private List<Path> choices() throws IOException {
        Path state =
                machine.workspace().resolveSibling(".local").resolve("state").resolve("cvmfs-derived-image");
        if (!Files.exists(state)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(state)) {
            return files.filter(file -> file.getFileName().toString().startsWith("chosen-"))
                    .toList();
        }
    }

    private static String keptBuilder() {
        return builder(Specs.dockerfile());
    }

    private static String builder(ImageSpecBuilder options) {
        return plan(options, "")
                .script()
                .lines()
                .filter(line -> line.startsWith("builder="))
                .findFirst()
                .orElseThrow()
                .substring("builder=".length());
    }
}
