package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import hudson.tools.ToolLocationNodeProperty;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.docker.commons.tools.DockerTool;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A Docker installation of Jenkins, beside the docker of the agent's PATH. */
@WithJenkins
class DockerToolTest {
    private static final String BUILD = "cvmfsDerivedImage(tags: ['a:1'], setup: 'true', push: true, toolName: 'mine'";

    @TempDir
    private Path root;

    private JenkinsRule jenkins;
    private ScriptedDocker ofPath;
    private ScriptedDocker ofTool;
    private DumbSlave agent;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        ofPath = new ScriptedDocker(Files.createDirectory(root.resolve("path")));
        ofTool = new ScriptedDocker(Files.createDirectory(root.resolve("tool")));
        agent = ofPath.agent(jenkins);
        install(ofTool.home());
        Setting.allowInsecure();
    }

    private void install(String home) {
        tools().setInstallations(new DockerTool("mine", home, List.of()));
    }

    private DockerTool.DescriptorImpl tools() {
        return jenkins.jenkins.getDescriptorByType(DockerTool.DescriptorImpl.class);
    }

    private WorkflowRun run(Result result, String step) throws Exception {
        return Setting.run(jenkins, result, "node('linux') { " + step + " }");
    }

    private void onlyTheToolWasCalled() throws Exception {
        assertThat(ofTool.calls()).anyMatch(call -> call.startsWith("buildx build") && call.contains("--tag=a:1"));
        assertThat(ofPath.calls()).isEmpty();
    }

    /** Variables in its home are the agent's: by those of a job it would choose what runs. */
    @Test
    void aPipelineTakesItsDocker() throws Exception {
        agent.getNodeProperties().add(new EnvironmentVariablesNodeProperty(
                new EnvironmentVariablesNodeProperty.Entry("TOOLS", root.toString())));
        install("${TOOLS}/tool");
        run(Result.SUCCESS, "withEnv(['TOOLS=/of/the/job']) { " + BUILD + ") }");
        onlyTheToolWasCalled();
    }

    @Test
    void aFreestyleJobTakesItsDockerWhereTheAgentHasIt() throws Exception {
        install("/nowhere");
        agent.getNodeProperties().add(new ToolLocationNodeProperty(
                new ToolLocationNodeProperty.ToolLocation(tools(), "mine", ofTool.home())));
        CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of("a:1"));
        step.setSetup("true");
        step.setToolName("mine");
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.setAssignedLabel(Label.get("linux"));
        project.getBuildersList().add(new CvmfsDerivedImageBuilder(step));

        jenkins.buildAndAssertSuccess(jenkins.configRoundtrip(project));
        onlyTheToolWasCalled();
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        jenkins.assertLogContains(
                "Invalid toolName 'other': there is no Docker installation of this name under Manage Jenkins, Tools; expected 'mine'",
                run(Result.FAILURE, BUILD.replace("mine", "other") + ")"));
        install("/nowhere");
        jenkins.assertLogContains(
                "The Docker installation 'mine' has no bin/docker on " + agent.getDisplayName() + " in /nowhere.", run(Result.FAILURE, BUILD + ")"));
        run(Result.SUCCESS, BUILD + ", dryRun: true)");
        assertThat(ofTool.calls()).isEmpty();
        assertThat(ofPath.calls()).isEmpty();
    }
}
