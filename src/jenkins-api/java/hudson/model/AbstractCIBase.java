package hudson.model;

import hudson.security.AccessControlled;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class AbstractCIBase extends Node implements ItemGroup<TopLevelItem>, AccessControlled {
    public AbstractCIBase() {}
}
