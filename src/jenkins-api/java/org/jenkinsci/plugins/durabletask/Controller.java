package org.jenkinsci.plugins.durabletask;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/** Of org.jenkins-ci.plugins:durable-task. */
public abstract class Controller implements Serializable {
    public Controller() {}

    public abstract void cleanup(FilePath filePath) throws IOException, InterruptedException;

    public Integer exitStatus(FilePath filePath, Launcher launcher, TaskListener taskListener)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public String getDiagnostics(FilePath filePath, Launcher launcher) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public void stop(FilePath filePath, Launcher launcher) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public abstract boolean writeLog(FilePath filePath, OutputStream outputStream)
            throws IOException, InterruptedException;
}
