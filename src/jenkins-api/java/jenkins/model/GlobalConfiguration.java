package jenkins.model;

import hudson.model.Describable;
import hudson.model.Descriptor;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class GlobalConfiguration extends Descriptor<GlobalConfiguration> implements Describable<GlobalConfiguration> {
    protected GlobalConfiguration() {}

    public boolean configure(StaplerRequest2 staplerRequest2, JSONObject jsonObject) throws Descriptor.FormException {
        throw new UnsupportedOperationException();
    }
}
