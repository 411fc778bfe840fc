package hudson.remoting;

/** Of org.jenkins-ci.main:remoting. */
public interface VirtualChannel {}
