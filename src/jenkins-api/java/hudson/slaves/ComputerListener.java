package hudson.slaves;

import hudson.ExtensionPoint;
import hudson.model.Computer;
import hudson.model.TaskListener;
import java.io.IOException;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class ComputerListener implements ExtensionPoint {
    public ComputerListener() {}

    public void onOffline(Computer computer, OfflineCause offlineCause) {
        throw new UnsupportedOperationException();
    }

    public void onOnline(Computer computer, TaskListener taskListener) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
