package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is said of a mistake, and that nothing runs then. */
@WithJenkins
class BadInputTest {
    private JenkinsRule jenkins;
    private ScriptedDocker docker;

    @TempDir
    private Path directory;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        docker = new ScriptedDocker(directory);
        Setting.allowInsecure();
    }

    @Test
    void allMistakesAreReportedAtOnce() throws Exception {
        docker.agent(jenkins);
        Run<?, ?> run = fails("cvmfsDerivedImage(tags: ['Bad', 'b'], uid: 'me', dockerfile: 'none', strategy: 'x')");
        jenkins.assertLogContains("Invalid tags 'Bad': ", run);
        jenkins.assertLogContains("Invalid strategy 'x': expected buildx or commit", run);
        jenkins.assertLogContains("Invalid dockerfile 'none': ", run);
        jenkins.assertLogContains("Invalid uid 'me': expected a number", run);
        assertThat(docker.calls()).isEmpty();
    }

    @Test
    void aLinkOutOfTheWorkspaceIsRefused() throws Exception {
        docker.agent(jenkins);
        Run<?, ?> run = fails("sh 'ln -s / out'\ncvmfsDerivedImage(tags: ['a'], context: 'out/etc')");
        jenkins.assertLogContains("Invalid context 'out/etc': ", run);
        assertThat(docker.calls()).isEmpty();
    }

    @Test
    void noPathLeadsOutOfTheWorkspace() throws Exception {
        docker.agent(jenkins);
        Run<?, ?> run = fails("sh 'ln -s / out'\nwriteFile file: 'Dockerfile', text: 'FROM a'\n"
                + "cvmfsDerivedImage(tags: ['a'], outputs: ['type=tar,dest=out/etc/x'], cacheTo: ['type=local,dest=../x'], "
                + "cacheFrom: ['type=local,src=/x'], buildContexts: ['p=../ws@tmp'], ssh: ['default=/home/me/.ssh/id'])");
        for (String option : new String[] {"outputs", "cacheTo", "cacheFrom", "buildContexts", "ssh"}) {
            jenkins.assertLogContains("Invalid " + option + " '", run);
        }
        assertThat(docker.calls()).isEmpty();
    }

    @Test
    void aSingleTextIsAcceptedAsAList() throws Exception {
        docker.agent(jenkins);
        Setting.run(
                jenkins,
                Result.SUCCESS,
                "node('linux') {\nwriteFile file: 'Dockerfile', text: 'FROM a'\n"
                        + "cvmfsDerivedImage(tags: 'a:1', labels: [title: 'x y'], push: true)\n}");
        assertThat(docker.calls()).anyMatch(call -> call.contains("--tag=a:1 ") && call.contains("--label=title=x y"));
    }

    /** The title of a pull request, or a parameter of a build, must not become another tag. */
    @Test
    void whatSomebodyElseWroteBecomesNoTagOfItsOwn() throws Exception {
        docker.agent(jenkins);
        for (String title : new String[] {
            "1 reg.example.org/a:latest", "1\\nreg.example.org/a:latest", "1\\r\\nreg.example.org/a:latest", "1,reg.example.org/a:latest",
            "1 --push", "1@sha256:" + "0".repeat(64), "../b:1", "1;id", "\\$(id)", "\\u202e1"
        }) {
            for (String step : new String[] {
                "cvmfsDerivedImage(tags: \"reg.example.org/a:${title}\", push: true)",
                "cvmfsDerivedImage(tags: [\"reg.example.org/a:${title}\"], push: true)",
                "cvmfsDerivedImage(images: [[name: 'a', tags: [\"reg.example.org/a:${title}\"]]], push: true)"
            }) {
                jenkins.assertLogContains("Invalid tags 'reg.example.org/a:", fails("def title = \"" + title + "\"\n" + step));
            }
        }
        assertThat(docker.calls()).isEmpty();
    }

    @Test
    void anUnknownOptionIsReportedWithASuggestion() throws Exception {
        docker.agent(jenkins);
        Run<?, ?> run = fails("cvmfsDerivedImage(tag: 'a:1', cvmfs: [proxy: 'DIRECT'])");
        jenkins.assertLogContains("Unknown option 'tag' of cvmfsDerivedImage: did you mean tags?", run);
        assertThat(docker.calls()).isEmpty();
    }

    @Test
    void missingCredentialsAreNamedWithWhereTheyWereLookedFor() throws Exception {
        docker.agent(jenkins);
        Run<?, ?> run = fails("writeFile file: 'Dockerfile', text: 'FROM a'\ncvmfsDerivedImage(tags: ['a'], push: true, credentialsId: 'nope')");
        jenkins.assertLogContains("'nope'", run);
        jenkins.assertLogContains("They were looked for in", run);
        assertThat(docker.calls()).isEmpty();
    }

    @Test
    void anAgentWithoutDockerSaysWhatToInstall() throws Exception {
        Path bare = Files.createDirectory(directory.resolve("bare"));
        for (String place : System.getenv("PATH").split(":")) {
            File[] commands = new File(place).listFiles(file -> !file.getName().startsWith("docker"));
            for (File command : commands == null ? new File[0] : commands) {
                if (!Files.exists(bare.resolve(command.getName()), LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(bare.resolve(command.getName()), command.toPath());
                }
            }
        }
        ScriptedDocker.agent(jenkins, bare.toString());
        Run<?, ?> run = fails("writeFile file: 'Dockerfile', text: 'FROM a'\ncvmfsDerivedImage(tags: ['a'])");
        jenkins.assertLogContains("The docker command is not on the PATH", run);
        jenkins.assertLogContains("Install docker's command line", run);
    }

    @Test
    void anAgentWithoutBuildxSaysWhatToInstall() throws Exception {
        docker.agent(jenkins);
        docker.be("without-buildx");
        Run<?, ?> run = fails("writeFile file: 'Dockerfile', text: 'FROM a'\ncvmfsDerivedImage(tags: ['a'])");
        jenkins.assertLogContains("The docker command has no working buildx plugin", run);
        jenkins.assertLogContains("Install it", run);
    }

    @Test
    void aFailedBuildSaysWhyAndHowToFixIt() throws Exception {
        docker.agent(jenkins);
        docker.fail("ERROR: failed to build: failed to solve: failed to load LLB: security.insecure is not allowed\n");
        Run<?, ?> run = fails("writeFile file: 'Dockerfile', text: 'FROM a'\ncvmfsDerivedImage(tags: ['a'], push: true, insecure: false)");
        jenkins.assertLogContains("Building the image failed with exit code 1.", run);
        jenkins.assertLogContains("Set insecure to true", run);
        assertThat(run.getArtifacts()).isEmpty();
    }

    @Test
    void aFieldIsCheckedOnlyForUsersWhoMayConfigure() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ).everywhere().to("bob")
                .grant(Jenkins.ADMINISTER).everywhere().to("root"));

        assertThat(check("root")).contains("Bad:1:2");
        assertThat(check("bob")).doesNotContain("Bad:1:2");
    }

    private String check(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        client.login(user);
        WebRequest request = new WebRequest(
                new URL(jenkins.getURL(), "descriptorByName/" + CvmfsDerivedImageStep.class.getName() + "/checkField/tags?value=Bad:1:2"),
                HttpMethod.POST);
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getContentAsString();
    }

    private Run<?, ?> fails(String steps) throws Exception {
        Run<?, ?> run = Setting.run(jenkins, Result.FAILURE, "node('linux') {\n" + steps + "\n}");
        jenkins.assertLogNotContains("\tat ", run);
        return run;
    }
}
