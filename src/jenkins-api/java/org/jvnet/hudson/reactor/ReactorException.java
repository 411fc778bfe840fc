package org.jvnet.hudson.reactor;

/** Of org.jenkins-ci:task-reactor. */
public class ReactorException extends Exception {
    ReactorException(Throwable throwable) {}
}
