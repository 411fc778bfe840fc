package hudson.tools;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import java.io.Serializable;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class ToolInstallation implements Describable<ToolInstallation>, Serializable, ExtensionPoint {
    @Deprecated
    protected ToolInstallation(String string, String string2) {}

    public String getHome() {
        throw new UnsupportedOperationException();
    }

    public String getName() {
        throw new UnsupportedOperationException();
    }
}
