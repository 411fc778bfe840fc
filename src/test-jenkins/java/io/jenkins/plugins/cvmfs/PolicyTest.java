package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Result;
import hudson.model.Run;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import hudson.tasks.Shell;
import io.jenkins.plugins.cvmfs.config.AgentClient;
import io.jenkins.plugins.cvmfs.config.ClientOptions;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.InsecurePolicy;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The rules that need an agent, and the order: a build that is refused has used no credentials. */
@WithJenkins
class PolicyTest {
    private static final String STEP = "cvmfsDerivedImage(tags: ['reg.example.org/a:1'], push: true, credentialsId: 'login', "
            + "secrets: [[id: 'x', credentialsId: 'login']]";

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
        Setting.login("login", "me", "correct-horse");
    }

    private static void policy(Consumer<InsecurePolicy> change) {
        InsecurePolicy policy = DerivedImageConfiguration.get().getPolicy();
        change.accept(policy);
        DerivedImageConfiguration.get().setPolicy(policy);
    }

    private Run<?, ?> run(Result result, String dockerfile, String step) throws Exception {
        return Setting.run(jenkins, result,
                "node('linux') {\nwriteFile file: 'Dockerfile', text: '" + dockerfile + "'\n" + step + "\n}");
    }

    private static boolean isTracked() throws Exception {
        Credentials login = SystemCredentialsProvider.getInstance().getCredentials().get(0);
        return CredentialsProvider.getFingerprintOf(login) != null;
    }

    private void refused(String dockerfile, String step, String why) throws Exception {
        Run<?, ?> run = run(Result.FAILURE, dockerfile, step);
        jenkins.assertLogContains(why, run);
        jenkins.assertLogNotContains("\tat ", run);
        assertThat(isTracked()).as("the credentials were used").isFalse();
        assertThat(docker.calls()).isEmpty();
    }

    @Test
    void aBuildThatIsAllowedUsesItsCredentials() throws Exception {
        run(Result.SUCCESS, "FROM a\\n", STEP + ")");
        assertThat(isTracked()).isTrue();
    }

    @Test
    void aBuildThatThePolicyRefusesUsesNoCredentials() throws Exception {
        policy(policy -> policy.setAllowed(false));
        refused("FROM a\\n", STEP + ")", "insecure policy: allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "', builder: [driver: ''remote'', endpoint: ''tcp://evil:1'', credentialsId: ''login'']', insecure policy: builderSettings",
        "', builder: [image: ''moby/buildkit:v0.12.4'']', insecure policy: builderSettings",
        "', builder: [name: ''cvmfs-derived-image-957af28daace'']', are reserved",
        "', buildContexts: [''docker/dockerfile:1=docker-image://evil/x'']', insecure policy: frontends",
        "', network: ''host''', insecure policy: hostNetwork",
        "', uid: ''me''', uid",
        "', sshKeys: [[id: ''default'', credentialsId: ''login'']], mounts: ''/''', mounts"
    })
    void aBuildThatAsksForTooMuchUsesNoCredentials(String options, String why) throws Exception {
        refused("# syntax=docker/dockerfile:1\\nFROM a\\n", STEP + options + ")", why);
    }

    @Test
    void aDockerfileThatDoesNotPassTheChecksUsesNoCredentials() throws Exception {
        refused("# syntax=docker/dockerfile:1.10\\nFROM a\\nRUN --security=insecure true\\n", STEP + ")", "Dockerfile:3");
    }

    @Test
    void aDryRunUsesNoCredentials() throws Exception {
        policy(policy -> policy.setAllowed(false));
        Run<?, ?> run = run(Result.SUCCESS, "FROM a\\n", STEP + ", dryRun: true)");
        jenkins.assertLogContains("docker buildx build", run);
        assertThat(isTracked()).isFalse();
    }

    @Test
    void aFreestyleJobThatIsRefusedUsesNoCredentials() throws Exception {
        policy(policy -> policy.setAllowed(false));
        CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of("reg.example.org/a:1"));
        step.setCredentialsId("login");
        step.setPush(true);
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.setAssignedLabel(Label.get("linux"));
        project.getBuildersList().add(new Shell("echo FROM cms/base:1 >Dockerfile"));
        project.getBuildersList().add(new CvmfsDerivedImageBuilder(step));

        Run<?, ?> run = jenkins.buildAndAssertStatus(Result.FAILURE, project);
        jenkins.assertLogContains("insecure policy: allowed", run);
        assertThat(isTracked()).isFalse();
        policy(policy -> policy.setAllowed(true));
        jenkins.buildAndAssertSuccess(project);
        assertThat(isTracked()).isTrue();
    }

    @Test
    void onlyAgentsThatMatchBuildInsecurely() throws Exception {
        policy(policy -> policy.setAgents("linux && !cvmfs"));
        run(Result.SUCCESS, "FROM a\\n", STEP + ")");
        policy(policy -> policy.setAgents("cvmfs"));
        jenkins.assertLogContains("only on agents that match 'cvmfs', which", run(Result.FAILURE, "FROM a\\n", STEP + ")"));
    }

    @Test
    void anExpressionThatCannotBeParsedMatchesNoAgent() throws Exception {
        policy(policy -> policy.setAgents("linux && (("));
        refused("FROM a\\n", STEP + ")", "because 'linux && ((' is not a label expression (insecure policy: agents)");
    }

    @Test
    void clientSettingsForAgentsThatCannotBeParsedAreReportedBeforeAnything() throws Exception {
        DerivedImageConfiguration.get().setAgentClients(List.of(new AgentClient("a ||", new ClientOptions())));
        refused("FROM a\\n", STEP + ")", "the agents expression 'a ||', which is not a label expression");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOCKER_HOST=tcp://evil:2375", "BUILDX_CONFIG=/tmp/x", "DOCKER_CONTEXT=evil", "HOME=/tmp",
            "EXPERIMENTAL_BUILDKIT_SOURCE_POLICY=pol.json"})
    void aJobsEnvironmentCannotRedirectAnInsecureBuild(String variable) throws Exception {
        String step = "withEnv(['" + variable + "']) { " + STEP;
        refused("FROM a\\n", step + ") }", "The job changes " + variable.split("=")[0] + ", but insecure builds");

        run(Result.SUCCESS, "FROM a\\n", step + ", insecure: false) }");
        policy(policy -> policy.setEngineVariables(true));
        run(Result.SUCCESS, "FROM a\\n", step + ") }");
    }

    @Test
    void variablesSetByAdministratorsBelongToTheAgent() throws Exception {
        jenkins.jenkins.getNodes().get(0).getNodeProperties().add(
                new EnvironmentVariablesNodeProperty(new EnvironmentVariablesNodeProperty.Entry("DOCKER_HOST", "unix:///run/of-the-agent.sock")));
        run(Result.SUCCESS, "FROM a\\n", STEP + ")");
        jenkins.assertLogContains(
                "The job changes DOCKER_HOST",
                run(Result.FAILURE, "FROM a\\n", "withEnv(['DOCKER_HOST=unix:///run/another.sock']) { " + STEP + ") }"));
    }

    @Test
    void aWorkspaceWithAnApostropheIsRefusedAtOnce() throws Exception {
        refused("FROM a\\n", "ws(\"${pwd()}/o'brien\") { writeFile file: 'Dockerfile', text: 'FROM a'\n" + STEP + ") }",
                "its path has an apostrophe");
    }

    @Test
    void aRefusedLoginIsNamed() throws Exception {
        docker.fail("ERROR: failed to push reg.example.org/a:1: unexpected status from HEAD request to https://reg.example.org/v2/: 401 Unauthorized\n");
        Run<?, ?> run = run(Result.FAILURE, "FROM a\\n", STEP + ")");
        jenkins.assertLogContains("reg.example.org refuses access with the credentials 'login'", run);
        jenkins.assertLogContains("that this user may use reg.example.org/a:1", run);
        jenkins.assertLogNotContains("correct-horse", run);
    }
}
