package hudson.util;

import java.io.Serializable;

/** Of org.jenkins-ci.main:jenkins-core. */
public final class Secret implements Serializable {
    Secret(String string) {}

    public static Secret fromString(String data) {
        throw new UnsupportedOperationException();
    }

    public String getEncryptedValue() {
        throw new UnsupportedOperationException();
    }

    public String getPlainText() {
        throw new UnsupportedOperationException();
    }
}
