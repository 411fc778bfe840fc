package io.jenkins.plugins.cvmfs.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The builder of a step, or the default builder of the configuration. */
public final class BuilderOptions implements Describable<BuilderOptions> {
    private String name;
    private String driver;
    private String endpoint;
    private String image;
    private Boolean keep;
    private String credentialsId;
    private List<String> driverOpts;
    private List<String> nodes;
    private List<String> gc;
    private String buildkitdConfig;
    private List<String> buildkitdFlags;

    @DataBoundConstructor
    public BuilderOptions() {
        // All settings are optional.
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmpty(name);
    }

    @CheckForNull
    public String getDriver() {
        return driver;
    }

    @DataBoundSetter
    public void setDriver(String driver) {
        this.driver = Util.fixEmpty(driver);
    }

    @CheckForNull
    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = Util.fixEmpty(endpoint);
    }

    @CheckForNull
    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = Util.fixEmpty(image);
    }

    public boolean isKeep() {
        return keep == null || keep;
    }

    @DataBoundSetter
    public void setKeep(boolean keep) {
        this.keep = keep;
    }

    @NonNull
    public List<String> getDriverOpts() {
        return driverOpts == null ? new ArrayList<>() : driverOpts;
    }

    @DataBoundSetter
    public void setDriverOpts(List<String> driverOpts) {
        this.driverOpts = Lines.each(driverOpts);
    }

    /** X.509 client certificate for a remote buildkitd. */
    @CheckForNull
    public String getCredentialsId() {
        return Util.fixEmpty(credentialsId);
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmpty(credentialsId);
    }

    @NonNull
    public List<String> getNodes() {
        return nodes == null ? new ArrayList<>() : nodes;
    }

    @DataBoundSetter
    public void setNodes(List<String> nodes) {
        this.nodes = Lines.each(nodes);
    }

    /** Limits of BuildKit's cache. */
    @NonNull
    public List<String> getGc() {
        return gc == null ? new ArrayList<>() : gc;
    }

    @DataBoundSetter
    public void setGc(List<String> gc) {
        this.gc = Lines.each(gc);
    }

    @CheckForNull
    public String getBuildkitdConfig() {
        return buildkitdConfig;
    }

    @DataBoundSetter
    public void setBuildkitdConfig(String buildkitdConfig) {
        this.buildkitdConfig = Util.fixEmpty(buildkitdConfig);
    }

    @NonNull
    public List<String> getBuildkitdFlags() {
        return buildkitdFlags == null ? new ArrayList<>() : buildkitdFlags;
    }

    @DataBoundSetter
    public void setBuildkitdFlags(List<String> buildkitdFlags) {
        this.buildkitdFlags = Lines.each(buildkitdFlags);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<BuilderOptions> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.builderOptions();
        }

        @Override
        public BuilderOptions newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            return super.newInstance(request, Lines.split(form, clazz));
        }

        /** The drivers; the first one means the default. */
        @POST
        public ListBoxModel doFillDriverItems(@AncestorInPath Item item) {
            ListBoxModel items = new ListBoxModel();
            if (!CredentialsChoice.mayChoose(item)) {
                return items;
            }
            items.add(Messages.byDefault(), "");
            for (Driver driver : Driver.values()) {
                items.add(driver.text(), driver.text());
            }
            return items;
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return CredentialsChoice.of(
                    item, credentialsId, CredentialsMatchers.instanceOf(DockerServerCredentials.class));
        }

        /** The fields of the form. */
        public List<FormField> getFields() {
            return FormField.of(Place.BUILDER);
        }

        /** Checks the field named by the rest of the URL. */
        @POST
        public FormValidation doCheckField(
                StaplerRequest2 request, @AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, Place.BUILDER, request.getRestOfPath(), value);
        }
    }
}
