package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface BuildListener extends TaskListener {}
