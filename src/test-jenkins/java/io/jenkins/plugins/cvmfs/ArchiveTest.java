package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    void theArtifactManagerGetsTheDocumentsFromTheAgent(JenkinsRule jenkins, @TempDir Path directory, @TempDir Path store) throws Exception {
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
        assertThat(manager.fromAgents).containsExactly(true, true);
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
