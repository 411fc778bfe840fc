package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.PasswordParameterValue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.tasks.Shell;
import hudson.util.Secret;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Variables that Jenkins knows as secret: neither the log nor the archive shows their values. */
@WithJenkins
class SensitiveTest {
    private static final String VALUE = "hunter2-but-longer";

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
        SystemCredentialsProvider.getInstance().getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", "", Secret.fromString(VALUE)));
    }

    @Test
    void aVariableOfCredentialsInAPipeline() throws Exception {
        docker.then("echo \"the value is " + VALUE + "\"\n"
                + "sed -i 's/\"platform\"/\"annotations\": {\"where\": \"--at=" + VALUE + "\"}, \"platform\"/' \"$metadata\"\n");
        Run<?, ?> run = Setting.run(jenkins, Result.SUCCESS, "node('linux') { writeFile file: 'Dockerfile', text: 'FROM a'\n"
                + "withCredentials([string(credentialsId: 'text', variable: 'X')]) {\n"
                + "  cvmfsDerivedImage(tags: ['a:1'], push: true, buildArgs: [\"WHERE=--at=$X\", 'PLAIN=seen'])\n} }");

        assertThat(docker.calls()).anyMatch(call -> call.contains("--build-arg=WHERE=--at=" + VALUE));
        jenkins.assertLogContains("the value is ****", run);
        jenkins.assertLogNotContains(VALUE, run);
        assertThat(Setting.artifact(run, "record.json")).doesNotContain(VALUE).contains("seen");
        assertThat(Setting.artifact(run, "metadata.json")).doesNotContain(VALUE).contains("--at=****");
    }

    @Test
    void aVariableInAnOptionThatIsRefused() throws Exception {
        Run<?, ?> named = refused("tags: ['a:1'], push: true, buildArgs: [\"1WHERE=--at=$X\"]");
        jenkins.assertLogContains("Invalid buildArgs '1WHERE'", named);
        jenkins.assertLogNotContains("--at=", named);

        Run<?, ?> shown = refused("tags: [\"A --at=$X\"], push: true");
        jenkins.assertLogContains("A --at=****", shown);
        jenkins.assertLogNotContains(VALUE, shown);
    }

    private Run<?, ?> refused(String options) throws Exception {
        return Setting.run(jenkins, Result.FAILURE, "node('linux') { writeFile file: 'Dockerfile', text: 'FROM a'\n"
                + "withCredentials([string(credentialsId: 'text', variable: 'X')]) {\n"
                + "  cvmfsDerivedImage(" + options + ")\n} }");
    }

    @Test
    void aPasswordParameterOfAFreestyleJob() throws Exception {
        docker.then("echo \"the value is " + VALUE + "\"\n");
        CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of("a:1"));
        step.setPush(true);
        step.setBuildArgs(List.of("WHERE=--at=${X}", "PLAIN=seen"));
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.setAssignedLabel(Label.get("linux"));
        project.addProperty(new ParametersDefinitionProperty(new PasswordParameterDefinition("X", Secret.fromString("none"), "")));
        project.getBuildersList().add(new Shell("echo FROM cms/base:1 >Dockerfile"));
        project.getBuildersList().add(new CvmfsDerivedImageBuilder(step));

        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(
                project.scheduleBuild2(0, new ParametersAction(new PasswordParameterValue("X", VALUE))));
        assertThat(docker.calls()).anyMatch(call -> call.contains("--build-arg=WHERE=--at=" + VALUE));
        jenkins.assertLogContains("the value is ****", build);
        jenkins.assertLogNotContains(VALUE, build);
        assertThat(Setting.artifact(build, "record.json")).doesNotContain(VALUE).contains("seen");
    }
}
