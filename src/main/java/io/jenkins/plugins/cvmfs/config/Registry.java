package io.jenkins.plugins.cvmfs.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cvmfs.engine.login.ConfiguredLogin;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A registry and the credentials that builds use for it. */
public final class Registry implements Describable<Registry> {
    private static final Pattern LOOPBACK = Pattern.compile("(?:localhost|127\\.\\d+\\.\\d+\\.\\d+)(?::\\d+)?");

    private final String url;
    private final String credentialsId;

    /**
     * @param url host and port, with or without {@code https://} and the first parts of repositories' names
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

    /** The registry's host and port as in image references; empty if the URL names none. */
    Optional<String> host() {
        return login().map(ConfiguredLogin::host);
    }

    /** The repositories that the credentials are for; empty if the URL names no registry. */
    Optional<ConfiguredLogin> login() {
        return ConfiguredLogin.of(url, credentialsId);
    }

    private static boolean isUrl(String text) {
        return new Registry(text, null).host().isPresent();
    }

    private static String invalid(String url) {
        return "Invalid url '" + url + "': expected a host with an optional port, such as registry.example.org:5000";
    }

    /** The mistakes in the registries of a form, which may be none, one or several; empty if there are none. */
    static Optional<String> wrongUrl(Object sent) {
        Stream<?> entries = sent instanceof List<?> several ? several.stream() : Stream.ofNullable(sent);
        return entries.filter(JSONObject.class::isInstance)
                .map(entry -> ((JSONObject) entry).optString("url"))
                .filter(url -> !isUrl(url))
                .findFirst()
                .map(Registry::invalid);
    }

    /** Docker itself contacts registries on the loopback address without encryption. */
    private String scheme() {
        return url.startsWith("http://")
                        || host().filter(host -> LOOPBACK.matcher(host).matches())
                                        .isPresent()
                                && !url.startsWith("https://")
                ? "http"
                : "https";
    }

    private boolean isLike(Registry other) {
        return url.equals(other.url) && Objects.equals(credentialsId, other.credentialsId);
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
            // A new entry shows no mistake before anything is entered, but cannot be saved.
            return value.isBlank() || isUrl(value) ? FormValidation.ok() : FormValidation.error(invalid(value));
        }

        /**
         * Asks the registry whether it accepts the login.
         *
         * <p>Credentials are sent only to the URL saved with them. So an administrator who is tricked into pressing the
         * button on a page with another URL reveals nothing.
         */
        @POST
        public FormValidation doTestConnection(@QueryParameter String url, @QueryParameter String credentialsId) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            Registry asked = new Registry(url, credentialsId);
            if (asked.host().isEmpty()) {
                return FormValidation.error(invalid(url));
            }
            RegistryProbe probe = new RegistryProbe(
                    ProxyConfiguration.newHttpClientBuilder(),
                    asked.scheme(),
                    asked.host().get());
            if (asked.credentialsId == null) {
                return answer(probe.ask(null));
            }
            if (DerivedImageConfiguration.get().getRegistries().stream().noneMatch(asked::isLike)) {
                RegistryProbe.Answer there = probe.ask(null);
                return there.good()
                        ? FormValidation.warning(there.text() + " The login was not tested: save, then test again. "
                                + "Credentials are sent only to the URL that is saved with them.")
                        : answer(there);
            }
            try {
                return answer(
                        probe.ask(RegistryCredentials.systemToken(asked.host().get(), asked.credentialsId)));
            } catch (AbortException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        private static FormValidation answer(RegistryProbe.Answer answer) {
            return answer.good() ? FormValidation.ok(answer.text()) : FormValidation.error(answer.text());
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return RegistryCredentials.choices(null, credentialsId);
        }
    }
}
