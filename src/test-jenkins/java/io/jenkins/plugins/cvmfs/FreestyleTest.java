package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.tasks.Shell;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.harness.Everything;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import io.jenkins.plugins.cvmfs.options.ImageEntry;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import io.jenkins.plugins.cvmfs.secrets.BuildSecret;
import io.jenkins.plugins.cvmfs.secrets.SshKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The build step of a freestyle job that runs on an agent. */
@WithJenkins
class FreestyleTest {
    private JenkinsRule jenkins;
    private ScriptedDocker docker;
    private Slave agent;

    @BeforeEach
    void start(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        docker = new ScriptedDocker(directory);
        agent = docker.agent(jenkins);
        Setting.allowInsecure();
    }

    @Test
    void theNextStepGetsTheImage() throws Exception {
        CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of("reg.example.org/cms/a:${VERSION}"));
        step.setPush(true);
        FreeStyleProject project = project(step);
        project.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("VERSION", "none")));
        project.getBuildersList().add(new Shell("echo \"later $CVMFS_IMAGE_DIGEST $CVMFS_IMAGE_REFERENCE $CVMFS_IMAGE_TAG\""));

        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(
                project.scheduleBuild2(0, new ParametersAction(new StringParameterValue("VERSION", "7"))));
        String digest = ScriptedDocker.digest();
        jenkins.assertLogContains("later " + digest + " reg.example.org/cms/a@" + digest + " reg.example.org/cms/a:7", build);
        assertThat(build.getBuiltOn()).isEqualTo(agent);
        assertThat(ImageRecord.fromJson(Setting.artifact(build, "record.json")).digest()).isEqualTo(digest);
    }

    @Test
    void severalImagesStayAsTheyAreInTheForm() throws Exception {
        CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of());
        ImageEntry first = new ImageEntry("a");
        first.setTags(List.of("a:${BUILD_NUMBER}", "a:2"));
        first.setBuildArgs(List.of("A=b c"));
        first.setSetup("true\n");
        first.setPush(true);
        ImageEntry second = new ImageEntry("b");
        second.setTags(List.of("b:1"));
        second.setSetup("true\n");
        second.setStrategy("commit");
        second.setWipeCache(false);
        ImageEntry third = new ImageEntry("c");
        third.setTags(List.of("c:1"));
        third.setSetup("true\n");
        third.setInsecure(false);
        third.setSecrets(List.of(new BuildSecret("own", "text")));
        third.setSshKeys(List.of(new SshKey("default", "key")));
        step.setImages(List.of(first, second, third));
        step.setParallel("1");
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.setAssignedLabel(Label.get("linux"));
        project.getBuildersList().add(new CvmfsDerivedImageBuilder(step));
        project = jenkins.configRoundtrip(project);
        CvmfsDerivedImageStep after = project.getBuildersList().get(CvmfsDerivedImageBuilder.class).getImage();
        assertThat(Everything.text(after)).isEqualTo(Everything.text(step));

        third.setSshKeys(null);
        Setting.login("text", "me", "password");
        second.setStrategy(null);
        second.setWipeCache(null);
        project.getBuildersList().replace(new CvmfsDerivedImageBuilder(step));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
        assertThat(build.getAction(DerivedImageAction.class).getImages())
                .extracting(image -> image.images().get(0).tag())
                .containsExactly("a:1", "b:1", "c:1");
        assertThat(docker.calls())
                .filteredOn(call -> call.contains("--secret="))
                .isNotEmpty()
                .allMatch(call -> call.contains("id=own"));
    }

    @Test
    void stoppingItLeavesNothing() throws Exception {
        docker.be("block");
        FreeStyleBuild build = project(new CvmfsDerivedImageStep(List.of("a"))).scheduleBuild2(0).waitForStart();
        docker.awaitBlocked();
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(agent.getRootPath().child("workspace").list("**/config.json")).isEmpty();
        assertThat(agent.getRootPath().child("workspace").list("**/build.sh")).isEmpty();
    }

    @Test
    void bothStandInOneJobWithDifferentResults() throws Exception {
        FreeStyleProject project = project(new CvmfsDerivedImageStep(List.of("a")));
        project.getBuildersList().add(new CvmfsDerivedImageBuilder(new CvmfsDerivedImageStep(List.of("b"))));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
        assertThat(build.getAction(DerivedImageAction.class).getImages())
                .extracting(image -> image.images().get(0).tag())
                .containsExactly("a", "b");
    }

    private FreeStyleProject project(CvmfsDerivedImageStep step) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.setAssignedLabel(Label.get("linux"));
        project.getBuildersList().add(new Shell("echo FROM cms/base:1 >Dockerfile"));
        project.getBuildersList().add(new CvmfsDerivedImageBuilder(step));
        return project;
    }
}
