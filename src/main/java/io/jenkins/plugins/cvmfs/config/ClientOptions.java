package io.jenkins.plugins.cvmfs.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * Settings of the CVMFS client, as in {@link io.jenkins.plugins.cvmfs.engine.spec.CvmfsClient}. Settings that are not
 * given stay as they are.
 */
public final class ClientOptions implements Describable<ClientOptions> {
    private String access;
    private String httpProxy;
    private String quotaLimit;
    private String profile;
    private Boolean useCdn;
    private String cacheBase;
    private List<String> pins;
    private List<String> parameters;

    @DataBoundConstructor
    public ClientOptions() {
        // Everything is optional.
    }

    /** These options, completed with those of {@code other}. */
    ClientOptions over(ClientOptions other) {
        ClientOptions merged = new ClientOptions();
        merged.access = access == null ? other.access : access;
        merged.httpProxy = httpProxy == null ? other.httpProxy : httpProxy;
        merged.quotaLimit = quotaLimit == null ? other.quotaLimit : quotaLimit;
        merged.profile = profile == null ? other.profile : profile;
        merged.useCdn = useCdn == null ? other.useCdn : useCdn;
        merged.cacheBase = cacheBase == null ? other.cacheBase : cacheBase;
        merged.pins = merged(other.getPins(), getPins());
        merged.parameters = merged(other.getParameters(), getParameters());
        return merged;
    }

    /** Entries {@code name=value}; the last one of each name counts. */
    private static List<String> merged(List<String> first, List<String> later) {
        Map<String, String> byName = new LinkedHashMap<>();
        first.forEach(entry -> byName.put(name(entry), entry));
        later.forEach(entry -> byName.put(name(entry), entry));
        return new ArrayList<>(byName.values());
    }

    /** The text before the first {@code =}. */
    static String name(String entry) {
        return entry.split("=", 2)[0];
    }

    @CheckForNull
    public String getAccess() {
        return access;
    }

    @DataBoundSetter
    public void setAccess(String access) {
        this.access = Util.fixEmptyAndTrim(access);
    }

    @CheckForNull
    public String getHttpProxy() {
        return httpProxy;
    }

    @DataBoundSetter
    public void setHttpProxy(String httpProxy) {
        this.httpProxy = Util.fixEmptyAndTrim(httpProxy);
    }

    @CheckForNull
    public String getQuotaLimit() {
        return quotaLimit;
    }

    @DataBoundSetter
    public void setQuotaLimit(String quotaLimit) {
        this.quotaLimit = Util.fixEmptyAndTrim(quotaLimit);
    }

    @CheckForNull
    public String getProfile() {
        return profile;
    }

    @DataBoundSetter
    public void setProfile(String profile) {
        this.profile = Util.fixEmptyAndTrim(profile);
    }

    @CheckForNull
    public Boolean getUseCdn() {
        return useCdn;
    }

    @DataBoundSetter
    public void setUseCdn(Boolean useCdn) {
        this.useCdn = useCdn;
    }

    @CheckForNull
    public String getCacheBase() {
        return cacheBase;
    }

    @DataBoundSetter
    public void setCacheBase(String cacheBase) {
        this.cacheBase = Util.fixEmptyAndTrim(cacheBase);
    }

    @NonNull
    public List<String> getPins() {
        return pins == null ? new ArrayList<>() : pins;
    }

    @DataBoundSetter
    public void setPins(List<String> pins) {
        this.pins = Lines.each(pins);
    }

    @NonNull
    public List<String> getParameters() {
        return parameters == null ? new ArrayList<>() : parameters;
    }

    @DataBoundSetter
    public void setParameters(List<String> parameters) {
        this.parameters = Lines.each(parameters);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ClientOptions> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.clientOptions();
        }

        @Override
        public ClientOptions newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            return super.newInstance(request, Lines.split(form, clazz));
        }

        /** The fields of the form. */
        public List<FormField> getFields() {
            return FormField.of(Place.CLIENT);
        }

        /** Checks the field named by the rest of the URL. */
        @POST
        public FormValidation doCheckField(
                StaplerRequest2 request, @AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, Place.CLIENT, request.getRestOfPath(), value);
        }

        /** The choices for the access to CVMFS. */
        @POST
        public ListBoxModel doFillAccessItems(@AncestorInPath Item item) {
            ListBoxModel items = new ListBoxModel();
            if (!CredentialsChoice.mayChoose(item)) {
                return items;
            }
            items.add(Messages.byDefault(), "");
            ClientTable.ACCESS.choices().forEach(access -> items.add(access, access));
            return items;
        }

        /** The choices yes, no, and the setting of the base image. */
        @POST
        public ListBoxModel doFillUseCdnItems(@AncestorInPath Item item) {
            return YesOrNo.or(Messages.byDefault(), item);
        }
    }
}
