package hudson.remoting;

/** Of org.jenkins-ci.main:remoting. */
public interface VirtualChannel {
    <T> T export(Class<T> type, T t);
}
