package hudson.util;

import java.util.concurrent.ThreadFactory;

/** Of org.jenkins-ci.main:jenkins-core. */
public final class NamingThreadFactory implements ThreadFactory {
    public NamingThreadFactory(ThreadFactory threadFactory, String string) {}

    public Thread newThread(Runnable runnable) {
        throw new UnsupportedOperationException();
    }
}
