package jenkins.agents;

import hudson.FilePath;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface ControllerToAgentFileCallable<T> extends FilePath.FileCallable<T> {}
