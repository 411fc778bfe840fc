package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import org.kohsuke.stapler.DataBoundConstructor;

/** Of org.jenkins-ci.plugins:durable-task. */
public final class BourneShellScript extends DurableTask {
    @DataBoundConstructor
    public BourneShellScript(String string) {}

    public final Controller launch(
            EnvVars envVars, FilePath filePath, Launcher launcher, TaskListener taskListener)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
