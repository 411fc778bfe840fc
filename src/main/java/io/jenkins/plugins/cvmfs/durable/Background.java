package io.jenkins.plugins.cvmfs.durable;

import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.security.core.Authentication;

/** Threads for work that must not block the thread of the Pipeline, which all its branches share. */
public final class Background {
    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(new NamingThreadFactory(new DaemonThreadFactory(), "cvmfsDerivedImage"));

    private Background() {}

    static Future<?> run(Runnable work) {
        return THREADS.submit(work);
    }

    /** Runs a task with an authentication. */
    @SuppressWarnings("try")
    static void as(Authentication authentication, AgentConnection.Work work) throws Exception {
        try (ACLContext ignored = ACL.as2(authentication)) {
            work.run();
        }
    }

    /**
     * Waits for an answer for a limited time.
     *
     * @param authentication as whom
     */
    @SuppressWarnings("try")
    static <T> T within(int seconds, Authentication authentication, Callable<T> work)
            throws IOException, InterruptedException {
        Future<T> answer = THREADS.submit(() -> {
            try (ACLContext ignored = ACL.as2(authentication)) {
                return work.call();
            }
        });
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
