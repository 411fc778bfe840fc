package hudson.model;

import java.io.Serializable;

/** Of org.jenkins-ci.main:jenkins-core. */
public final class Result implements Serializable {
    public final BallColor color = null;

    private Result() {}

    public static Result fromString(String string) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        throw new UnsupportedOperationException();
    }
}
