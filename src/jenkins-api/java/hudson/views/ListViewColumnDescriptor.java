package hudson.views;

import hudson.model.Descriptor;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class ListViewColumnDescriptor extends Descriptor<ListViewColumn> {
    public boolean shownByDefault() {
        throw new UnsupportedOperationException();
    }
}
