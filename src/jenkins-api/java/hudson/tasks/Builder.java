package hudson.tasks;

import hudson.model.Describable;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Builder extends BuildStepCompatibilityLayer implements Describable<Builder> {
    public Builder() {}
}
