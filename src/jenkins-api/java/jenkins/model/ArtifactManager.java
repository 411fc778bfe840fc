package jenkins.model;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import java.io.IOException;
import java.util.Map;
import jenkins.util.VirtualFile;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class ArtifactManager {
    public ArtifactManager() {}

    public abstract VirtualFile root();

    public abstract void archive(FilePath filePath, Launcher launcher, BuildListener buildListener, Map<String, String> map) throws IOException, InterruptedException;
}
