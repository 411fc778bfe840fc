package hudson;

import java.util.Map;
import java.util.TreeMap;

/** Of org.jenkins-ci.main:jenkins-core. */
public class EnvVars extends TreeMap<String, String> {
    public EnvVars() {}

    public EnvVars(EnvVars envVars) {}

    public String expand(String string) {
        throw new UnsupportedOperationException();
    }

    public EnvVars overrideExpandingAll(Map<String, String> map) {
        throw new UnsupportedOperationException();
    }

    public String put(String string, String string2) {
        throw new UnsupportedOperationException();
    }
}
