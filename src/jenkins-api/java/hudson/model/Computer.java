package hudson.model;

import hudson.remoting.VirtualChannel;
import hudson.security.AccessControlled;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Computer extends Actionable implements AccessControlled {
    protected Computer(Node node) {}

    public abstract VirtualChannel getChannel();

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public Node getNode() {
        throw new UnsupportedOperationException();
    }
}
