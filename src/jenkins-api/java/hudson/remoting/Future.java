package hudson.remoting;

/** Of org.jenkins-ci.main:remoting. */
public interface Future<V> extends java.util.concurrent.Future<V> {}
