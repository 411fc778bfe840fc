package org.kohsuke.accmod.restrictions;

import org.kohsuke.accmod.AccessRestriction;

/** Of org.kohsuke:access-modifier-annotation. */
public class DoNotUse extends AccessRestriction {
    public DoNotUse() {}
}
