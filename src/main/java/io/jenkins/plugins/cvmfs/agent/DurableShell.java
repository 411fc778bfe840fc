package io.jenkins.plugins.cvmfs.agent;

import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.durable_task.ShellStep;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The step {@code sh}, whose plugin may not be there. */
@Restricted(NoExternalUse.class)
public final class DurableShell {
    private static final String STEP = "org.jenkinsci.plugins.workflow.steps.durable_task.ShellStep";

    private DurableShell() {}

    /** Whether the plugin is there. */
    public static boolean isThere() {
        try {
            Class.forName(STEP, false, DurableShell.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

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
