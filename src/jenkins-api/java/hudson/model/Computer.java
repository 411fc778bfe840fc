package hudson.model;

import hudson.security.AccessControlled;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Computer extends Actionable implements AccessControlled {
    protected Computer(Node node) {}

    public Node getNode() {
        throw new UnsupportedOperationException();
    }
}
