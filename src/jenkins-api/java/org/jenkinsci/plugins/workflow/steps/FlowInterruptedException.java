package org.jenkinsci.plugins.workflow.steps;

/** Of org.jenkins-ci.plugins.workflow:workflow-step-api. */
public final class FlowInterruptedException extends InterruptedException {
    private FlowInterruptedException() {}
}
