package io.jenkins.plugins.cvmfs.secrets;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cvmfs.config.Messages;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A build secret from Jenkins credentials. */
public final class BuildSecret implements Describable<BuildSecret> {
    private final String id;
    private final String credentialsId;

    /**
     * @param id the name by which a RUN mounts it, {@code --mount=type=secret,id=...}
     * @param credentialsId the credentials: a secret text, a secret file, user name and password, or a certificate
     */
    @DataBoundConstructor
    public BuildSecret(String id, String credentialsId) {
        this.id = id;
        this.credentialsId = credentialsId;
    }

    public String getId() {
        return id;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<BuildSecret> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.buildSecret();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return SecretContents.choices(item, credentialsId);
        }
    }
}
