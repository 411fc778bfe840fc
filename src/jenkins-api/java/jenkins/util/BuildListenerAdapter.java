package jenkins.util;

import hudson.model.BuildListener;
import hudson.model.TaskListener;
import java.io.PrintStream;

/** Of org.jenkins-ci.main:jenkins-core. */
public final class BuildListenerAdapter implements BuildListener {
    public BuildListenerAdapter(TaskListener taskListener) {}

    public PrintStream getLogger() {
        throw new UnsupportedOperationException();
    }

    public static BuildListener wrap(TaskListener taskListener) {
        throw new UnsupportedOperationException();
    }
}
