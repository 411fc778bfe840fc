package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.OutputFile;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import jenkins.model.ArtifactManager;
import jenkins.model.ArtifactManagerConfiguration;
import jenkins.model.ArtifactManagerFactory;
import jenkins.util.VirtualFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Where the documents of an image are kept is the artifact manager's to say. */
@WithJenkins
class ArchiveTest {
    @Test
    void theArtifactManagerGetsTheDocumentsFromTheController(JenkinsRule jenkins, @TempDir Path directory, @TempDir Path store) throws Exception {
        new ScriptedDocker(directory).agent(jenkins);
        Setting.allowInsecure();
        Elsewhere manager = new Elsewhere(store.toFile());
        ArtifactManagerConfiguration.get().getArtifactManagerFactories().add(new Factory(manager));

        Run<?, ?> run = Setting.run(jenkins, Result.SUCCESS, """
                node('linux') {
                  cvmfsDerivedImage(tags: ['a'], setup: 'true', push: true)
                  cvmfsDerivedImage(tags: ['b'], setup: 'true', push: true)
                }
                """);
        assertThat(manager.fromAgents).containsExactly(false, false);
        assertThat(manager.directories).allSatisfy(used -> assertThat(used).doesNotExist());
        assertThat(new File(run.getRootDir(), "archive")).doesNotExist();
        List<String> tags = new ArrayList<>();
        for (String path : manager.root().list("cvmfs-derived-image/*/record.json", null, true)) {
            try (var stream = manager.root().child(path).open()) {
                tags.add(ImageRecord.fromJson(new String(stream.readAllBytes())).images().get(0).tag());
            }
        }
        assertThat(tags).containsExactlyInAnyOrder("a", "b");
        assertThat(manager.root().list("cvmfs-derived-image/*/metadata.json", null, true)).hasSize(2);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** An artifact by the end of its path, which has the build's id. */
    private static String artifact(Run<?, ?> run, String end) throws IOException {
        VirtualFile root = run.getArtifactManager().root();
        String path = root.list("**", null, true).stream().filter(each -> each.endsWith("/" + end)).findFirst().orElseThrow();
        try (var stream = root.child(path).open()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatOutputsWroteIsArchivedAndRecorded(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        ScriptedDocker docker = new ScriptedDocker(directory);
        docker.agent(jenkins);
        Setting.allowInsecure();
        docker.then("mkdir -p out tree/deep; printf 'an image' >out/image.tar; printf 'a root' >'a b.tar'\n"
                + "printf one >tree/1; printf three >tree/deep/2; ln -s /etc/passwd tree/link\n");
        Run<?, ?> run = Setting.run(jenkins, Result.SUCCESS, """
                node('linux') {
                  dir('sub') {
                    cvmfsDerivedImage(tags: ['a:1'], setup: 'true', push: true, recordOutputs: true, archiveOutputs: true,
                        outputs: ['type=oci,dest=out/image.tar', 'type=tar,dest=a b.tar', 'type=local,dest=tree', 'type=tar,dest=none.tar'])
                  }
                }
                """);

        assertThat(ImageRecord.fromJson(Setting.artifact(run, "record.json")).outputs()).containsExactly(
                new OutputFile("type=oci,dest=out/image.tar", "out/image.tar", 8, sha256("an image")),
                new OutputFile("type=tar,dest=a b.tar", "a b.tar", 6, sha256("a root")),
                new OutputFile("type=local,dest=tree", "tree", 8, null));
        assertThat(artifact(run, "outputs/out/image.tar")).isEqualTo("an image");
        assertThat(artifact(run, "outputs/a b.tar")).isEqualTo("a root");
        assertThat(artifact(run, "outputs/tree/deep/2")).isEqualTo("three");
        assertThat(run.getArtifactManager().root().list("**", null, true)).filteredOn(path -> path.contains("/outputs/")).hasSize(4);
        jenkins.assertLogContains("Archived 4 files of the outputs", run);
    }

    @Test
    void outputsBehindALinkAreNotArchived(JenkinsRule jenkins, @TempDir Path directory, @TempDir Path elsewhere) throws Exception {
        ScriptedDocker docker = new ScriptedDocker(directory);
        docker.agent(jenkins);
        Setting.allowInsecure();
        Files.writeString(elsewhere.resolve("root.tar"), "of somebody else");
        docker.then("rm -rf out; ln -s '" + elsewhere + "' out\n");
        Run<?, ?> run = Setting.run(jenkins, Result.FAILURE,
                "node('linux') { cvmfsDerivedImage(tags: ['a:1'], setup: 'true', push: true, outputs: ['type=tar,dest=out/root.tar'], archiveOutputs: true) }");

        jenkins.assertLogContains("The outputs were not archived: the path out/root.tar leads through a link. The image was made", run);
        assertThat(run.getArtifacts()).extracting(Run.Artifact::getFileName).contains("record.json").doesNotContain("root.tar");
    }

    /** It holds the log as it was, so what a RUN printed of a secret would be read there. */
    @Test
    void theBuildRecordIsArchivedWhereTheBuildHasNoSecret(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        new ScriptedDocker(directory).agent(jenkins);
        Setting.allowInsecure();
        Setting.login("login", "me", "correct-horse");
        Run<?, ?> plain = record(jenkins, "setup: 'true'");
        assertThat(artifact(plain, "build.dockerbuild")).isEqualTo("log and arguments\n");
        jenkins.assertLogNotContains("record of the build was not archived", plain);

        for (String secret : new String[] {
            "setup: 'true', secrets: [[id: 'x', credentialsId: 'login']]",
            "context: 'https://git.example.org/a.git', insecure: false, gitCredentialsId: 'login'",
            "setup: 'true', buildArgs: ['TOKEN=abc']",
            "setup: 'true', buildArgs: [\"X=--at=$P\"]"
        }) {
            Run<?, ?> run = record(jenkins, secret);
            assertThat(run.getArtifacts()).extracting(Run.Artifact::getFileName).contains("record.json").doesNotContain("build.dockerbuild");
            jenkins.assertLogContains("Warning: buildx's record of the build was not archived, since the build has a secret", run);
        }
    }

    private static Run<?, ?> record(JenkinsRule jenkins, String options) throws Exception {
        return Setting.run(jenkins, Result.SUCCESS,
                "node('linux') { withCredentials([usernamePassword(credentialsId: 'login', usernameVariable: 'U', passwordVariable: 'P')]) {\n"
                        + "cvmfsDerivedImage(tags: ['a:1'], push: true, buildRecord: true, " + options + ") } }");
    }

    private static final class Factory extends ArtifactManagerFactory {
        private final transient ArtifactManager manager;

        Factory(ArtifactManager manager) {
            this.manager = manager;
        }

        @Override
        public ArtifactManager managerFor(Run<?, ?> build) {
            return manager;
        }
    }

    /** Keeps artifacts in a directory of its own. */
    private static final class Elsewhere extends ArtifactManager {
        private final File store;
        private final transient List<Boolean> fromAgents = new ArrayList<>();
        private final transient List<File> directories = new ArrayList<>();

        Elsewhere(File store) {
            this.store = store;
        }

        @Override
        public void onLoad(Run<?, ?> build) {
            // It has nothing of the build's.
        }

        @Override
        public void archive(FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
                throws IOException, InterruptedException {
            fromAgents.add(workspace.isRemote());
            directories.add(new File(workspace.getRemote()));
            for (Map.Entry<String, String> artifact : artifacts.entrySet()) {
                workspace.child(artifact.getValue()).copyTo(new FilePath(store).child(artifact.getKey()));
            }
        }

        @Override
        public boolean delete() {
            return false;
        }

        @Override
        public VirtualFile root() {
            return VirtualFile.forFile(store);
        }
    }
}
