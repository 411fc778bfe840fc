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

/** An ssh key from Jenkins credentials. */
public final class SshKey implements Describable<SshKey> {
    private final String id;
    private final String credentialsId;

    /**
     * @param id the name by which a RUN mounts it, {@code --mount=type=ssh,id=...}; {@code default} needs no id there
     * @param credentialsId the credentials: an ssh user name with private key
     */
    @DataBoundConstructor
    public SshKey(String id, String credentialsId) {
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
    public static final class DescriptorImpl extends Descriptor<SshKey> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.sshKey();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return SecretContents.keyChoices(item, credentialsId);
        }
    }
}
