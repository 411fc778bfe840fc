package hudson.slaves;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class OfflineCause {
    public OfflineCause() {}
}
