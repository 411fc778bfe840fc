package io.jenkins.plugins.cvmfs.durable;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.agent.Ending;
import io.jenkins.plugins.cvmfs.build.DerivedImageBuild;
import io.jenkins.plugins.cvmfs.build.MaskedListener;
import io.jenkins.plugins.cvmfs.engine.runner.BuildId;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import io.jenkins.plugins.cvmfs.pages.DerivedImageResult;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * Runs the step so that the build outlives a restart of Jenkins and a lost connection: its script is run by the step
 * {@code sh}, as an inner step of this one.
 *
 * <p>Each phase can be begun again: what is laid down stays, a script that was started is not started twice, and what
 * was collected is saved before the directory goes.
 */
public final class DurableExecution extends StepExecution implements ScriptContext.Owner {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(DurableExecution.class.getName());

    /** Longer than the script has for its clean-up. */
    private static final int STOP_SECONDS = 40;

    /** How long a stop waits for an agent that is away: after a restart agents need some time to come back. */
    private static final int AWAY_SECONDS = 20;

    private static final int SAVE_SECONDS = 60;
    private static final int AGENT_SECONDS = 300;
    private static final int SETTLE_SECONDS = 30;

    /** How far it is. */
    private enum Phase {
        PREPARE,
        SCRIPT,
        COLLECT,
        END
    }

    private final String id = BuildId.create();
    private final long started = System.currentTimeMillis();
    private volatile Phase phase = Phase.PREPARE;
    private volatile String options;
    private volatile String node;
    private volatile String directory;
    private volatile ArrayList<String> hidden;
    private volatile StepExecution script;
    private volatile Integer exitCode;
    private volatile Throwable stopCause;
    private volatile Throwable failure;
    private volatile DerivedImageResult result;
    private transient volatile Future<?> task;
    private transient volatile boolean delivered;

    public DurableExecution(StepContext context, ImageOptions options) {
        super(context);
        this.options = SavedText.of(options);
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        FilePath workspace = getContext().get(FilePath.class);
        Computer computer = workspace.toComputer();
        if (computer == null) {
            throw new AbortException("The agent of the workspace " + workspace.getRemote() + " has gone.");
        }
        node = computer.getName();
        directory = AgentSite.directory(workspace, id).getRemote();
        inBackground(this::prepare);
        return false;
    }

    @Override
    public void onResume() {
        if (delivered) {
            LOGGER.log(Level.FINE, "Stopped before it could go on");
        } else if (script == null && phase != Phase.END) {
            inBackground(this::prepare);
        } else if (phase == Phase.COLLECT || phase == Phase.END) {
            inBackground(this::finish);
        } else {
            phase = Phase.SCRIPT;
            AgentListener.add(this);
            script.onResume();
            Background.run(stopCause == null ? this::lookForEnd : this::stopScript);
        }
    }

    private void prepare() throws Exception {
        agent().perform(() -> {
            Leftovers.remove(Jenkins.get().getComputer(node));
            DurableDirectory durable = durable();
            if (hidden == null || !durable.isReady()) {
                durable.remove();
                Optional<DerivedImageBuild.Prepared> prepared =
                        build().prepare(SavedText.options(options), UnaryOperator.identity(), id);
                if (prepared.isEmpty()) {
                    return;
                }
                durable.make(prepared.get().site(), prepared.get().plan());
                hidden = SavedText.of(prepared.get().log().secrets());
            }
            save();
            launch(durable.command(getContext().get(FilePath.class)));
        });
        if (script == null) {
            getContext().onSuccess(null);
        } else {
            getContext().saveState();
        }
    }

    // A stop waits here until the script can be stopped.
    private synchronized void launch(String command) throws Exception {
        if (stopCause != null) {
            throw new InterruptedException("stopped before the script was started");
        }
        script = DurableShell.start(new ScriptContext(getContext(), this, directory), command);
        phase = Phase.SCRIPT;
        options = null;
        AgentListener.add(this);
    }

    @Override
    public TaskListener log(TaskListener listener) {
        return hidden.isEmpty() ? listener : new ScriptLog(listener, mask(listener));
    }

    private MaskedListener mask(TaskListener listener) {
        return new MaskedListener(listener, hidden == null ? List.of() : SavedText.texts(hidden));
    }

    @Override
    public void ended(Integer code, Throwable problem) {
        Background.run(() -> {
            if (scriptEnded(code, problem)) {
                getContext().saveState();
                inBackground(this::finish);
            }
        });
    }

    private synchronized boolean scriptEnded(Integer code, Throwable problem) {
        boolean first = phase == Phase.SCRIPT;
        if (first) {
            AgentListener.remove(this);
            exitCode = code;
            // Other exceptions may hold what cannot be saved.
            failure = problem == null || problem instanceof FlowInterruptedException
                    ? problem
                    : new AbortException(problem.getMessage());
            phase = Phase.COLLECT;
        }
        return first;
    }

    private void finish() throws Exception {
        if (phase == Phase.COLLECT) {
            try {
                if (stopCause == null && failure == null) {
                    agent().perform(this::collect);
                }
            } catch (AbortException e) {
                failure = e;
            }
            phase = Phase.END;
            save();
        }
        end();
    }

