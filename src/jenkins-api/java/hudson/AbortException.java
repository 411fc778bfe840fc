package hudson;

import java.io.IOException;

/** Of org.jenkins-ci.main:jenkins-core. */
public class AbortException extends IOException {
    public AbortException(String string) {}
}
