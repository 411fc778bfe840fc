package org.kohsuke.accmod;

/** Of org.kohsuke:access-modifier-annotation. */
public abstract class AccessRestriction {
    public AccessRestriction() {}
}
