package io.jenkins.plugins.cvmfs;

import io.jenkins.plugins.cvmfs.durable.DurableExecution;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.cvmfs.harness.LoneAgent;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Builds that outlive Jenkins, their agent's connection, and their neighbours' end. */
class DurableTest {
    private static final String AGENT = "durable";
    private static final String PASSWORD = "a-password-of-a-registry";
    private static final int PATIENCE_SECONDS = 60;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private ScriptedDocker docker;

    @BeforeEach
    void block() throws Exception {
        docker = new ScriptedDocker(directory);
        docker.be("block");
    }

    @AfterEach
    void release() throws Exception {
        DurableTaskStep.USE_WATCHING = false;
        docker.release();
    }

    /** The step sh has two ways to get the output: it asks for it, or the agent sends it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRestart(boolean watching) throws Throwable {
        DurableTaskStep.USE_WATCHING = watching;
        sessions.then(jenkins -> {
            WorkflowRun run = begin(jenkins, step("credentialsId: 'login', tags: ['reg.example.org/a:1']"));
            jenkins.waitForMessage("making it in", run);
            String login = Base64.getEncoder().encodeToString(("me:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            assertThat(saved(run)).contains("DurableExecution").doesNotContain(PASSWORD).doesNotContain(login);
            assertThat(docker.configs()).contains(login);
        });
        docker.release();
        sessions.then(jenkins -> {
            WorkflowRun run = last(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("it is " + ScriptedDocker.digest(), run);
            assertThat(run.getAction(DerivedImageAction.class).getImages()).hasSize(1);
            assertThat(Setting.artifact(run, "record.json")).contains(ScriptedDocker.digest());
            assertThat(builds()).isEqualTo(1);
            assertNothingLeft();
        });
    }

    @Test
    void aRestartDuringSeveralImages() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = begin(
                    jenkins,
                    "def images = cvmfsDerivedImage(push: true, pushTogether: true, images: [[name: 'a', tags: 'a:1'], "
                            + "[name: 'b', tags: 'b:1']])\necho \"it is ${images[1].digest}\"\n");
            jenkins.waitForMessage("making it in", run);
        });
        docker.release();
        sessions.then(jenkins -> {
            WorkflowRun run = last(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("it is " + ScriptedDocker.digest(), run);
            assertThat(run.getAction(DerivedImageAction.class).getImages())
                    .extracting(image -> image.images().get(0).tag())
                    .containsExactly("a:1", "b:1");
            assertNothingLeft();
        });
    }

    @Test
    void aStopAfterARestart() throws Throwable {
        sessions.then(jenkins -> begin(jenkins, step("tags: ['a:1']")));
        sessions.then(jenkins -> {
            WorkflowRun run = last(jenkins);
            jenkins.waitForMessage("Ready to run", run);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Stopping the build; it removes what it created.", run);
            assertThat(builds()).isEqualTo(1);
            assertNothingLeft();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLostAgent(boolean watching) throws Throwable {
        DurableTaskStep.USE_WATCHING = watching;
        sessions.then(jenkins -> {
            WorkflowRun run = begin(jenkins, step("tags: ['a:1']"));
            LoneAgent.kill(jenkins, AGENT);
            docker.release();
            LoneAgent.restart(jenkins, AGENT);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("it is " + ScriptedDocker.digest(), run);
            assertThat(builds()).isEqualTo(1);
            assertNothingLeft();
        });
    }

    @Test
    void aStopWhileTheAgentIsOfflineEndsTheStepAndLaterTheBuild() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = begin(jenkins, step("tags: ['a:1']"));
            LoneAgent.kill(jenkins, AGENT);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Cannot clean up on " + AGENT + " now", run);
            LoneAgent.restart(jenkins, AGENT);
            assertNothingLeft();
        });
    }

    @Test
    void aBuildIsCleanedUpEvenIfItsAgentReturnsOnlyAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = begin(jenkins, step("tags: ['a:1']"));
            LoneAgent.kill(jenkins, AGENT);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertThat(left(directory.resolve("agent"))).isNotEmpty();
        });
        sessions.then(jenkins -> {
            LoneAgent.restart(jenkins, AGENT);
            assertNothingLeft();
        });
    }

    @Test
    void aNeighbourInTheSameWorkspaceLivesOn() throws Throwable {
        sessions.then(jenkins -> {
            Path go = directory.resolve("go");
            WorkflowRun run = begin(
                    jenkins,
                    "parallel(stopped: { catchError(buildResult: 'SUCCESS') { timeout(time: 5, unit: 'SECONDS') { " + step("tags: ['a:1']") + "} } },\n"
                            + "  builds: { " + step("tags: ['b:2']") + "},\n"
                            + "  shell: { sh 'until [ -e " + go + " ]; do sleep 0.2; done; echo it lived' })");
            jenkins.waitForMessage("Stopping the build", run);
            jenkins.waitForMessage("Timeout has been exceeded", run);
            docker.release();
            Files.createFile(go);
            jenkins.waitForCompletion(run);
            jenkins.assertLogContains("it lived", run);
            jenkins.assertLogContains("it is " + ScriptedDocker.digest(), run);
            assertThat(run.getAction(DerivedImageAction.class).getImages()).hasSize(1);
            assertNothingLeft();
        });
    }

    @Test
    void aBranchThatFailsStopsTheOthers() throws Throwable {
        sessions.then(jenkins -> {
            Path go = directory.resolve("go");
            WorkflowRun run = begin(
                    jenkins,
                    "parallel(failFast: true, builds: { " + step("tags: ['a:1']") + "},\n"
                            + "  fails: { waitUntil(initialRecurrencePeriod: 250) { fileExists '" + go + "' }\n error 'on purpose' })");
            Files.createFile(go);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Stopping the build", run);
            assertNothingLeft();
        });
    }

    private static String step(String options) {
        return "def image = cvmfsDerivedImage(" + options + ", push: true)\necho \"it is ${image.digest}\"\n";
    }

    /** Begins a run and waits until its build is held. */
    private WorkflowRun begin(JenkinsRule jenkins, String steps) throws Exception {
        LoneAgent.create(jenkins, AGENT, directory.resolve("agent"));
        Setting.allowInsecure();
        Setting.login("login", "me", PASSWORD);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(Setting.definition("node('" + AGENT + "') { withEnv(['PATH+DOCKER=" + directory.resolve("bin")
                + "', 'XDG_STATE_HOME=" + directory.resolve("state") + "']) {\n"
                + "writeFile file: 'Dockerfile', text: 'FROM cms/base:1\\n'\n" + steps + "\n} }"));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        docker.awaitBlocked();
        return run;
    }

    private static WorkflowRun last(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
    }

    private static String saved(WorkflowRun run) throws Exception {
        return Files.readString(run.getRootDir().toPath().resolve("program.dat"), StandardCharsets.ISO_8859_1);
    }

    private long builds() throws Exception {
        return docker.calls().stream().filter(call -> call.startsWith("buildx build ")).count();
    }

    /** Neither private directories nor processes of a build; what the agent does on its own may take a moment. */
    private void assertNothingLeft() throws Exception {
        Path root = directory.resolve("agent");
        for (int i = 0; i < PATIENCE_SECONDS * 10 && !(left(root).isEmpty() && running().isEmpty()); i++) {
            Thread.sleep(100);
        }
        assertThat(left(root)).isEmpty();
        assertThat(running()).isEmpty();
    }

    private static List<Path> left(Path root) throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().startsWith("cvmfs-derived-image-")).toList();
        }
    }

    private List<String> running() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(directory + "/") && !command.contains("java"))
                .toList();
    }
}
