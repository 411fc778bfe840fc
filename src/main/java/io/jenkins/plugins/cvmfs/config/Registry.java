package io.jenkins.plugins.cvmfs.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cvmfs.engine.spec.ImageReference;
import java.util.Optional;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A registry and the credentials that builds use for it. */
public final class Registry implements Describable<Registry> {
    private static final Pattern SCHEME = Pattern.compile("https?://");
    private static final Pattern HUB = Pattern.compile("(?:index\\.|registry-1\\.|registry\\.hub\\.|hub\\.)?docker\\.(?:io|com)");

    private final String url;
    private final String credentialsId;

    /**
     * @param url host and port, with or without {@code https://}
     * @param credentialsId the id of credentials that convert to a token of a docker registry
     */
    @DataBoundConstructor
    public Registry(String url, String credentialsId) {
        this.url = Util.fixNull(url).strip();
        this.credentialsId = Util.fixEmpty(credentialsId);
    }

    @NonNull
    public String getUrl() {
        return url;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The registry's host and port as references spell it; empty if the URL names none. */
    Optional<String> host() {
        String address = SCHEME.matcher(url).replaceFirst("");
        int slash = address.indexOf('/');
        String host = slash < 0 ? address : address.substring(0, slash);
        if (HUB.matcher(host).matches()) {
            return Optional.of(ImageReference.DOCKER_HUB);
        }
        return ImageReference.parse(host + "/image").map(ImageReference::registry).filter(host::equals);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<Registry> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.registry();
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return FormValidation.ok();
            }
            return new Registry(value, null).host().isPresent()
                    ? FormValidation.ok()
                    : FormValidation.error("url is '%s': a host with an optional port is allowed, such as registry.example.org:5000", value);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return RegistryCredentials.choices(null, credentialsId);
        }
    }
}
