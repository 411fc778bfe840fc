package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Fingerprint;
import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in a Pipeline that runs on an agent. */
@WithJenkins
class PipelineTest {
    private static final String TAG = "reg.example.org/cms/a:1";
    private static final String DOCKERFILE = "writeFile file: 'Dockerfile', text: 'FROM cms/base:1\\n'\n";

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
    void scripted() throws Exception {
        WorkflowRun run = run("def image = cvmfsDerivedImage(tags: ['" + TAG + "', 'b:2'], mounts: 'cms.cern.ch', push: true, recordManifest: true)\n"
                + "echo \"got ${image.digest} ${image.imageId} ${image.tags} ${image.references} ${image.size} ${image.platforms} ${image.mounts}\"\n"
                + "echo \"base ${image.baseImage} ${image.baseImageDigest} took ${image.durationMillis >= 0} is ${image}\"\n"
                + "sh 'echo \"later $CVMFS_IMAGE_DIGEST $CVMFS_IMAGE_REFERENCE $CVMFS_IMAGE_ID $CVMFS_IMAGE_TAGS\"'\n");

        String digest = ScriptedDocker.digest();
        String reference = "reg.example.org/cms/a@" + digest;
        jenkins.assertLogContains("making it in " + agent.getRemoteFS(), run);
        jenkins.assertLogContains(
                "got " + digest + " " + ScriptedDocker.IMAGE_ID + " [" + TAG + ", b:2] [" + reference + ", b@" + digest + "] 1234 [linux/amd64] cms.cern.ch",
                run);
        jenkins.assertLogContains("base cms/base:1 sha256:" + "b".repeat(64) + " took true is " + reference, run);
        jenkins.assertLogContains("later " + digest + " " + reference + " " + ScriptedDocker.IMAGE_ID + " " + TAG + " b:2", run);

        ImageRecord archived = ImageRecord.fromJson(Setting.artifact(run, "record.json"));
        assertThat(archived.digest()).isEqualTo(digest);
        assertThat(archived.images()).hasSize(2);
        assertThat(run.getAction(DerivedImageAction.class).getImages()).containsExactly(archived);
        assertThat(Setting.artifact(run, "metadata.json")).contains(digest).doesNotContain("provenance");
        assertThat(docker.calls()).anyMatch(call -> call.contains("--build-arg=ARG_CVMFS_MOUNTS=cms.cern.ch"));
        assertNothingLeft();
    }

    @Test
    void declarative() throws Exception {
        WorkflowRun run = Setting.run(
                jenkins,
                Result.SUCCESS,
                """
                pipeline {
                    agent { label 'linux' }
                    stages {
                        stage('image') {
                            steps {
                                writeFile file: 'sub/Dockerfile', text: 'FROM cms/base:1\\n'
                                cvmfsDerivedImage(tags: ['%s'], context: 'sub', push: true, buildArgs: ['A=b c'])
                            }
                        }
                    }
                }
                """.formatted(TAG));

        assertThat(ImageRecord.fromJson(Setting.artifact(run, "record.json")).digest()).isEqualTo(ScriptedDocker.digest());
        assertThat(docker.calls()).anyMatch(call -> call.startsWith("buildx build") && call.contains("--build-arg=A=b c") && call.endsWith(" -- sub"));
    }

    @Test
    void theImageDescendsFromItsBaseImage() throws Exception {
        run("cvmfsDerivedImage(tags: ['" + TAG + "'], push: true)");

        Fingerprint base = DockerFingerprints.of("sha256:" + "b".repeat(64));
        assertThat(base).isNotNull();
        assertThat(DockerFingerprints.of(ScriptedDocker.digest())).isNotNull();
    }

    @Test
    void callsOfTheFrontend() throws Exception {
        docker.before("""
                case "$*" in *--call=*) echo '{"warnings": [{"ruleName": "Odd", "detail": "<b>odd", "location": {"ranges": [{"start": {"line": 1}}]}}]}'; exit 1 ;; esac
                """);

        WorkflowRun failed = Setting.run(
                jenkins, Result.FAILURE, "node('linux') {\n" + DOCKERFILE + "cvmfsDerivedImage(tags: ['" + TAG + "'], call: 'check')\n}");
        jenkins.assertLogContains("Dockerfile:1: warning: <b>odd [Odd]", failed);
        jenkins.assertLogContains("The Dockerfile did not pass Docker's check.", failed);
        assertThat(Setting.artifact(failed, "calls.json")).contains("\"Odd\"");
        assertThat(failed.getAction(DerivedImageAction.class).getCalls()).hasSize(1);
        assertThat(jenkins.createWebClient().getPage(failed, "cvmfs-derived-images").asNormalizedText())
                .contains("--call=check", "<b>odd");

        WorkflowRun built = run("cvmfsDerivedImage(tags: ['" + TAG + "'], push: true, call: ['check', 'build'])");
        jenkins.assertLogContains("Dockerfile:1: warning: <b>odd [Odd]", built);
        ImageRecord record = ImageRecord.fromJson(Setting.artifact(built, "record.json"));
        assertThat(record.calls()).hasSize(1);
        assertThat(record.digest()).isEqualTo(ScriptedDocker.digest());
    }

