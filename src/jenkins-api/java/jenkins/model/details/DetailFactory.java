package jenkins.model.details;

import hudson.ExtensionPoint;
import hudson.model.Actionable;
import java.util.List;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class DetailFactory<T extends Actionable> implements ExtensionPoint {
    public DetailFactory() {}

    public abstract List<? extends Detail> createFor(T t);

    public abstract Class<T> type();
}
