package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Actionable extends AbstractModelObject {
    public Actionable() {}

    public <T extends Action> T getAction(Class<T> type) {
        throw new UnsupportedOperationException();
    }
}
