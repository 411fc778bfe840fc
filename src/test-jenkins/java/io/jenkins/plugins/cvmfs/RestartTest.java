package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What outlives a restart of Jenkins. */
class RestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    @Test
    void theReturnedValue() throws Throwable {
        ScriptedDocker docker = new ScriptedDocker(directory);
        sessions.then(jenkins -> {
            docker.agent(jenkins);
            Setting.allowInsecure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
            job.setDefinition(Setting.definition("def image\nnode('linux') {\n"
                    + "  writeFile file: 'Dockerfile', text: 'FROM cms/base:1\\n'\n"
                    + "  image = cvmfsDerivedImage(tags: ['a:1'], push: true)\n"
                    + "}\necho 'made'\nwhile (currentBuild.description != 'go on') { sleep 1 }\n"
                    + "echo \"still ${image.digest} ${image.tags} ${image.references}\""));
            jenkins.waitForMessage("made", job.scheduleBuild2(0).waitForStart());
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins.getItemByFullName("job", WorkflowJob.class).getLastBuild();
            run.setDescription("go on");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains(
                    "still " + ScriptedDocker.digest() + " [a:1] [a@" + ScriptedDocker.digest() + "]", run);
            assertThat(run.getAction(DerivedImageAction.class).getImages())
                    .containsExactly(ImageRecord.fromJson(Setting.artifact(run, "record.json")));
        });
    }
}
