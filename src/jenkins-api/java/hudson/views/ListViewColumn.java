package hudson.views;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class ListViewColumn implements ExtensionPoint, Describable<ListViewColumn> {
    public Descriptor<ListViewColumn> getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
