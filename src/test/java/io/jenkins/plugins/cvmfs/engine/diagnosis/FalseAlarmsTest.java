package io.jenkins.plugins.cvmfs.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users' programs write is theirs, however much it sounds like docker's, the builder's or the client's words. */
class FalseAlarmsTest {
    private static final String RUN_FAILED =
            "process \"/bin/sh -c ./configure\" did not complete successfully: exit code: 1\n";

    static List<String> lines() throws IOException {
        try (InputStream in = FalseAlarmsTest.class.getResourceAsStream("false-alarms.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void thereAreMany() throws IOException {
        assertThat(lines()).hasSizeGreaterThan(180).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aRunThatFailedIsOne(String line) {
        String output = "#0 building with \"default\" instance using docker driver\n"
                + "#9 [2/3] RUN ./configure\n#9 0.210 checking\n#9 1.5 " + line + "\n#9 ERROR: " + RUN_FAILED
                + "------\n > [2/3] RUN ./configure:\n0.210 checking\n1.5 " + line + "\n------\nDockerfile:4\n"
                + "--------------------\n   3 |     FROM a\n   4 | >>> RUN ./configure\n   5 |     RUN true\n"
                + "--------------------\nERROR: failed to build: failed to solve: " + RUN_FAILED;

        Finding finding = row("build", 1, "buildx", output).finding();

        assertThat(finding.cause()).as(finding.message()).isIn("failed", "failed-permission");
        assertThat(finding.what())
                .isEqualTo("The RUN at Dockerfile:4 failed with exit code 1.\n  Command: ./configure");
        assertThat(finding.why()).contains("Its last lines:\n    checking\n    " + line);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aSetupScriptThatFailedIsOne(String line) {
        Finding finding = row("build", 1, "commit", "a: Pulling from b\nso far\n" + line + "\n")
                .finding();

        assertThat(finding.cause()).as(finding.message()).isIn("failed", "failed-permission");
        assertThat(finding.what()).isEqualTo("The setup script failed with exit code 1.");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aSmokeTestThatFailedIsOne(String line) {
        String output = "#5 DONE 0.1s\nSmoke test, in a container of the image:\n" + line + "\n";
        Finding finding = row("test", 2, "buildx", output).finding();

        assertThat(finding.cause()).as(finding.message()).isIn("failed", "failed-permission");
        assertThat(finding.what()).isEqualTo("The smoke test failed with exit code 2.");
    }

    /** The text of the Dockerfile is in names of steps, in the excerpt and in the error. */
    @ParameterizedTest
    @MethodSource("lines")
    void aCommandThatNamesAnErrorHasNone(String line) {
        String command = "echo " + line.replace("\\", "\\\\").replace("\"", "\\\"") + "; false";
        String failed = "process \"/bin/sh -c " + command + "\" did not complete successfully: exit code: 1\n";
        String output = "#9 [2/3] RUN echo " + line + "; false\n#9 ERROR: " + failed + "------\n > [2/3] RUN echo "
                + line + "; false:\n------\nDockerfile:2\n--------------------\n   2 | >>> RUN echo " + line
                + "; false\n--------------------\nERROR: failed to build: failed to solve: " + failed;

        Finding finding = row("build", 1, "buildx", output).finding();

        assertThat(finding.cause()).as(finding.message()).isEqualTo("failed");
        assertThat(finding.what()).startsWith("The RUN at Dockerfile:2 failed with exit code 1.");
    }

    /** An earlier step may say what it likes, too. */
    @ParameterizedTest
    @MethodSource("lines")
    void outputOfAnotherStepIsNotTheReason(String line) {
        String output = "#4 1.5 " + line + "\n#4 DONE 2.0s\n#9 0.1 last\n#9 ERROR: " + RUN_FAILED
                + "ERROR: failed to solve: " + RUN_FAILED;

        Finding finding = row("build", 1, "buildx", output).finding();

        assertThat(finding.cause()).as(finding.message()).isEqualTo("failed");
        assertThat(finding.why()).endsWith("Its last lines:\n    last");
    }

    private static FailureRow row(String phase, int exitCode, String strategy, String output) {
        return new FailureRow(phase, exitCode, strategy, "", "", output);
    }
}
