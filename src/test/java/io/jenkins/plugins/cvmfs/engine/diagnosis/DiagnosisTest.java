package io.jenkins.plugins.cvmfs.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding;
import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding.Severity;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.record.ContainerState;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an answer fits the build at hand: its strategy, driver, options, front end and phase. */
class DiagnosisTest {
    private static final String CA = "tls: failed to verify certificate: x509: certificate signed by unknown authority";
    private static final String PUSH = "ERROR: failed to build: failed to solve: failed to push r.example.net/a:1: "
            + "failed to do request: Head \"https://r.example.net/v2/a\": ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docker | /etc/docker/certs.d/r.example.net/ca.crt on the engine's machine",
                "commit | /etc/docker/certs.d/r.example.net/ca.crt on the engine's machine",
                "buildx | Set buildkitdConfig to a buildkitd.toml that has [registry.\"r.example.net\"] with ca=",
                "kubernetes | Set buildkitdConfig to a buildkitd.toml",
                "remote | to the remote buildkitd.toml and restart buildkitd",
                "existing | With the engine's own builder",
                "auto | With the engine's own builder"
            })
    void theFixIsForTheDriverAtHand(String strategy, String fix) {
        Finding finding = strategy.equals("commit")
                ? finding("publish", 1, strategy, "Get \"https://r.example.net/v2/\": " + CA)
                : finding("build", 1, strategy, PUSH + CA);

        assertThat(finding.cause()).isEqualTo("certificate-unknown");
        assertThat(finding.fix()).contains(fix);
    }

    @Test
    void theFixIsNotWhatTheUserHasDone() {
        ImageSpecBuilder spec =
                Specs.dockerfile().builderDriver("docker-container").buildkitdConfig("[registry.\"r.example.net\"]\n");
        Finding finding = Diagnosis.of(
                new Evidence(
                        Specs.valid(spec), Phase.BUILD, 1, PUSH + CA, Driver.DOCKER_CONTAINER, FailureRow.NO_REVIEW),
                FrontEnd.PLAIN);
        assertThat(finding.fix())
                .contains("to the buildkitd.toml that buildkitdConfig gives")
                .doesNotContain("Set ");

        String proxy = "CVMFS is not mounted: a.b (the client says: (6 - proxy connection problem))";
        Finding given = Diagnosis.of(
                new Evidence(
                        Specs.valid(Specs.commit().cvmfsHttpProxy("http://p:3128")),
                        Phase.BUILD,
                        1,
                        proxy,
                        null,
                        FailureRow.NO_REVIEW),
                FrontEnd.PLAIN);
        assertThat(given.fix()).startsWith("Check that the proxy in cvmfsHttpProxy runs");
        assertThat(finding("build", 1, "commit", proxy).fix()).contains("name another one with cvmfsHttpProxy");

        String fuse = "#8 0.2 CVMFS is not mounted: a.b (the client says: Fuse not loaded)";
        Finding secure = Diagnosis.of(
                new Evidence(
                        Specs.valid(Specs.dockerfile().insecure(false)),
                        Phase.BUILD,
                        1,
                        fuse,
                        Driver.DOCKER,
                        FailureRow.NO_REVIEW),
                FrontEnd.PLAIN);
        assertThat(secure.fix()).startsWith("Set insecure to true");
        assertThat(finding("build", 1, "docker", fuse).fix()).startsWith("Mount in a RUN --security=insecure");
    }

    @Test
    void optionsAreSpelledAsTheFrontEndDoes() {
        FailureRow row =
                row("build", 1, "commit", "CVMFS is not mounted: a.b (the client says: CVMFS_HTTP_PROXY required)");

        assertThat(row.finding(new FrontEnd(OptionTable::onCommandLine, Map.of()))
                        .fix())
                .startsWith("Set --cvmfs-http-proxy, for example");
        assertThat(row.finding(new FrontEnd(OptionTable::inPipeline, Map.of())).fix())
                .startsWith("Set cvmfs: [httpProxy: ...], for example");
    }

    @Test
    void theLoginIsNamed() {
        Finding finding = row("build", 1, "buildx", PUSH + "insufficient_scope: authorization failed")
                .finding(new FrontEnd(UnaryOperator.identity(), Map.of("r.example.net", "credentials 'robot'")));

        assertThat(finding.why()).startsWith("r.example.net refuses the push of r.example.net/a:1");
        assertThat(finding.fix()).contains("that credentials 'robot' may push to it");
    }

    @Test
    void aRefusedLoginIsNotAskedForAgain() {
        FrontEnd jenkins = new FrontEnd(UnaryOperator.identity(), Map.of("r.example.net", "the credentials 'robot'"));
        FailureRow refused = row("build", 1, "buildx", PUSH + "401 Unauthorized");

        assertThat(refused.finding(jenkins).message())
                .contains("r.example.net refuses access with the credentials 'robot'.")
                .contains("Fix: Check the user and the password in the credentials 'robot'")
                .contains("that this user may use r.example.net/a:1.")
                .doesNotContain("system configuration");
        assertThat(refused.finding(FrontEnd.PLAIN).message())
                .contains("refuses access with the build's login")
                .contains("In Jenkins, add r.example.net to the registries");
    }

    @Test
    void aPushOfTheEngineNamesWhatItPushes() {
        Finding finding = finding(
                "publish",
                1,
                "commit",
                "The push refers to repository [r.example.net/group/a]\ndenied: requested access to the resource is denied");

        assertThat(finding.why()).startsWith("r.example.net refuses the push of r.example.net/group/a:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "setup | 0 | The setup script failed with exit code 3.",
                "commit | 3 | The setup script failed with exit code 3."
            })
    void aSetupScriptFailsWithItsCodeAndItsLine(String strategy, int exitCode, String what) {
        boolean commit = strategy.equals("commit");
        String line = (commit ? "/tmp/cvmfs-derived-image.x9" : "/run/cvmfs-derived-image")
                + "/setup: line 7: cmsRun: command not found";
        String failed =
                "process \"/bin/bash /run/cvmfs-derived-image/derive\" did not complete successfully: exit code: 3\n";
        String output = commit
                ? "so far\n" + line
                : "#8 0.1 so far\n#8 0.2 " + line + "\n#8 ERROR: " + failed
                        + "------\n > [cvmfs-derived-image 1/1] RUN --security=insecure x:\n0.1 so far\n------\n"
                        + "Dockerfile:12\n--------------------\n  12 | >>> RUN x\n--------------------\nERROR: failed to solve: "
                        + failed;
        Finding finding = finding("build", commit ? exitCode : 1, strategy, output);

        assertThat(finding.what()).isEqualTo(what);
        assertThat(finding.why())
                .isEqualTo("The command ended with that code. The shell names line 7 of the script. Its last lines:\n"
                        + "    so far\n    " + line);
        assertThat(finding.message()).doesNotContain("Dockerfile");
    }

    @Test
    void findingsAboutAFailedRunAreRepeated() {
        Review review = new Review(
                "docker/Dockerfile",
                List.of(
                        new DockerfileFinding(
                                "mount-lost", Severity.WARNING, 4, 5, "CVMFS is gone in this RUN", "mount it here"),
                        new DockerfileFinding("other", Severity.WARNING, 7, 7, "something else", "nothing")));
        String failed = "process \"/bin/sh -c a\" did not complete successfully: exit code: 2\n";
        String output = "#5 0.1 x\n#5 ERROR: " + failed + "Dockerfile:4\n--------------------\n   4 | >>> RUN a\n"
                + "--------------------\nERROR: failed to solve: " + failed;

        Finding finding = Diagnosis.of(
                new Evidence(Specs.valid(Specs.dockerfile()), Phase.BUILD, 1, output, Driver.DOCKER, review),
                FrontEnd.PLAIN);

        assertThat(finding.what()).startsWith("The RUN at docker/Dockerfile:4 failed with exit code 2.");
        assertThat(finding.why())
                .endsWith(
                        "    x\n  Found in it before the build: CVMFS is gone in this RUN. Fix: mount it here [mount-lost]");
    }

    @Test
    void mountingForASetupScriptIsNotTheScript() {
        Finding finding = finding(
                "build",
                1,
                "commit",
                "CVMFS is not mounted: a.b (the client says: CVMFS_RELOAD_SOCKETS required)\nUsual causes: x");

        assertThat(finding.what()).isEqualTo("Mounting CVMFS for the setup script failed.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR: failed to build: failed to solve: process \"/bin/sh -c make\" did not complete successfully: exit code: 2",
                "ERROR: failed to solve: process \"/bin/sh -c make\" did not complete successfully: exit code: 2",
                "error: failed to solve: process \"/bin/sh -c make\" did not complete successfully: exit code: 2",
                "failed to solve with frontend dockerfile.v0: failed to build LLB: executor failed running [/bin/sh -c make]: exit code: 2",
                "ERROR: failed to solve: rpc error: code = Unknown desc = executor failed running [/bin/sh -c make]: exit code: 2",
                "The command '/bin/sh -c make' returned a non-zero code: 2"
            })
    void everyVersionsSpellingOfAFailedRun(String last) {
        Finding finding = finding("build", 1, "buildx", "#9 0.1 making\n" + last);

        assertThat(finding.what()).isEqualTo("A RUN of the Dockerfile failed with exit code 2.\n  Command: make");
        assertThat(finding.why()).endsWith("Its last lines:\n    making");
    }

    @Test
    void aCommandWithLineBreaksIsSkipped() {
        Finding finding = finding(
                "build",
                1,
                "buildx",
                "error: failed to solve: executor failed running [/bin/sh -c echo\nx509: certificate signed by unknown authority\n"
                        + "ERROR: 401 Unauthorized]: exit code: 4");

        assertThat(finding.what()).startsWith("A RUN of the Dockerfile failed with exit code 4.");
        assertThat(finding.cause()).isEqualTo("failed");
    }

    @Test
    void oldersBlocksRepeatTheirLinesWithNumbers() {
        Finding finding = finding(
                "build",
                1,
                "buildx",
                "------\n > [2/2] RUN make:\n#5 0.267 x509: certificate signed by unknown authority\n------\n"
                        + "executor failed running [/bin/sh -c make]: exit code: 2");

        assertThat(finding.why()).endsWith("Its last lines:\n    x509: certificate signed by unknown authority");
    }

    @Test
    void theLastErrorCountsUnlessItIsWeak() {
        String gone = "ERROR: no builder \"x\" found\n";
        assertThat(finding("build", 1, "buildx", PUSH + CA + "\n" + PUSH + "401 Unauthorized")
                        .cause())
                .isEqualTo("login-needed");
        assertThat(finding("builder", 1, "buildx", "ERROR: mkdir /.docker: permission denied\n" + gone)
                        .cause())
                .isEqualTo("config-not-writable");
        assertThat(finding("builder", 1, "buildx", gone).cause()).isEqualTo("no-builder");
    }

    @Test
    void anErrorAfterAFailedRunCounts() {
        String failed = "process \"/bin/sh -c a\" did not complete successfully: exit code: 2\n";
        String away =
                "ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF";

        assertThat(finding("build", 1, "buildx", "#5 ERROR: " + failed + away).cause())
                .isEqualTo("builder-removed-during-build");
        assertThat(finding(
                                "build",
                                1,
                                "buildx",
                                "#5 0.1 x\n#5 ERROR: " + failed + "ERROR: failed to solve: Canceled: context canceled")
                        .cause())
                .isEqualTo("failed");
    }

    @Test
    void ofTwoStepsThatFailedAtOnceTheLinesAreThoseOfOne() {
        String failed = "process \"/bin/sh -c b\" did not complete successfully: exit code: 2\n";
        Finding finding = finding(
                "build",
                1,
                "buildx",
                "#5 0.1 of five\n#6 0.1 of six\n#6 ERROR: " + failed + "#5 CANCELED\nERROR: failed to solve: "
                        + failed);

        assertThat(finding.why()).endsWith("Its last lines:\n    of six");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "125 | docker: Error response from daemon: manifest unknown | base-missing",
                "126 | docker: permission denied while trying to connect to the docker API at unix:///x | engine-permission",
                "1 | docker: Error response from daemon: manifest unknown | failed",
                "125 | git bisect run failed | failed",
                "127 | docker: Error response from daemon: manifest unknown, said the program | base-missing"
            })
    void dockersOwnExitCodesShowWhoseOutputItIs(int exitCode, String line, String cause) {
        assertThat(finding("build", exitCode, "commit", "so far\n" + line).cause())
                .isEqualTo(cause);
    }

    /** An exit code may be docker's or the command's; the engine knows whether the container ran. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "125 | exited  | false | docker: Error response from daemon: manifest unknown | failed",
                "127 | exited  | false | docker: command not found | not-found",
                "126 | exited  | false | docker: permission denied while trying to connect to the docker API | not-executable",
                "125 | created | false | docker: Error response from daemon: manifest unknown | base-missing",
                "1   | created | false | docker: Error response from daemon: manifest unknown | base-missing",
                "125 | running | false | docker: Error response from daemon: manifest unknown | base-missing",
                "137 | exited  | false | so far | killed",
                "137 | exited  | true  | so far | killed-for-memory",
                "3   | exited  | true  | so far | failed"
            })
    void theEnginesStateShowsWhetherTheContainerRan(
            int exitCode, String status, boolean memory, String line, String cause) {
        String state = "{\"Status\":\"" + status + "\",\"OOMKilled\":" + memory + ",\"ExitCode\":" + exitCode + "}";
        Evidence evidence = new Evidence(
                Specs.valid(Specs.commit()),
                Phase.BUILD,
                exitCode,
                "so far\n" + line,
                null,
                FailureRow.NO_REVIEW,
                ContainerState.of(state),
                false);

        assertThat(Diagnosis.of(evidence, FrontEnd.PLAIN).cause()).isEqualTo(cause);
    }

    /** What docker writes when it is stopped afterwards is not the cause, and nothing says that memory is. */
    @ParameterizedTest
    @CsvSource({"1, canceled", "137, machine-killed"})
    void whatThePluginSaysAfterDockerWasKilledIsNoCause(int exitCode, String cause) {
        Finding finding = finding(
                "build", exitCode, "buildx", "ERROR: failed to build: failed to solve: Canceled: context canceled");

        assertThat(finding.cause()).isEqualTo(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "buildx, 137, Building the image failed with exit code 137.",
        "commit, 137, Running the setup script failed with exit code 137.",
        "buildx, 139, Building the image failed with exit code 139."
    })
    void aKilledScriptIsNotExplainedByWhatDockerWroteAfterwards(String strategy, int exitCode, String what) {
        Evidence evidence = new Evidence(
                Specs.valid(strategy.equals("commit") ? Specs.commit() : Specs.dockerfile()),
                Phase.BUILD,
                exitCode,
                "#5 0.1 Cannot allocate memory\nERROR: failed to build: failed to solve: Canceled: context canceled",
                null,
                FailureRow.NO_REVIEW,
                ContainerState.UNKNOWN,
                true);
        Finding finding = Diagnosis.of(evidence, FrontEnd.PLAIN);

        assertThat(finding.cause()).isEqualTo("script-killed");
        assertThat(finding.what()).isEqualTo(what);
        assertThat(finding.why()).contains("not known").doesNotContain("memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"Status\":7}", "{\"Status\":{}}", "{\"Status\":\"dead\"}"})
    void anAnswerThatIsNotAStateIsIgnored(String answer) {
        assertThat(ContainerState.of(answer)).isEqualTo(ContainerState.UNKNOWN);
    }

    @Test
    void dockersWordsInTheMiddleBelongToTheScript() {
        Finding finding =
                finding("build", 127, "commit", "docker: Error response from daemon: manifest unknown\nxyz: not found");

        assertThat(finding.cause()).isEqualTo("not-found");
        assertThat(finding.what()).isEqualTo("The setup script failed with exit code 127.");
    }

    @ParameterizedTest
    @CsvSource({
        "FETCH, commit, Fetching the setup script",
        "BUILDER, buildx, Creating the builder",
        "BUILD, buildx, Building the image",
        "COMMIT, commit, Committing the container as an image",
        "PUBLISH, commit, Pushing the image",
        "COLLECT, commit, Collecting the build metadata",
        ", commit, Starting the build"
    })
    void anUnknownFailureNamesItsPhase(Phase phase, String strategy, String what) {
        Finding finding = Diagnosis.of(
                new Evidence(
                        Specs.valid(strategy.equals("commit") ? Specs.commit() : Specs.dockerfile()),
                        phase,
                        1,
                        "something else",
                        null,
                        FailureRow.NO_REVIEW),
                FrontEnd.PLAIN);

        assertThat(finding.what()).isEqualTo(what + " failed with exit code 1.");
        assertThat(finding.why()).isEqualTo("The reason is in the output above.");
        assertThat(finding.message())
                .isEqualTo(finding.what() + "\n  Why: " + finding.why() + "\n  Fix: " + finding.fix());
    }

    @Test
    void nothingThatSteersATerminalIsRepeated() {
        Finding finding =
                finding("build", 3, "commit", "\u001b[31mred\u001b[0m\u0007\u001b]0;title\u0007 \u009b2J\rERROR: x");

        assertThat(finding.why()).endsWith("    red]0;title 2JERROR: x");
    }

    @Test
    void insertedTextIsNotExpandedAgain() {
        Finding finding = finding("build", 1, "buildx", "ERROR: no builder \"{insecure} $ref {@ca} \" found");

        assertThat(finding.why()).isEqualTo("There is no builder {insecure} $ref {@ca}.");
    }

    @Test
    void everyPlaceholderIsKnown() {
        List<String> texts = Catalogue.CAUSES.stream()
                .flatMap(cause -> cause.fixes().stream().map(Cause.Fix::text))
                .toList();

        Set<String> options = OptionTable.all().stream().map(Option::name).collect(Collectors.toSet());
        assertThat(texts)
                .allSatisfy(text -> Pattern.compile("\\{(@?)([\\w-]+)}")
                        .matcher(text)
                        .results()
                        .forEach(result -> assertThat(result.group(1).isEmpty() ? options : Catalogue.ADVICE.keySet())
                                .as(text)
                                .contains(result.group(2))));
        assertThat(Catalogue.CAUSES).allSatisfy(cause -> {
            assertThat(cause.why()).as(cause.id()).endsWith(".");
            assertThat(cause.fixes()).as(cause.id()).isNotEmpty();
            assertThat(cause.fixes().get(cause.fixes().size() - 1).when())
                    .as(cause.id())
                    .isEmpty();
        });
    }

    private static FailureRow row(String phase, int exitCode, String strategy, String output) {
        return new FailureRow(phase, exitCode, strategy, "", "", output);
    }

    private static Finding finding(String phase, int exitCode, String strategy, String output) {
        return row(phase, exitCode, strategy, output).finding();
    }
}
