package io.jenkins.plugins.cvmfs.durable;

import java.io.IOException;
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
     * Starts a script. The step ends with the script's exit code, whatever it is.
     *
     * @param context gets the exit code
     */
    public static StepExecution start(StepContext context, String script) throws IOException, InterruptedException {
        ShellStep step = new ShellStep(script);
        step.setReturnStatus(true);
        try {
            StepExecution execution = step.start(context);
            execution.start();
            return execution;
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("Cannot start the step sh: " + e.getMessage(), e);
        }
    }
}
