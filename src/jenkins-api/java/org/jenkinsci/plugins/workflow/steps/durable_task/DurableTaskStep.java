package org.jenkinsci.plugins.workflow.steps.durable_task;

import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** Of org.jenkins-ci.plugins.workflow:workflow-durable-task-step. */
public abstract class DurableTaskStep extends Step {
    public DurableTaskStep() {}

    @DataBoundSetter
    public void setReturnStatus(boolean value) {
        throw new UnsupportedOperationException();
    }

    public StepExecution start(StepContext stepContext) throws Exception {
        throw new UnsupportedOperationException();
    }

    protected abstract DurableTask task();
}
