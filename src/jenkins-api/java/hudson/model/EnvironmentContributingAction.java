package hudson.model;

import hudson.EnvVars;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface EnvironmentContributingAction extends Action {
    default void buildEnvironment(Run<?, ?> run, EnvVars envVars) {
        throw new UnsupportedOperationException();
    }
}
