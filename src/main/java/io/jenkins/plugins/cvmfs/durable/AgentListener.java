package io.jenkins.plugins.cvmfs.durable;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import hudson.slaves.OfflineCause;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Tells durable scripts that their agent went offline or is back. If the agent pushes the output, the step {@code sh}
 * does not notice by itself, and Jenkins' own listener does not see a step inside another one.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class AgentListener extends ComputerListener {
    private static final Logger LOGGER = Logger.getLogger(AgentListener.class.getName());
    private static final int SETTLE_SECONDS = 15;

    private static final Set<DurableExecution> RUNNING =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    static void add(DurableExecution execution) {
        RUNNING.add(execution);
    }

    static void remove(DurableExecution execution) {
        RUNNING.remove(execution);
    }

    @Override
    public void onOffline(Computer computer, OfflineCause cause) {
        tell(computer);
    }

    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        tell(computer);
        Background.run(() -> Leftovers.remove(computer));
    }

    private static void tell(Computer computer) {
        List<DurableExecution> there;
        synchronized (RUNNING) {
            there = RUNNING.stream()
                    .filter(execution -> execution.isOn(computer.getName()))
                    .toList();
        }
        there.forEach(execution -> Timer.get().schedule(() -> look(execution), SETTLE_SECONDS, TimeUnit.SECONDS));
    }

    // The first check finds the old connection broken, the second opens a new one.
    private static void look(DurableExecution execution) {
        for (int i = 0; i < 2; i++) {
            LOGGER.log(Level.FINE, "durable script: {0}", execution.getStatus());
        }
    }
}
