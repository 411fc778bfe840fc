package hudson.util;

import java.io.IOException;
import java.util.Collection;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class FormValidation extends IOException {
    private FormValidation(Kind kind) {}

    public static FormValidation aggregate(Collection<FormValidation> collection) {
        throw new UnsupportedOperationException();
    }

    public static FormValidation error(String string) {
        throw new UnsupportedOperationException();
    }

    public static FormValidation error(String string, Object... objects) {
        throw new UnsupportedOperationException();
    }

    public static FormValidation ok() {
        throw new UnsupportedOperationException();
    }

    public static FormValidation ok(String string) {
        throw new UnsupportedOperationException();
    }

    public static FormValidation warning(String string) {
        throw new UnsupportedOperationException();
    }

    public enum Kind {
        ERROR, OK, WARNING
    }
}
