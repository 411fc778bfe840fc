package io.jenkins.plugins.cvmfs.durable;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.OutputStream;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.Controller;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.durable_task.DurableTaskStep;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The step {@code sh}, as an inner step, whose script several threads may check: besides the polls of {@code sh}, there
 * is one check when the agent reports the end of the script.
 */
@Restricted(NoExternalUse.class)
public final class BuildShell extends DurableTaskStep {
    private final String script;

    private BuildShell(String script) {
        this.script = script;
    }

    /**
     * Starts a script. The step ends with the script's exit code, whatever it is.
     *
     * @param context gets the exit code
     */
    public static StepExecution start(StepContext context, String script) throws IOException, InterruptedException {
        BuildShell step = new BuildShell(script);
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

    /** Checks whether the script has ended, as {@code sh} does when it polls. */
    static void look(StepExecution execution) {
        if (execution instanceof Runnable look) {
            look.run();
        }
    }

    @Override
    protected DurableTask task() {
        return new Task(script);
    }

    /** Starts the shell. */
    private static final class Task extends DurableTask {
        private final BourneShellScript shell;

        Task(String script) {
            this.shell = new BourneShellScript(script);
        }

        @Override
        public Controller launch(EnvVars env, FilePath workspace, Launcher launcher, TaskListener listener)
                throws IOException, InterruptedException {
            return new Looks(shell.launch(env, workspace, launcher, listener));
        }

        @Override
        public void defaultCharset() {
            shell.defaultCharset();
        }
    }

    /** Allows one check at a time, so that no line of the output is read twice, and none after the last one. */
    static final class Looks extends Controller {
        private static final long serialVersionUID = 1L;

        private final Controller shell;
        private Integer exitCode;
        private boolean removed;

        Looks(Controller shell) {
            this.shell = shell;
        }

        @Override
        public synchronized boolean writeLog(FilePath workspace, OutputStream log)
                throws IOException, InterruptedException {
            return !removed && shell.writeLog(workspace, log);
        }

        @Override
        public synchronized Integer exitStatus(FilePath workspace, Launcher launcher, TaskListener listener)
                throws IOException, InterruptedException {
            if (exitCode == null) {
                exitCode = shell.exitStatus(workspace, launcher, listener);
            }
            return exitCode;
        }

        @Override
        public synchronized void cleanup(FilePath workspace) throws IOException, InterruptedException {
            if (!removed) {
                shell.cleanup(workspace);
                removed = true;
            }
        }

        /** Does not wait for a running check, which may take long. */
        @Override
        public void stop(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
            shell.stop(workspace, launcher);
        }

        @Override
        public String getDiagnostics(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
            return shell.getDiagnostics(workspace, launcher);
        }
    }
}
