package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface Item extends AccessControlled {
    Permission CONFIGURE = null;

    Permission EXTENDED_READ = null;
}
