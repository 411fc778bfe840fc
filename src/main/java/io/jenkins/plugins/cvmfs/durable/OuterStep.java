package io.jenkins.plugins.cvmfs.durable;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.build.Surroundings;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.springframework.security.core.Authentication;

/** What the Pipeline provides to the step. */
record OuterStep(StepContext context) {
    private static final Logger LOGGER = Logger.getLogger(OuterStep.class.getName());
    private static final int SAVE_SECONDS = 60;

    Surroundings surroundings() throws IOException, InterruptedException {
        EnvVars env = context.get(EnvVars.class);
        EnvironmentExpander expander = context.get(EnvironmentExpander.class);
        Set<String> names = expander == null ? Set.of() : expander.getSensitiveVariables();
        return new Surroundings(
                context.get(Run.class),
                context.get(FilePath.class),
                context.get(Launcher.class),
                env,
                context.get(TaskListener.class),
                Surroundings.values(env, names));
    }

    Authentication authentication() throws IOException, InterruptedException {
        return context.get(FlowExecution.class).getAuthentication2();
    }

    /** Saves the state of the Pipeline, and waits for that. */
    void save() throws InterruptedException {
        await(context.saveState());
    }

    /** Waits until the state of the Pipeline is saved. */
    void await(Future<?> saved) throws InterruptedException {
        try {
            saved.get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "The state of a build was not saved; a restart of Jenkins would lose it", e);
        }
    }

    /** Writes a line into the log. */
    void println(String line) {
        try {
            context.get(TaskListener.class).getLogger().println(line);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, line, e);
        }
    }
}
