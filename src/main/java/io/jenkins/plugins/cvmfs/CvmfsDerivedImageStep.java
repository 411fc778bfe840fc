package io.jenkins.plugins.cvmfs;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cvmfs.config.CredentialsChoice;
import io.jenkins.plugins.cvmfs.config.Lines;
import io.jenkins.plugins.cvmfs.config.Messages;
import io.jenkins.plugins.cvmfs.config.RegistryCredentials;
import io.jenkins.plugins.cvmfs.durable.DurableExecution;
import io.jenkins.plugins.cvmfs.options.FieldCheck;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import io.jenkins.plugins.cvmfs.pages.DerivedImageResult;
import java.util.List;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The Pipeline step {@code cvmfsDerivedImage}; it returns a {@link DerivedImageResult}. */
public final class CvmfsDerivedImageStep extends ImageOptions {
    /** The step's name, and the symbol of the freestyle builder. */
    static final String FUNCTION = "cvmfsDerivedImage";

    @DataBoundConstructor
    public CvmfsDerivedImageStep(List<String> tags) {
        super(tags);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new DurableExecution(context, this);
    }

    @Extension
    @Symbol(FUNCTION)
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.derivedImage();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
        }

        @Override
        public CvmfsDerivedImageStep newInstance(StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            JSONObject bound = Lines.split(form, clazz);
            if (bound.optString("load").isEmpty()) {
                bound.remove("load");
            }
            return (CvmfsDerivedImageStep) super.newInstance(request, bound);
        }

        /** The lines of a text area. */
        public String lines(List<String> values) {
            return Lines.join(values);
        }

        /** The credentials that a job may name. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return RegistryCredentials.choices(item, credentialsId);
        }

        @POST
        public FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "tags", value);
        }

        @POST
        public FormValidation doCheckMounts(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "mounts", value);
        }

        @POST
        public FormValidation doCheckUid(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "uid", value);
        }

        @POST
        public FormValidation doCheckGid(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "gid", value);
        }

        @POST
        public FormValidation doCheckBaseImage(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "baseImage", value);
        }

        @POST
        public FormValidation doCheckSetupUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "setupUrl", value);
        }

        @POST
        public FormValidation doCheckSetupSha256(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "setupSha256", value);
        }

        @POST
        public FormValidation doCheckBuildArgs(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "buildArgs", value);
        }

        @POST
        public FormValidation doCheckLabels(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "labels", value);
        }

        @POST
        public FormValidation doCheckAnnotations(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "annotations", value);
        }

        @POST
        public FormValidation doCheckPlatforms(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "platforms", value);
        }

        @POST
        public FormValidation doCheckBuildContexts(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "buildContexts", value);
        }

        @POST
        public FormValidation doCheckAddHosts(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "addHosts", value);
        }

        @POST
        public FormValidation doCheckNetwork(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "network", value);
        }

        @POST
        public FormValidation doCheckUlimits(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "ulimits", value);
        }

        @POST
        public FormValidation doCheckShmSize(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "shmSize", value);
        }

        @POST
        public FormValidation doCheckCall(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, "call", value);
        }

        /** By default, yes, or no. */
        @POST
        public ListBoxModel doFillLoadItems(@AncestorInPath Item item) {
            ListBoxModel items = new ListBoxModel();
            if (!CredentialsChoice.mayChoose(item)) {
                return items;
            }
            items.add(Messages.loadByDefault(), "");
            items.add(Messages.yes(), "true");
            items.add(Messages.no(), "false");
            return items;
        }

        /** How a setup script is performed. */
        @POST
        public ListBoxModel doFillStrategyItems(@AncestorInPath Item item) {
            ListBoxModel items = new ListBoxModel();
            if (!CredentialsChoice.mayChoose(item)) {
                return items;
            }
            items.add("buildx", "");
            items.add("commit", "commit");
            return items;
        }
    }
}
