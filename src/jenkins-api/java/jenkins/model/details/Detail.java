package jenkins.model.details;

import hudson.model.Actionable;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Detail {
    public Detail(Actionable actionable) {}

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public String getIconClassName() {
        throw new UnsupportedOperationException();
    }

    public String getLink() {
        throw new UnsupportedOperationException();
    }
}
