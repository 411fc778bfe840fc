package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface Describable<T extends Describable<T>> {}
