package hudson.model.listeners;

import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.model.TaskListener;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class RunListener<R extends Run> implements ExtensionPoint {
    protected RunListener() {}

    public void onCompleted(R r, TaskListener listener) {
        throw new UnsupportedOperationException();
    }

    public void onDeleted(R r) {
        throw new UnsupportedOperationException();
    }
}