    private void collect() throws IOException, InterruptedException {
        DurableDirectory durable = durable();
        DerivedImageBuild build = build();
        Ending ending = durable.ending();
        if (ending.exitCode() == null) {
            throw new AbortException(
                    "The build was lost: its script ended without leaving an exit code (" + exitCode
                            + "). The machine may have restarted, or its disk may be full; see the output above, then build again.");
        }
        result = build.finish(
                id,
                durable.path(),
                durable,
                ending,
                Instant.ofEpochMilli(started),
                mask(getContext().get(TaskListener.class)));
    }

    private void end() {
        remove();
        delivered = true;
        Throwable problem = stopCause == null ? failure : stopCause;
        if (problem == null) {
            getContext().onSuccess(result);
        } else {
            getContext().onFailure(problem);
        }
    }

    // Whatever keeps the agent from answering, the step must end.
    private void remove() {
        try {
            Background.within(STOP_SECONDS, authentication(), () -> {
                DurableDirectory durable = durable();
                if (durable.exists()) {
                    if (durable.isReady() && durable.ending().exitCode() == null) {
                        stop(durable);
                    }
                    durable.remove();
                }
                return true;
            });
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.INFO, "Cannot clean up on " + node, e);
            Leftovers.add(node, directory);
            println("Cannot clean up on " + node + " now (" + e.getMessage()
                    + "); it is done when the agent is back, or at the next build there.");
        }
    }

    @Override
    public void stop(Throwable cause) {
        if (stopCause == null) {
            stopCause = cause;
            getContext().saveState();
            Background.run(this::interrupt);
        }
    }

    private void interrupt() {
        Future<?> running;
        synchronized (this) {
            running = phase == Phase.SCRIPT ? null : task;
        }
        if (running == null) {
            stopScript();
        } else {
            running.cancel(true);
        }
    }

    private void stopScript() {
        println("Stopping the build; it removes what it made.");
        boolean stopped = false;
        try {
            new AgentConnection(node, () -> false, this::println).await(AWAY_SECONDS);
            stopped = Background.within(STOP_SECONDS, authentication(), () -> stop(durable()));
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.INFO, "Cannot stop the build on " + node + " itself", e);
        }
        try {
            if (!stopped && phase == Phase.SCRIPT) {
                script.stop(stopCause);
            }
        } catch (Exception e) {
            ended(null, e);
        }
    }

    /**
     * Jenkins may have been killed between the end of the script and the note of it: then the inner step waits for
     * long.
     */
    private void lookForEnd() {
        try {
            agent().await(AGENT_SECONDS);
            Ending ending = durable().ending();
            if (ending.exitCode() != null) {
                TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
                ended(ending.exitCode(), null);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.FINE, "The inner step will tell of the end", e);
        }
    }

    @Override
    public String getStatus() {
        StepExecution inner = script;
        return phase == Phase.SCRIPT && inner != null ? inner.getStatus() : "phase " + phase;
    }

    @Override
    public boolean blocksRestart() {
        Future<?> running = task;
        return running != null && !running.isDone();
    }

    @SuppressWarnings("try")
    private void inBackground(AgentConnection.Work work) {
        task = Background.run(() -> {
            try (ACLContext ignored = ACL.as2(authentication())) {
                work.run();
            } catch (Throwable e) {
                giveUp(e);
            }
        });
    }

    private void giveUp(Throwable e) {
        if (Jenkins.get().isTerminating()) {
            LOGGER.log(Level.FINE, "Goes on when Jenkins is back", e);
            return;
        }
        // What is left to do must not be interrupted as well.
        Thread.interrupted();
        if (failure == null) {
            failure = e;
        }
        phase = Phase.END;
        end();
    }

    private AgentConnection agent() {
        return new AgentConnection(node, () -> stopCause != null, this::println);
    }

    /** Whether it builds on an agent. */
    boolean isOn(String agent) {
        return agent.equals(node);
    }

    private DurableDirectory durable() throws IOException {
        return new DurableDirectory(agent().file(directory));
    }

    // Right after a restart the agent may be back, but not yet known to be that of the build.
    private boolean stop(DurableDirectory durable) throws IOException, InterruptedException {
        StepContext context = getContext();
        boolean known = context.get(FilePath.class) != null;
        return known ? durable.stop(context.get(Launcher.class), context.get(TaskListener.class)) : durable.abandon();
    }

    private DerivedImageBuild build() throws IOException, InterruptedException {
        StepContext context = getContext();
        return new DerivedImageBuild(
                context.get(Run.class),
                context.get(FilePath.class),
                context.get(Launcher.class),
                context.get(EnvVars.class),
                context.get(TaskListener.class));
    }

    private Authentication authentication() throws IOException, InterruptedException {
        return getContext().get(FlowExecution.class).getAuthentication2();
    }

    private void save() throws IOException, InterruptedException {
        try {
            getContext().saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "The state of a build was not saved; a restart of Jenkins would lose it", e);
        }
    }

    private void println(String line) {
        try {
            getContext().get(TaskListener.class).getLogger().println(line);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, line, e);
        }
    }
}
