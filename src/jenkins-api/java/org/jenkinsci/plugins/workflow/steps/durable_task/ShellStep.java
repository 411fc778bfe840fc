package org.jenkinsci.plugins.workflow.steps.durable_task;

import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** Of org.jenkins-ci.plugins.workflow:workflow-durable-task-step. */
public final class ShellStep extends DurableTaskStep {
    @DataBoundConstructor
    public ShellStep(String string) {}

    public StepExecution start(StepContext stepContext) throws Exception {
        throw new UnsupportedOperationException();
    }
}
