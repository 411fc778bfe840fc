package hudson;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface ExtensionPoint {}
