package io.jenkins.plugins.cvmfs.durable;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Ends a durable build: stops its script, notices an end that was not reported, and cleans up on the agent. */
final class DurableEnd {
    private static final Logger LOGGER = Logger.getLogger(DurableEnd.class.getName());

    /** Longer than the script may take to clean up. */
    private static final int STOP_SECONDS = 40;

    /** How long a stop waits for an agent that is offline: after a restart, agents need some time to reconnect. */
    private static final int AWAY_SECONDS = 20;

    private static final int AGENT_SECONDS = 300;
    private static final int SETTLE_SECONDS = 30;

    private final DurableExecution execution;
    private final BuildState state;

    DurableEnd(DurableExecution execution, BuildState state) {
        this.execution = execution;
        this.state = state;
    }

    /** Stops the script, or the inner step if the script cannot be reached. */
    void stopScript() {
        execution.step().println("Stopping the build; it removes what it created.");
        boolean stopped = false;
        try {
            new AgentConnection(state.node(), () -> false, execution.step()::println).await(AWAY_SECONDS);
            stopped = Background.within(
                    STOP_SECONDS,
                    execution.step().authentication(),
                    () -> execution.site().stop());
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.INFO, "Cannot stop the build on " + state.node() + " itself", e);
        }
        try {
            if (!stopped && state.hasScript()) {
                execution.stopInner();
            }
        } catch (Exception e) {
            execution.ended(null, e);
        }
    }

    /**
     * Jenkins may have been killed after the script ended but before that was saved. Then the inner step would wait for
     * a long time.
     */
    void lookForEnd() {
        try {
            new AgentConnection(state.node(), state::isStopped, execution.step()::println).await(AGENT_SECONDS);
            Optional<Integer> exitCode = execution.site().exitCode();
            if (exitCode.isPresent()) {
                TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
                execution.ended(exitCode.get(), null);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.FINE, "The inner step will tell of the end", e);
        }
    }

    /** Removes the build from the agent. Returns even if the agent does not answer. */
    void cleanUp() {
        try {
            Background.within(STOP_SECONDS, execution.step().authentication(), () -> {
                execution.site().close();
                return true;
            });
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.INFO, "Cannot clean up on " + state.node(), e);
            Leftovers.add(state.node(), state.directory());
            execution
                    .step()
                    .println("Cannot clean up on " + state.node() + " now (" + e.getMessage()
                            + "); it is cleaned up when the agent is back, or by the next build there.");
        }
    }
}
