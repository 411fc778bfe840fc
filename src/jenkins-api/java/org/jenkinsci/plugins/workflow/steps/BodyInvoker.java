package org.jenkinsci.plugins.workflow.steps;

/** Of org.jenkins-ci.plugins.workflow:workflow-step-api. */
public abstract class BodyInvoker {
    public BodyInvoker() {}
}
