package io.jenkins.plugins.cvmfs.durable;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a durable build is, and what must outlive a restart of Jenkins. It has only texts and numbers besides what
 * the step ends with.
 *
 * <p>Every transition is atomic and happens once: threads of the Pipeline, of the inner step and of the build itself
 * come at any time. The phase is written last, so that a state that is saved meanwhile has what its phase needs.
 */
public final class BuildState implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How far it is. */
    public enum Phase {
        /** Nothing runs; files may have been laid down. */
        PREPARE,
        /** The script was started. */
        SCRIPT,
        /** The script has ended. */
        COLLECT,
        /** What the step ends with is known. */
        END
    }

    private final String id;
    private final long started = System.currentTimeMillis();
    private volatile Phase phase = Phase.PREPARE;
    private volatile String node;
    private volatile String directory;
    private volatile String options;
    private volatile Laid laid;
    private volatile Integer exitCode;
    private volatile Throwable stopCause;
    private volatile Throwable failure;
    private volatile Serializable result;
    private transient boolean launching;
    private transient volatile boolean delivered;

    /** What is known once everything is laid down. */
    public static final class Laid implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ArrayList<SavedImage> images;
        private final ArrayList<String> hidden;
        private final HashMap<String, String> logins;

        /**
         * @param images what is wanted
         * @param hidden what the log must not show, encrypted
         * @param logins what the build logs in with, by the registry's host, for people
         */
        public Laid(List<SavedImage> images, List<String> hidden, Map<String, String> logins) {
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
     * @param options what is wanted, encrypted
     */
    public BuildState(String id, String options) {
        this.id = id;
        this.options = options;
    }

    /**
     * Notes where it builds.
     *
     * @param agent the agent's name
     * @param path of the private directory
     */
    public synchronized void place(String agent, String path) {
        node = agent;
        directory = path;
    }

    /** Notes that everything is laid down; laid down again, it counts again. */
    public synchronized void laidDown(Laid what) {
        laid = what;
    }

    /**
     * Starts the script, unless the build was stopped or the script was started before.
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

    /** An end may be told, or a stop come, while a script is being started, which takes a while. */
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

    /** A restart found the script started, though the state that was saved does not say so. */
    public synchronized void resumeScript() {
        if (phase == Phase.PREPARE) {
            phase = Phase.SCRIPT;
        }
    }

    /**
     * The script has ended.
     *
     * @param code its exit code, or null
     * @param problem why there is no exit code, or null
     * @return false if that was known, or no script was started
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
     * Somebody stops the build. This does not wait for a script that is just being started.
     *
     * @return false if it is being stopped, or has its end
     */
    public synchronized boolean stop(Throwable cause) {
        if (isStopped() || phase == Phase.END) {
            return false;
        }
        stopCause = cause;
        return true;
    }

    /** Whether a script was started that has not ended; waits for one that is just being started. */
    public synchronized boolean hasScript() {
        awaitLaunch();
        return phase == Phase.SCRIPT;
    }

    /** What was made, one image or a list; null where a Dockerfile was only checked. */
    public synchronized void collected(Serializable made) {
        result = made;
        end();
    }

    /** It failed, unless a cause is known already. */
    public synchronized void failed(Throwable problem) {
        if (failure == null) {
            failure = problem;
        }
        end();
    }

    /** There is no more to do. */
    public synchronized void end() {
        phase = Phase.END;
    }

    /** Whether the caller is to give the step its end; true once. */
    public synchronized boolean deliver() {
        boolean first = !delivered;
        delivered = true;
        return first;
    }

    /** Whether the results are worth to be read. */
    public boolean isCollectable() {
        return phase == Phase.COLLECT && !isStopped() && failure == null;
    }

    /** With what the step fails; empty if it does not. */
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

    /** What is wanted, encrypted; null when the script was started. */
    public String options() {
        return options;
    }

    /** Empty before everything is laid down. */
    public Optional<Laid> laid() {
        return Optional.ofNullable(laid);
    }

    /** The script's exit code as the inner step tells it, or null. */
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
