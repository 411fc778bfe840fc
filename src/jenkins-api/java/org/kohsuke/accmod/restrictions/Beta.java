package org.kohsuke.accmod.restrictions;

/** Of org.kohsuke:access-modifier-annotation. */
public class Beta extends DoNotUse {
    public Beta() {}
}
