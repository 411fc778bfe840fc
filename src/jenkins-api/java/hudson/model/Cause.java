package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Cause {
    public Cause() {}
}
