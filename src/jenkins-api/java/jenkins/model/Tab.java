package jenkins.model;

import hudson.model.Action;
import hudson.model.Actionable;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Tab implements Action {
    protected Actionable object;

    public Tab(Actionable actionable) {}
}
