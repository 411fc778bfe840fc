package io.jenkins.plugins.cvmfs.agent;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Makes the agent report the end of a durable build's script. The step {@code sh} notices it too, but only when it
 * polls the next time. So nothing depends on this report, and if it fails, that is not an error.
 *
 * @param listener receives the report
 */
public record EndNotice(Listener listener) implements ControllerToAgentFileCallable<Void> {
    private static final Logger LOGGER = Logger.getLogger(EndNotice.class.getName());
    private static final int LOG_LIMIT = 4096;
    private static final int SETTLE_TIMES = 100;
    private static final int SETTLE_MILLIS = 10;

    /** Called on the controller. */
    public interface Listener {
        void ended();

        /** Does something at the first call only, since an agent may call as often as it likes. */
        static Listener once(Runnable work) {
            AtomicBoolean called = new AtomicBoolean();
            return () -> {
                if (called.compareAndSet(false, true)) {
                    work.run();
                }
            };
        }
    }

    /** Jenkins describes the call by this text before it is sent, when the listener has no channel yet. */
    @Override
    public String toString() {
        return "EndNotice";
    }

    @Override
    public Void invoke(File directory, VirtualChannel channel) {
        Thread thread = new Thread(() -> watch(directory.toPath()), "end of " + directory.getName());
        thread.setDaemon(true);
        thread.start();
        return null;
    }

    private void watch(Path directory) {
        Path folder = directory.resolve(PrivateDirectory.FOLDER);
        try {
            if (await(folder)) {
                awaitResult(directory);
                listener.ended();
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "The end of " + directory + " is not reported", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the exit code; false if the directory is removed before. */
    static boolean await(Path folder) throws IOException, InterruptedException {
        Path exit = folder.resolve(PrivateDirectory.EXIT_NAME);
        try (WatchService events = folder.getFileSystem().newWatchService()) {
            folder.register(events, StandardWatchEventKinds.ENTRY_CREATE);
            while (!Files.exists(exit)) {
                WatchKey key = events.take();
                key.pollEvents();
                if (!key.reset()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The shell that ran the script writes its exit code a moment later, beside the log of {@code sh}. */
    private static void awaitResult(Path directory) throws IOException, InterruptedException {
        String log = PrivateDirectory.text(directory, PrivateDirectory.FOLDER + "log", LOG_LIMIT)
                .strip();
        Path beside = Path.of(log).getParent();
        if (beside == null) {
            return;
        }
        Path result = beside.resolve("jenkins-result.txt");
        for (int i = 0; i < SETTLE_TIMES && Files.exists(beside); i++) {
            if (Files.exists(result) && Files.size(result) > 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        }
    }
}
