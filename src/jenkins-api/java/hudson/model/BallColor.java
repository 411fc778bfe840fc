package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public enum BallColor {
    RED
}
