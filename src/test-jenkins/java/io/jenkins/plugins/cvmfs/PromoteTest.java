package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.Slave;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.InsecurePolicy;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step that gives further tags to what was built: what it does, what refuses it, and with whose logins. */
@WithJenkins
class PromoteTest {
    private static final String STABLE = "reg.example.org/cms/a:stable";
    private static final String PASSWORD = "correct-horse";

    private JenkinsRule jenkins;
    private ScriptedDocker docker;
    private Slave agent;
    private String image;

    @BeforeEach
    void start(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        docker = new ScriptedDocker(directory);
        agent = docker.agent(jenkins);
        agent.getRootPath().mkdirs();
        Setting.allowInsecure();
        Setting.login("login", "me", PASSWORD);
        image = "reg.example.org/cms/a@" + ScriptedDocker.digest();
    }

    private static String promote(String image, String tag) {
        return "cvmfsPromote(image: '" + image + "', tags: ['" + tag + "'], credentialsId: 'login')";
    }

    private static boolean isTracked() throws Exception {
        Credentials login = SystemCredentialsProvider.getInstance().getCredentials().get(0);
        return CredentialsProvider.getFingerprintOf(login) != null;
    }

    private WorkflowRun run(Result result, String steps) throws Exception {
        WorkflowRun run = Setting.run(jenkins, result, "node('linux') {\n" + steps + "\n}");
        jenkins.assertLogNotContains(PASSWORD, run);
        jenkins.assertLogNotContains("\tat ", run);
        assertThat(agent.getRootPath().list("**/*@tmp/**/*cvmfs*/**")).isEmpty();
        assertThat(agent.getRootPath().list("**/config.json")).isEmpty();
        return run;
    }

    /** Before anything is done, and without credentials. */
    private Run<?, ?> refused(String steps, String why) throws Exception {
        WorkflowRun run = run(Result.FAILURE, steps);
        jenkins.assertLogContains(why, run);
        assertThat(isTracked()).as("the credentials were used").isFalse();
        assertThat(docker.calls()).isEmpty();
        return run;
    }

    private String page(Run<?, ?> run) throws Exception {
        return jenkins.createWebClient().getPage(run, "cvmfs-derived-images").getBody().getTextContent();
    }

