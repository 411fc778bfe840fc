package hudson.model;

import hudson.security.AccessControlled;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Node extends AbstractModelObject implements AccessControlled {
    public Node() {}

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }
}
