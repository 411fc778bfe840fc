package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface PersistentDescriptor {
    void load();
}
