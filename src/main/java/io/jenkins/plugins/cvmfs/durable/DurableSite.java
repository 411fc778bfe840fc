package io.jenkins.plugins.cvmfs.durable;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.agent.EndNotice;
import io.jenkins.plugins.cvmfs.agent.Ending;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Finding;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.runner.Outcome;
import io.jenkins.plugins.cvmfs.engine.runner.Results;
import io.jenkins.plugins.cvmfs.engine.runner.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * The site of a durable build: a private directory on an agent, with the script run by the step {@code sh} as an inner
 * step. After a restart of Jenkins, a new object continues where the former one stopped.
 */
final class DurableSite implements Site {
    private final StepContext context;
    private final ScriptContext.Owner owner;
    private final DurableDirectory durable;
    private AgentSite agent;
    private StepExecution script;

    /**
     * @param context of the outer step
     * @param owner the outer step
     * @param durable the private directory
     */
    DurableSite(StepContext context, ScriptContext.Owner owner, DurableDirectory durable) {
        this.context = context;
        this.owner = owner;
        this.durable = durable;
    }

    /** Lets another site of the same directory write the files, including those that are not in the plan. */
    DurableSite with(AgentSite site) {
        agent = site;
        return this;
    }

    /** Whether all files have been written. */
    boolean isReady() throws IOException, InterruptedException {
        return durable.isReady();
    }

    /** The path of the directory. */
    FilePath path() {
        return durable.path();
    }

    @Override
    public void layDown(List<PlannedFile> files) throws IOException, InterruptedException {
        durable.make(agent, files);
    }

    @Override
    public void start() throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        ScriptContext inner = new ScriptContext(context, owner, durable.path().getRemote());
        script = BuildShell.start(inner, durable.command(workspace));
        StepExecution started = script;
        durable.noticeEnd(EndNotice.Listener.once(() -> Background.run(() -> BuildShell.look(started))));
    }

    /** The inner step, once it has started. */
    StepExecution script() {
        return script;
    }

    /** The exit code that the script left; empty while it runs, or if it was lost. */
    Optional<Integer> exitCode() throws IOException, InterruptedException {
        return Optional.ofNullable(durable.ending().exitCode());
    }

    @Override
    public Outcome collect() throws BuildFailedException, IOException, InterruptedException {
        Ending ending = durable.ending();
        if (ending.exitCode() == null) {
            throw new BuildFailedException(new Finding(
                    "The build was lost: its script did not leave an exit code.",
                    "Its processes were killed, its machine or container was restarted, or the disk is full; which of"
                            + " them is not known.",
                    "See the output above, the machine's log ('dmesg') and its disk, then build again."));
        }
        return new Outcome(ending.exitCode(), ending.lastOutput(), Duration.ofMillis(ending.millis()));
    }

    @Override
    public Optional<String> read(ResultFile file) throws IOException, InterruptedException, UnreadableResultException {
        return durable.read(file);
    }

    @Override
    public Results in(String folder) throws IOException, InterruptedException {
        return durable.in(folder);
    }

    /** Stops the build and waits until it has cleaned up. Returns false if it still runs. */
    boolean stop() throws IOException, InterruptedException {
        // Right after a restart, the agent may be online before Jenkins connects it to the build.
        boolean known = context.get(FilePath.class) != null;
        return known ? durable.stop(context.get(Launcher.class), context.get(TaskListener.class)) : durable.abandon();
    }

    @Override
    public UnaryOperator<String> naming() {
        return OptionTable::inPipeline;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!durable.close()) {
            stop();
            durable.remove();
        }
    }
}
