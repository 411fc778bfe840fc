package hudson.model;

import hudson.console.AnnotatedLargeText;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.IOException;
import java.util.List;
import jenkins.model.ArtifactManager;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable implements AccessControlled {
    public static final Permission ARTIFACTS = null;

    protected Run(JobT jobT) throws IOException {}

    public void addAction(Action action) {
        throw new UnsupportedOperationException();
    }

    @SuppressWarnings("rawtypes")
    public AnnotatedLargeText getLogText() {
        throw new UnsupportedOperationException();
    }

    public final ArtifactManager getArtifactManager() {
        throw new UnsupportedOperationException();
    }

    public JobT getParent() {
        throw new UnsupportedOperationException();
    }

    public final ArtifactManager pickArtifactManager() throws IOException {
        throw new UnsupportedOperationException();
    }

    public List<Cause> getCauses() {
        throw new UnsupportedOperationException();
    }

    public synchronized void save() throws IOException {
        throw new UnsupportedOperationException();
    }

    public int getNumber() {
        throw new UnsupportedOperationException();
    }

    public Result getResult() {
        throw new UnsupportedOperationException();
    }
}
