package hudson.model;

import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Descriptor<T extends Describable<T>> {
    public final Class<? extends T> clazz = null;

    protected Descriptor() {}

    public boolean configure(StaplerRequest2 staplerRequest2, JSONObject jsonObject) throws FormException {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public void load() {
        throw new UnsupportedOperationException();
    }

    public T newInstance(StaplerRequest2 staplerRequest2, JSONObject jsonObject) throws FormException {
        throw new UnsupportedOperationException();
    }

    public void save() {
        throw new UnsupportedOperationException();
    }

    public static final class FormException extends Exception {
        public FormException(String string, String string2) {}
    }
}
