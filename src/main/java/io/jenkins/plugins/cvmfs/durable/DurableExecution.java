package io.jenkins.plugins.cvmfs.durable;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.build.BuildPreparation;
import io.jenkins.plugins.cvmfs.build.DerivedImageBuild;
import io.jenkins.plugins.cvmfs.build.MaskedListener;
import io.jenkins.plugins.cvmfs.build.Prepared;
import io.jenkins.plugins.cvmfs.build.RunningBuild;
import io.jenkins.plugins.cvmfs.engine.runner.BuildId;
import io.jenkins.plugins.cvmfs.engine.runner.ImageBuild;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import io.jenkins.plugins.cvmfs.pages.DerivedImageResult;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs the step so that the build survives a restart of Jenkins and a lost connection. The step {@code sh} runs the
 * script, as an inner step of this one.
 *
 * <p>Each phase can be repeated: files that were written stay, a script is not started twice, and collected results are
 * saved before the directory is removed. {@link BuildState} holds the progress, {@link DurableSite} acts on the agent,
 * {@link DurableEnd} stops the build and cleans up.
 */
public final class DurableExecution extends StepExecution implements ScriptContext.Owner {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(DurableExecution.class.getName());

    private final BuildState state;
    private volatile StepExecution script;
    private transient volatile Future<?> task;

    public DurableExecution(StepContext context, ImageOptions options) {
        super(context);
        this.state = new BuildState(BuildId.create(), SavedText.of(options));
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        FilePath workspace = getContext().get(FilePath.class);
        Computer computer = workspace.toComputer();
        if (computer == null) {
            throw new AbortException(
                    "The agent of the workspace " + workspace.getRemote() + " is no longer part of this Jenkins.");
        }
        state.place(
                computer.getName(),
                step().surroundings().privateDirectory(state.id()).getRemote());
        requirePlainPath();
        inBackground(this::prepare);
        return false;
    }

    private void requirePlainPath() throws AbortException {
        if (state.directory().indexOf('\'') >= 0) {
            throw new AbortException("Derived images cannot be built in the workspace of this job: its path has an "
                    + "apostrophe (" + state.directory() + "), with which the step sh never ends.\n"
                    + "  Fix: rename the job or its folder, or use another workspace with the step ws.");
        }
    }

    @Override
    public void onResume() {
        if (state.isDelivered()) {
            LOGGER.log(Level.FINE, "Stopped before it could go on");
        } else if (script == null && state.phase() != BuildState.Phase.END) {
            inBackground(this::prepare);
        } else if (state.phase() == BuildState.Phase.COLLECT || state.phase() == BuildState.Phase.END) {
            inBackground(this::finish);
        } else {
            state.resumeScript();
            AgentListener.add(this);
            script.onResume();
            Background.run(state.isStopped() ? ending()::stopScript : ending()::lookForEnd);
        }
    }

    private void prepare() throws Exception {
        agent().perform(() -> {
            Leftovers.remove(Jenkins.get().getComputer(state.node()));
            DurableSite site = site();
            if ((state.planned().isPresent() && site.isReady()) || layDown(site)) {
                launch(site);
            }
        });
        if (script == null) {
            boolean only = SavedText.options(state.options()).getImages().isEmpty();
            getContext().onSuccess(only ? null : new ArrayList<>());
        } else {
            getContext().saveState();
        }
    }

    /** Checks the build and writes all files. Returns false for a dry run. */
    private boolean layDown(DurableSite site) throws IOException, InterruptedException {
        Optional<Prepared> prepared = new BuildPreparation(
                        step().surroundings(), SavedText.options(state.options()), UnaryOperator.identity())
                .prepare(state.id());
        if (prepared.isEmpty()) {
            return false;
        }
        Prepared build = prepared.get();
        state.planned(new BuildState.Planned(
                SavedText.images(build.plan()), SavedText.of(build.log().secrets()), build.logins()));
        // Meanwhile the files are written; the directory itself says whether all of them are there.
        Future<?> saved = getContext().saveState();
        new ImageBuild(site.with(build.site()), started()).layDown(build.plan());
        step().await(saved);
        return true;
    }

