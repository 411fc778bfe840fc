package hudson.model;

import java.io.Serializable;

/** Of org.jenkins-ci.main:jenkins-core. */
public final class Result implements Serializable {
    private Result() {}
}
