package hudson;

import hudson.model.TaskListener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Proc {
    protected Proc() {}

    public abstract int join() throws IOException, InterruptedException;

    public final int joinWithTimeout(long value, TimeUnit timeUnit, TaskListener taskListener) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public abstract void kill() throws IOException, InterruptedException;
}