    @Test
    void whatWasBuiltGetsFurtherTagsAndARecord() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "writeFile file: 'Dockerfile', text: 'FROM a'\n"
                + "def image = cvmfsDerivedImage(tags: ['reg.example.org/cms/a:1'], push: true, credentialsId: 'login')\n"
                + "def promoted = cvmfsPromote(image: image.references[0], tags: ['" + STABLE + "', 'reg.example.org/cms/b'], credentialsId: 'login')\n"
                + "echo \"got ${promoted.digest} ${promoted.references}\"\n");

        String digest = ScriptedDocker.digest();
        jenkins.assertLogContains("Promoted " + image, run);
        jenkins.assertLogContains("got " + digest + " [" + image + ", reg.example.org/cms/b@" + digest + "]", run);
        assertThat(docker.calls()).contains("buildx imagetools create --builder=default --prefer-index=false --tag=" + STABLE
                + " --tag=reg.example.org/cms/b -- " + image);
        assertThat(docker.configs()).contains("\"reg.example.org\"");
        assertThat(Setting.artifact(run, "promotion.json")).contains("\"promoted\" : \"" + image + "\"", STABLE).doesNotContain(PASSWORD);

        assertThat(page(run)).contains("Promoted to " + STABLE, "reg.example.org/cms/b", image, "Built in", "promotion.json");
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        assertThat(client.getPage(run).getBody().getTextContent()).contains("Promoted to", STABLE, image);
        assertThat(client.goTo(run.getUrl() + "cvmfs-derived-images/api/json?depth=2", "application/json").getWebResponse().getContentAsString())
                .contains("\"promotions\":[{", "\"source\":\"" + image + "\"", "\"tags\":[\"" + STABLE + "\",\"reg.example.org/cms/b\"]");
        assertThat(client.goTo(run.getParent().getUrl() + "cvmfs-derived-images/").getBody().getTextContent()).contains(STABLE, "Promoted");
        run.reload();
        assertThat(page(run)).as("of a run that was saved").contains("Promoted to " + STABLE, image);
    }

    @Test
    void aRunThatOnlyPromotesHasAPageToo() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, promote(image, STABLE));
        assertThat(page(run)).contains("Promoted to " + STABLE).doesNotContain("No image was built", "Built in");
        assertThat(isTracked()).isTrue();
    }

    @Test
    void aRegistryThatRefusesIsNamedWithTheCredentials() throws Exception {
        docker.refuse("ERROR: failed to push " + STABLE + ": unexpected status from HEAD request to https://reg.example.org/v2/: 401 Unauthorized\n");
        WorkflowRun run = run(Result.FAILURE, promote(image, STABLE));

        jenkins.assertLogContains("reg.example.org refuses access with the credentials 'login'", run);
        assertThat(run.getArtifacts()).isEmpty();
        assertThat(run.getAction(DerivedImageAction.class).getPromoted()).isEmpty();
        assertThat(page(run)).contains("The image was not promoted", "refuses access with the credentials 'login'").doesNotContain("Promoted to");
    }

    @Test
    void aTagThatHasSomethingElseAfterwardsIsAFailure() throws Exception {
        String other = "reg.example.org/cms/a@sha256:" + "0".repeat(64);
        jenkins.assertLogContains("ERROR: " + STABLE + " now has " + ScriptedDocker.digest() + ", not sha256:000", run(Result.FAILURE, promote(other, STABLE)));
    }

    @Test
    void whatIsNoImageOrNoTagIsRefused() throws Exception {
        String digest = "@sha256:" + "0".repeat(64);
        for (String bad : new String[] {"reg.example.org/cms/a:1", "--help" + digest, "a@sha256:0", "a\\n" + digest, "../a" + digest}) {
            Run<?, ?> run = refused(promote(bad, STABLE), "Invalid image '" + bad.replace("\\n", "\\u000a"));
            assertThat(page(run)).contains("The image was not promoted", "Invalid image '");
        }
        for (String bad : new String[] {"--file=x", "a:1" + digest, "$(id)", "a:b:c", "A:1", "a:1 b:2", "a:1,b", "a:" + "x".repeat(129), "a:1\\n--push"}) {
            String shown = bad.replace("\\n", "\\u000a");
            refused(promote(image, bad), "Invalid tags '" + shown.substring(0, Math.min(shown.length(), 60)));
        }
    }

    @Test
    void aJobsEnvironmentDoesNotMoveIt() throws Exception {
        for (String variable : new String[] {"DOCKER_HOST=tcp://evil:2375", "BUILDX_CONFIG=/tmp/x", "DOCKER_CONTEXT=evil", "HOME=/tmp"}) {
            refused("withEnv(['" + variable + "']) { " + promote(image, STABLE) + " }",
                    "The job changes " + variable.split("=")[0] + ", but images are promoted with the engine and the builders of the agent"
                            + " (insecure policy: engineVariables). An administrator can change this");
        }
        InsecurePolicy policy = DerivedImageConfiguration.get().getPolicy();
        policy.setEngineVariables(true);
        DerivedImageConfiguration.get().setPolicy(policy);
        run(Result.SUCCESS, "withEnv(['DOCKER_HOST=tcp://other:2375']) { " + promote(image, STABLE) + " }");
    }

    /** Those of the folder of another job, whatever their ID. */
    @Test
    void credentialsOfAnotherFolderAreNotUsed() throws Exception {
        Folder other = jenkins.createProject(Folder.class, "other");
        for (CredentialsStore store : CredentialsProvider.lookupStores(other)) {
            if (store.getContext() == other) {
                store.addCredentials(Domain.global(), new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "of-other", "", "robot", PASSWORD));
            }
        }
        String script = "node('linux') { cvmfsPromote(image: '" + image + "', tags: ['" + STABLE + "'], credentialsId: 'of-other') }";
        WorkflowRun run = Setting.run(jenkins, Result.FAILURE, script);
        jenkins.assertLogContains("There are no credentials with the ID 'of-other' for the registry reg.example.org", run);
        assertThat(docker.calls()).isEmpty();

        WorkflowJob job = other.createProject(WorkflowJob.class, "job");
        job.setDefinition(Setting.definition(script));
        jenkins.buildAndAssertSuccess(job);
        assertThat(docker.configs()).contains("\"reg.example.org\"");
    }

    @Test
    void credentialsOfTheStepGoToOneRegistryOnly() throws Exception {
        refused("cvmfsPromote(image: '" + image + "', tags: ['" + STABLE + "', 'evil.example.org/a:1'], credentialsId: 'login')",
                "the tags name several registries (evil.example.org, reg.example.org)");
        run(Result.SUCCESS, "cvmfsPromote(image: 'evil.example.org/cms/a@" + ScriptedDocker.digest() + "', tags: ['" + STABLE + "'], credentialsId: 'login')");
        assertThat(docker.configs()).contains("\"reg.example.org\"").doesNotContain("evil.example.org");
    }
}
