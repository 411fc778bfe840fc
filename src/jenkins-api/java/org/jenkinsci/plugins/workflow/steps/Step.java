package org.jenkinsci.plugins.workflow.steps;

import hudson.model.AbstractDescribableImpl;

/** Of org.jenkins-ci.plugins.workflow:workflow-step-api. */
public abstract class Step extends AbstractDescribableImpl<Step> {
    public Step() {}

    public abstract StepExecution start(StepContext stepContext) throws Exception;
}
