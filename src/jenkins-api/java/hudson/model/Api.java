package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public class Api extends AbstractModelObject {
    public Api(Object bean) {}
}
