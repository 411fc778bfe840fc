package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public class ResourceController {
    public ResourceController() {}
}
