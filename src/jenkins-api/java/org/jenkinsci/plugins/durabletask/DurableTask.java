package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;

/** Of org.jenkins-ci.plugins:durable-task. */
public abstract class DurableTask {
    public DurableTask() {}

    public void defaultCharset() {
        throw new UnsupportedOperationException();
    }

    public abstract Controller launch(
            EnvVars envVars, FilePath filePath, Launcher launcher, TaskListener taskListener)
            throws IOException, InterruptedException;
}
