package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface TopLevelItem extends Item, Describable<TopLevelItem> {}
