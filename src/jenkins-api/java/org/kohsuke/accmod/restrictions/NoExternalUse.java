package org.kohsuke.accmod.restrictions;

/** Of org.kohsuke:access-modifier-annotation. */
public class NoExternalUse extends DoNotUse {
    public NoExternalUse() {}
}
