package io.jenkins.plugins.cvmfs.durable;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The connection to an agent, which may be lost and come back. */
@Restricted(NoExternalUse.class)
public final class AgentConnection {
    private static final Logger LOGGER = Logger.getLogger(AgentConnection.class.getName());

    /** As long as the step {@code sh} waits for an agent to return. */
    private static final int AGENT_SECONDS = 300;

    private static final int NOTICE_SECONDS = 2;

    private final String node;
    private final BooleanSupplier stopped;
    private final Consumer<String> log;

    /**
     * @param node the agent's name
     * @param stopped whether the caller has given up
     * @param log receives a message about a wait
     */
    public AgentConnection(String node, BooleanSupplier stopped, Consumer<String> log) {
        this.node = node;
        this.stopped = stopped;
        this.log = log;
    }

    /** Work that can be repeated. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Does something on the agent once it is online, and again if the agent was lost meanwhile. */
    public void perform(Work work) throws Exception {
        while (true) {
            VirtualChannel channel = await(AGENT_SECONDS);
            try {
                work.run();
                return;
            } catch (AbortException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                TimeUnit.SECONDS.sleep(NOTICE_SECONDS);
                if (channel() == channel) {
                    throw e;
                }
                LOGGER.log(Level.FINE, "Lost " + node, e);
            }
        }
    }

    /**
     * A file or directory of the agent.
     *
     * @throws IOException if the agent is offline
     */
    public FilePath file(String path) throws IOException {
        VirtualChannel channel = channel();
        if (channel == null) {
            throw new IOException(node + " is away");
        }
        return new FilePath(channel, path);
    }

    /** Waits until the agent is online. */
    public VirtualChannel await(int seconds) throws IOException, InterruptedException {
        for (int i = 0; i < seconds; i++) {
            VirtualChannel channel = channel();
            if (channel != null) {
                return channel;
            }
            if (stopped.getAsBoolean()) {
                throw new InterruptedException("stopped while the agent was away");
            }
            if (i == 0) {
                log.accept("Waiting for " + node + " to come back.");
            }
            TimeUnit.SECONDS.sleep(1);
        }
        throw new AbortException(node + " did not come back within " + seconds + " s.");
    }

    private VirtualChannel channel() {
        Computer computer = Jenkins.get().getComputer(node);
        return computer == null ? null : computer.getChannel();
    }
}
