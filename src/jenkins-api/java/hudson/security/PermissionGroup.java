package hudson.security;

import org.jvnet.localizer.Localizable;

/** Of org.jenkins-ci.main:jenkins-core. */
public final class PermissionGroup {
    public PermissionGroup(Class type, Localizable localizable) throws IllegalStateException {}
}
