package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface Action extends ModelObject {
    String getDisplayName();

    String getIconFileName();

    String getUrlName();
}
