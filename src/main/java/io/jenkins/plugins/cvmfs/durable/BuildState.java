package io.jenkins.plugins.cvmfs.durable;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The progress of a durable build, and everything about it that must survive a restart of Jenkins: only texts and
 * numbers, besides the result of the step.
 *
 * <p>Every transition is atomic and happens once, because threads of the Pipeline, of the inner step and of the build
 * itself call at any time. The phase is written last, so that a state saved in between contains what its phase needs.
 */
public final class BuildState implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The phases. */
    public enum Phase {
        /** Nothing runs; files may have been written. */
        PREPARE,
        /** The script was started. */
        SCRIPT,
        /** The script has ended. */
        COLLECT,
        /** The result of the step is known. */
        END
    }

    private final String id;
    private final long started = System.currentTimeMillis();
    private volatile Phase phase = Phase.PREPARE;
    private volatile String node;
    private volatile String directory;
    private volatile String options;
    private volatile Planned planned;
    private volatile Integer exitCode;
    private volatile Throwable stopCause;
    private volatile Throwable failure;
    private volatile Serializable result;
    private transient boolean launching;
    private transient volatile boolean delivered;

    /** What is known once the build is planned. */
    public static final class Planned implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ArrayList<SavedImage> images;
        private final ArrayList<String> hidden;
        private final HashMap<String, String> logins;

        /**
         * @param images the requested images
         * @param hidden texts that the log must mask, encrypted
         * @param logins descriptions of the logins it uses, by the registry's host
         */
        public Planned(List<SavedImage> images, List<String> hidden, Map<String, String> logins) {
            this.images = new ArrayList<>(images);
            this.hidden = new ArrayList<>(hidden);
            this.logins = new HashMap<>(logins);
        }

        List<SavedImage> images() {
            return images;
        }

        List<String> hidden() {
            return hidden;
        }

        Map<String, String> logins() {
            return logins;
        }
    }

    /** Starts a script. */
    @FunctionalInterface
    public interface Launch {
        void run() throws Exception;
    }

    /**
     * @param id of the build
     * @param options the options of the step, encrypted
     */
    public BuildState(String id, String options) {
        this.id = id;
        this.options = options;
    }

    /**
     * Sets where the build runs.
     *
     * @param agent the agent's name
     * @param path of the private directory
     */
    public synchronized void place(String agent, String path) {
        node = agent;
        directory = path;
    }

    /** Sets what is known from the plan. If the build is planned again, the last call counts. */
    public synchronized void planned(Planned what) {
        planned = what;
    }

    /**
     * Starts the script unless the build was stopped or the script has been started before.
     *
     * @return whether it was started
     */
    public boolean launch(Launch launch) throws Exception {
        synchronized (this) {
            if (isStopped() || launching || phase != Phase.PREPARE) {
                return false;
            }
            launching = true;
        }
        try {
            launch.run();
            synchronized (this) {
                options = null;
                phase = Phase.SCRIPT;
            }
            return true;
        } finally {
            synchronized (this) {
                launching = false;
                notifyAll();
            }
        }
    }

    /** The script may end or be stopped while it is still being started, which takes a while. */
    private void awaitLaunch() {
        boolean interrupted = false;
        while (launching) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** After a restart, the script turned out to be started although the saved state does not say so. */
    public synchronized void resumeScript() {
        if (phase == Phase.PREPARE) {
            phase = Phase.SCRIPT;
        }
    }

    /**
     * The script has ended.
     *
     * @param code its exit code, or null
     * @param problem why the exit code is missing, or null
     * @return false if that was known already, or no script was started
     */
    public synchronized boolean scriptEnded(Integer code, Throwable problem) {
        awaitLaunch();
        if (phase != Phase.SCRIPT) {
            return false;
        }
        exitCode = code;
        failure = problem;
        phase = Phase.COLLECT;
        return true;
    }

    /**
     * Stops the build. Does not wait for a script that is just being started.
     *
     * @return false if it is being stopped already, or has ended
     */
    public synchronized boolean stop(Throwable cause) {
        if (isStopped() || phase == Phase.END) {
            return false;
        }
        stopCause = cause;
        return true;
    }

    /** Whether a script is running. Waits for one that is just being started. */
    public synchronized boolean hasScript() {
        awaitLaunch();
        return phase == Phase.SCRIPT;
    }

    /** Sets the result: one image or a list; null for a check of the Dockerfile. */
    public synchronized void collected(Serializable made) {
        result = made;
        end();
    }

    /** Sets the failure, unless one is known already. */
    public synchronized void failed(Throwable problem) {
        if (failure == null) {
            failure = problem;
        }
        end();
    }

    /** Nothing is left to do. */
    public synchronized void end() {
        phase = Phase.END;
    }

    /** Whether the caller must end the step; true once. */
    public synchronized boolean deliver() {
        boolean first = !delivered;
        delivered = true;
        return first;
    }

    /** Whether the results should be read. */
    public boolean isCollectable() {
        return phase == Phase.COLLECT && !isStopped() && failure == null;
    }

    /** The failure of the step; empty if it did not fail. */
    public synchronized Optional<Throwable> problem() {
        return Optional.ofNullable(isStopped() ? stopCause : failure);
    }

    public Phase phase() {
        return phase;
    }

    public boolean isStopped() {
        return stopCause != null;
    }

    public boolean isDelivered() {
        return delivered;
    }

    public String id() {
        return id;
    }

    /** Milliseconds of the epoch. */
    public long started() {
        return started;
    }

    public String node() {
        return node;
    }

    /** The private directory's path. */
    public String directory() {
        return directory;
    }

    /** The options of the step, encrypted; null once the script has been started. */
    public String options() {
        return options;
    }

    /** Empty until the build is planned. */
    public Optional<Planned> planned() {
        return Optional.ofNullable(planned);
    }

    /** The script's exit code as reported by the inner step, or null. */
    public Integer exitCode() {
        return exitCode;
    }

    public Throwable stopCause() {
        return stopCause;
    }

    public Serializable result() {
        return result;
    }
}
