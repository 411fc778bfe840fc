package io.jenkins.plugins.cvmfs.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Check.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DoctorTest {
    private static final String ENGINE = "docker version";
    private static final String PLUGIN = "docker buildx version";
    private static final String OWN = "docker buildx build";
    private static final String INFO = "docker info";

    /** A machine on which everything works but what a test changes. */
    private static final class Machine implements Probe {
        private final Map<String, Answer> answers = new LinkedHashMap<>();
        private final List<String> asked = new ArrayList<>();
        private String input = "";

        Machine() {
            says(ENGINE, 0, "28.5.2\n");
            says(PLUGIN, 0, "github.com/docker/buildx v0.29.1 abc\n");
            says("docker context show", 0, "mine\n");
            says(INFO, 0, "[name=seccomp,profile=builtin]");
        }

        Machine says(String command, int exitCode, String output) {
            answers.put(command, new Answer(exitCode, output));
            return this;
        }

        @Override
        public Answer run(String given, String... command) {
            String line = String.join(" ", command);
            asked.add(line);
            input += given;
            return answers.entrySet().stream()
                    .filter(answer -> line.startsWith(answer.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(new Answer(0, ""));
        }
    }

    @Test
    void aMachineThatHasEverything() {
        Machine machine = new Machine();
        Doctor.Report report = new Doctor(machine).report();

        assertThat(report.common()).extracting(Check::state).containsOnly(State.OK);
        assertThat(report.buildx()).hasSize(3).extracting(Check::state).containsOnly(State.OK);
        assertThat(report.commit()).extracting(Check::state).containsOnly(State.OK);
        assertThat(report.buildxWorks()).isTrue();
        assertThat(report.commitWorks()).isTrue();
        assertThat(machine.asked)
                .anyMatch(
                        command -> command.contains("--builder=mine") && command.contains("--allow=security.insecure"));
        assertThat(machine.input).contains("RUN --security=insecure");
    }

    @Test
    void nothingIsMadeOrPulled() {
        Machine machine = new Machine();
        new Doctor(machine).report();

        assertThat(machine.asked)
                .noneMatch(command -> command.matches(".*\\b(create|pull|push|run|rm|rmi|use|install)\\b.*"));
    }

    static Stream<Arguments> lacks() {
        return Stream.of(
                row(ENGINE, 127, "", "docker engine", State.LACKING, "install docker", false, false),
                row(
                        ENGINE,
                        1,
                        "x\npermission denied while trying",
                        "docker engine",
                        State.LACKING,
                        "group docker",
                        false,
                        false),
                row(ENGINE, 1, "Cannot connect", "docker engine", State.LACKING, "start the engine", false, false),
                row("test -c /dev/fuse", 1, "", "/dev/fuse", State.WARNING, "modprobe fuse", true, true),
                row(PLUGIN, 1, "unknown command", "buildx", State.LACKING, "docker-buildx", false, true),
                row(PLUGIN, 0, "buildx v0.10.5", "buildx", State.WARNING, "newer", true, true),
                row(
                        OWN,
                        1,
                        "dockerfile parse error: unknown flag: --security",
                        "driver docker: the engine's own builder",
                        State.WARNING,
                        "# syntax=",
                        true,
                        true),
                row(
                        OWN,
                        1,
                        "Unknown flag: security",
                        "driver docker: the engine's own builder",
                        State.WARNING,
                        "# syntax=",
                        true,
                        true),
                row(
                        OWN,
                        1,
                        "granting entitlement x is not allowed by build daemon configuration",
                        "driver docker: the engine's own builder",
                        State.LACKING,
                        "daemon.json",
                        true,
                        true),
                row(
                        OWN,
                        1,
                        "else\nlast line",
                        "driver docker: the engine's own builder",
                        State.LACKING,
                        "docker-container",
                        true,
                        true),
                row(
                        ENGINE,
                        0,
                        "20.10.24+dfsg1",
                        "driver docker-container: a builder of its own",
                        State.WARNING,
                        "docker 26",
                        true,
                        true),
                row(
                        INFO,
                        0,
                        "[name=rootless]",
                        "containers that may mount",
                        State.LACKING,
                        "runs as root",
                        true,
                        false));
    }

    private static Arguments row(
            String command,
            int code,
            String output,
            String what,
            State state,
            String fix,
            boolean buildx,
            boolean commit) {
        return Arguments.of(command, code, output, what, state, fix, buildx, commit);
    }

    @ParameterizedTest
    @MethodSource("lacks")
    void whatIsLackingHasAFix(
            String command,
            int code,
            String output,
            String what,
            State state,
            String fix,
            boolean buildx,
            boolean commit) {
        Doctor.Report report = new Doctor(new Machine().says(command, code, output)).report();

        Check check = Stream.of(report.common(), report.buildx(), report.commit())
                .flatMap(List::stream)
                .filter(found -> found.what().equals(what))
                .findFirst()
                .orElseThrow();
        assertThat(check.state()).isEqualTo(state);
        assertThat(check.fix()).contains(fix);
        assertThat(check.found()).doesNotContain("\n");
        assertThat(report.buildxWorks()).isEqualTo(buildx);
        assertThat(report.commitWorks()).isEqualTo(commit);
    }

    @Test
    void scriptsAreFetchedByWgetOrNotAtAll() {
        Machine machine = new Machine().says("curl", 127, "");
        assertThat(fetching(machine)).extracting(Check::state, Check::found).containsExactly(State.OK, "wget");

        machine.says("wget", 127, "");
        assertThat(fetching(machine).state()).isEqualTo(State.WARNING);
    }

    private static Check fetching(Machine machine) {
        return new Doctor(machine)
                .report().common().stream()
                        .filter(check -> check.what().contains("URL"))
                        .findFirst()
                        .orElseThrow();
    }
}
