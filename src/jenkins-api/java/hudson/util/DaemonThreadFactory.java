package hudson.util;

import java.util.concurrent.ThreadFactory;

/** Of org.jenkins-ci.main:jenkins-core. */
public class DaemonThreadFactory implements ThreadFactory {
    public DaemonThreadFactory() {}

    public Thread newThread(Runnable runnable) {
        throw new UnsupportedOperationException();
    }
}