    private void launch(DurableSite site) throws Exception {
        boolean launched = state.launch(() -> {
            new ImageBuild(site, started()).start();
            script = site.script();
            AgentListener.add(this);
        });
        if (!launched) {
            throw new InterruptedException("stopped before the script was started");
        }
    }

    @Override
    public TaskListener log(TaskListener listener) {
        return hidden().isEmpty() ? listener : new ScriptLog(listener, mask(listener));
    }

    private List<String> hidden() {
        return state.planned().map(BuildState.Planned::hidden).orElse(List.of());
    }

    private MaskedListener mask(TaskListener listener) {
        return new MaskedListener(listener, SavedText.texts(hidden()));
    }

    @Override
    public void ended(Integer code, Throwable problem) {
        Background.run(() -> {
            // Other exceptions may contain objects that cannot be saved.
            Throwable saved = problem == null || problem instanceof FlowInterruptedException
                    ? problem
                    : new AbortException(problem.getMessage());
            if (state.scriptEnded(code, saved)) {
                AgentListener.remove(this);
                getContext().saveState();
                inBackground(this::finish);
            }
        });
    }

    private void finish() throws Exception {
        if (state.phase() == BuildState.Phase.COLLECT) {
            if (state.isCollectable()) {
                try {
                    agent().perform(this::collect);
                } catch (AbortException e) {
                    state.failed(e);
                }
            }
            state.end();
            step().save();
        }
        end();
    }

    private void collect() throws IOException, InterruptedException {
        BuildState.Planned planned = state.planned().orElseThrow();
        RunningBuild running = new RunningBuild(
                state.id(),
                SavedText.images(planned.images()),
                started(),
                mask(getContext().get(TaskListener.class)),
                planned.logins());
        DurableSite site = site();
        List<DerivedImageResult> made =
                new DerivedImageBuild(step().surroundings()).collect(running, site, site.path());
        boolean only = running.images().get(0).name().isEmpty();
        state.collected(only ? made.stream().findFirst().orElse(null) : new ArrayList<>(made));
    }

    private void end() {
        ending().cleanUp();
        if (state.deliver()) {
            Optional<Throwable> problem = state.problem();
            if (problem.isPresent()) {
                getContext().onFailure(problem.get());
            } else {
                getContext().onSuccess(state.result());
            }
        }
    }

    @Override
    public void stop(Throwable cause) {
        if (state.stop(cause)) {
            getContext().saveState();
            Background.run(this::interrupt);
        }
    }

    private void interrupt() {
        boolean started = state.hasScript();
        Future<?> running = task;
        if (started || running == null) {
            ending().stopScript();
        } else {
            running.cancel(true);
        }
    }

    @Override
    public String getStatus() {
        StepExecution inner = script;
        return state.phase() == BuildState.Phase.SCRIPT && inner != null ? inner.getStatus() : "phase " + state.phase();
    }

    @Override
    public boolean blocksRestart() {
        Future<?> running = task;
        return running != null && !running.isDone();
    }

    /** Whether there is a build on an agent. */
    boolean isOn(String agent) {
        return agent.equals(state.node());
    }

    private void inBackground(AgentConnection.Work work) {
        task = Background.run(() -> {
            try {
                Background.as(step().authentication(), work);
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
        state.failed(e);
        end();
    }

    private DurableEnd ending() {
        return new DurableEnd(this, state);
    }

    /** Stops the inner step, if the script itself cannot be reached. */
    void stopInner() throws Exception {
        script.stop(state.stopCause());
    }

    private AgentConnection agent() {
        return new AgentConnection(state.node(), state::isStopped, step()::println);
    }

    DurableSite site() throws IOException {
        return new DurableSite(getContext(), this, new DurableDirectory(agent().file(state.directory())));
    }

    private Instant started() {
        return Instant.ofEpochMilli(state.started());
    }

    /** What the Pipeline provides. */
    OuterStep step() {
        return new OuterStep(getContext());
    }
}