    @Test
    void aSnippetIsAStepThatRuns() throws Exception {
        CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of(TAG));
        step.setPush(true);
        step.setMounts("cms.cern.ch");
        step.setLabels(List.of("title=it's \"$HOME\""));
        String snippet = Snippetizer.object2Groovy(step);

        run(snippet);
        assertThat(docker.calls()).anyMatch(call -> call.contains("--label=title=it's \"$HOME\"") && call.contains("--push"));
    }

    @Test
    void severalImagesAreAList() throws Exception {
        WorkflowRun run = run("writeFile file: 'Other', text: 'FROM cms/base:1\\n'\n"
                + "def images = cvmfsDerivedImage(push: true, pushTogether: true, parallel: 2, buildArgs: [R: 1], images: [\n"
                + "  [name: 'a', tags: '" + TAG + "'],\n"
                + "  [name: 'b', tags: ['b:2'], dockerfile: 'Other', buildArgs: [S: 2], push: false, load: true]])\n"
                + "echo \"got ${images.size()} ${images[0].name} ${images[0].reference} ${images[1].name} ${images[1].tags}\"\n"
                + "sh 'echo \"later $CVMFS_IMAGE_TAG $CVMFS_IMAGE_REFERENCES.\"'\n");

        String reference = "reg.example.org/cms/a@" + ScriptedDocker.digest();
        jenkins.assertLogContains("got 2 a " + reference + " b [b:2]", run);
        jenkins.assertLogContains("later b:2 " + reference + ".", run);
        jenkins.assertLogContains("[a] making it in " + agent.getRemoteFS(), run);
        jenkins.assertLogContains("[b] making it in " + agent.getRemoteFS(), run);
        assertThat(run.getAction(DerivedImageAction.class).getImages())
                .extracting(image -> image.images().get(0).tag())
                .containsExactly(TAG, "b:2");
        assertThat(run.getArtifacts()).extracting(artifact -> artifact.getFileName()).filteredOn("record.json"::equals).hasSize(2);
        assertThat(docker.calls())
                .anyMatch(call -> call.contains("--build-arg=R=1") && call.contains("--tag=" + TAG) && call.contains("--push"))
                .anyMatch(call -> call.contains("--build-arg=S=2") && call.contains("--build-arg=R=1") && call.contains("--load"));
        assertNothingLeft();
    }

    @Test
    void aFailureOfSeveralImagesNamesTheOneThatFailed() throws Exception {
        docker.before("case \"$*\" in *--tag=b:2*) echo 'ERROR: no such thing' >&2; exit 3 ;; esac");
        WorkflowRun run = Setting.run(
                jenkins,
                Result.FAILURE,
                "node('linux') {\n" + DOCKERFILE + "cvmfsDerivedImage(images: [[name: 'a', tags: 'a:1'], [name: 'b', tags: 'b:2']]) }");

        jenkins.assertLogContains("Image 'b': ", run);
        jenkins.assertLogNotContains("Image 'a': ", run);
        assertThat(run.getAction(DerivedImageAction.class).getImages()).hasSize(1);
        assertThat(run.getAction(DerivedImageAction.class).getFailures()).hasSize(1);
        assertNothingLeft();
    }

    @Test
    void allMistakesOfSeveralImagesAreReportedAtOnce() throws Exception {
        WorkflowRun run = Setting.run(
                jenkins,
                Result.FAILURE,
                "node('linux') { cvmfsDerivedImage(uid: 'me', images: [[name: 'a', tags: 'A'], [name: 'b', setup: 'true']]) }");

        jenkins.assertLogContains("Image 'a': Invalid tags 'A': ", run);
        jenkins.assertLogContains("Image 'a': Invalid dockerfile './Dockerfile': ", run);
        jenkins.assertLogContains("Image 'b': Missing tags: ", run);
        jenkins.assertLogContains("\nInvalid uid 'me': ", run);
        assertThat(docker.calls()).isEmpty();
    }

    @Test
    void theOtherStepsAroundItCount() throws Exception {
        Setting.login("outer", "me", "outer-password");
        Setting.login("inner", "you", "inner-password");
        WorkflowRun run = run("docker.withRegistry('https://outer.example.org', 'outer') { withEnv(['DEEP=er']) { dir('deep') {\n"
                + "  writeFile file: 'Dockerfile', text: 'FROM cms/base:1\\n'\n"
                + "  withCredentials([usernamePassword(credentialsId: 'inner', usernameVariable: 'U', passwordVariable: 'P')]) {\n"
                + "    cvmfsDerivedImage(tags: ['" + TAG + "'], push: true, credentialsId: 'inner', buildArgs: [\"WHO=$U $DEEP\"])\n"
                + "  }\n} } }");

        jenkins.assertLogContains("/deep", run);
        assertThat(docker.calls()).anyMatch(call -> call.contains("--build-arg=WHO=you er"));
        assertThat(docker.configs()).contains("\"reg.example.org\"");
        jenkins.assertLogNotContains("inner-password", run);
        assertThat(String.join("\n", docker.calls())).doesNotContain("inner-password");
        assertNothingLeft();
    }

    @Test
    void aDryRunOnlyShowsThePlan() throws Exception {
        WorkflowRun run = run("assert cvmfsDerivedImage(tags: ['" + TAG + "'], dryRun: true) == null\n"
                + "assert cvmfsDerivedImage(dryRun: true, images: [[name: 'a', tags: '" + TAG + "']]) == []");
        jenkins.assertLogContains("run docker buildx build", run);
        assertThat(docker.calls()).isEmpty();
    }

    @Test
    void stoppingItLeavesNothing() throws Exception {
        docker.be("block");
        WorkflowRun run = Setting.pipeline(jenkins, "node('linux') {\n" + DOCKERFILE + "cvmfsDerivedImage(tags: ['" + TAG + "'], push: true) }")
                .scheduleBuild2(0)
                .waitForStart();
        docker.awaitBlocked();
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        assertThat(docker.calls()).noneMatch(call -> call.startsWith("buildx imagetools"));
        assertThat(run.getArtifacts()).isEmpty();
        assertNothingLeft();
    }

    /** There a parallel build of the run could copy its logins with its context. */
    @Test
    void theStepDirPutsNothingOfABuildIntoTheWorkspace() throws Exception {
        docker.be("block");
        WorkflowRun run = Setting.pipeline(
                        jenkins,
                        "node('linux') { dir('sub/folder') { cvmfsDerivedImage(tags: ['" + TAG + "'], setup: 'true') } }")
                .scheduleBuild2(0)
                .waitForStart();
        docker.awaitBlocked();
        FilePath workspaces = agent.getRootPath().child("workspace");
        FilePath[] scripts = workspaces.list("**/build.sh");
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        assertThat(scripts).hasSize(1).allSatisfy(script -> assertThat(
                        script.getParent().getParent().getParent())
                .isEqualTo(workspaces));
        assertNothingLeft();
    }

    @Test
    void aFailedSiblingStopsIt() throws Exception {
        docker.be("block");
        WorkflowRun run = Setting.pipeline(
                        jenkins,
                        """
                        parallel failFast: true,
                            image: { node('linux') { cvmfsDerivedImage(tags: ['%s'], setup: 'true', push: true) } },
                            sibling: { while (currentBuild.description != 'fail') { sleep 1 }; error 'the sibling has failed' }
                        """.formatted(TAG))
                .scheduleBuild2(0)
                .waitForStart();
        docker.awaitBlocked();
        run.setDescription("fail");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));

        assertThat(docker.calls()).noneMatch(call -> call.startsWith("buildx imagetools"));
        assertThat(run.getArtifacts()).isEmpty();
        assertNothingLeft();
    }

    private WorkflowRun run(String steps) throws Exception {
        return Setting.run(jenkins, Result.SUCCESS, "node('linux') {\n" + DOCKERFILE + steps + "\n}");
    }

    /** Neither private directories nor logins. */
    private void assertNothingLeft() throws Exception {
        assertThat(agent.getRootPath().child("workspace").list("**/*@tmp/**/*cvmfs*/**")).isEmpty();
        assertThat(agent.getRootPath().child("workspace").list("**/config.json")).isEmpty();
    }
}
