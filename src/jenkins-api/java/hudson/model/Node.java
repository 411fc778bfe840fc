package hudson.model;

import hudson.FilePath;
import hudson.Launcher;
import hudson.security.AccessControlled;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Node extends AbstractModelObject implements AccessControlled {
    public Node() {}

    public FilePath createPath(String string) {
        throw new UnsupportedOperationException();
    }

    public abstract Launcher createLauncher(TaskListener taskListener);

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public abstract FilePath getRootPath();

    public final Computer toComputer() {
        throw new UnsupportedOperationException();
    }
}
