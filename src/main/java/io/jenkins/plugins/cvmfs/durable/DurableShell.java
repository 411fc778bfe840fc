package io.jenkins.plugins.cvmfs.durable;

import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.durable_task.ShellStep;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The step {@code sh}, as an inner step. */
@Restricted(NoExternalUse.class)
public final class DurableShell {

    private DurableShell() {}

    /**
     * Starts a script; it ends with its exit code, whatever that is.
     *
     * @param context gets the exit code
     */
    public static StepExecution start(StepContext context, String script) throws Exception {
        ShellStep step = new ShellStep(script);
        step.setReturnStatus(true);
        StepExecution execution = step.start(context);
        execution.start();
        return execution;
    }
}
