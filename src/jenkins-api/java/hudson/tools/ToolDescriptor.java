package hudson.tools;

import hudson.model.Descriptor;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class ToolDescriptor<T extends ToolInstallation> extends Descriptor<ToolInstallation> {
    protected ToolDescriptor() {}
}
