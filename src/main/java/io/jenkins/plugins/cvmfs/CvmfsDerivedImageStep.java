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
import io.jenkins.plugins.cvmfs.config.DockerTools;
import io.jenkins.plugins.cvmfs.config.FieldCheck;
import io.jenkins.plugins.cvmfs.config.Lines;
import io.jenkins.plugins.cvmfs.config.Messages;
import io.jenkins.plugins.cvmfs.config.RegistryCredentials;
import io.jenkins.plugins.cvmfs.config.StepForm;
import io.jenkins.plugins.cvmfs.config.YesOrNo;
import io.jenkins.plugins.cvmfs.durable.DurableExecution;
import io.jenkins.plugins.cvmfs.engine.options.NameTable;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import io.jenkins.plugins.cvmfs.options.PipelineArguments;
import io.jenkins.plugins.cvmfs.pages.DerivedImageResult;
import io.jenkins.plugins.cvmfs.secrets.SecretContents;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.Step;
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
            JSONObject bound = Lines.split(StepForm.flat(form), clazz);
            if (bound.optString("load").isEmpty()) {
                bound.remove("load");
            }
            return (CvmfsDerivedImageStep) super.newInstance(request, bound);
        }

        /**
         * Accepts a single text or a map where a list is expected, and suggests the likely option for an unknown name.
         */
        @Override
        @SuppressWarnings("deprecation")
        public Step newInstance(Map<String, Object> arguments) throws Exception {
            return super.newInstance(PipelineArguments.of(arguments));
        }

        /** The credentials that a job may name. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return RegistryCredentials.choices(item, credentialsId);
        }

        /** The credentials that a job may name for its context. */
        @POST
        public ListBoxModel doFillGitCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String gitCredentialsId) {
            return SecretContents.gitChoices(item, gitCredentialsId);
        }

        /** The Docker installations, after the docker of the agent's PATH. */
        @POST
        public ListBoxModel doFillToolNameItems(@AncestorInPath Item item, @QueryParameter String toolName) {
            return DockerTools.choices(item, toolName);
        }

        /** The sections of the form, in order. */
        public StepForm getForm() {
            return new StepForm();
        }

        /** Whether the source is a setup script; a step without any source uses a Dockerfile. */
        public boolean isSetup(CvmfsDerivedImageStep step) {
            return step != null
                    && (step.getSetup() != null || step.getSetupFile() != null || step.getSetupUrl() != null);
        }

        /** Checks the field named by the rest of the URL. */
        @POST
        public FormValidation doCheckField(
                StaplerRequest2 request, @AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, Place.STEP, request.getRestOfPath(), value);
        }

        /** The choices default, yes and no. */
        @POST
        public ListBoxModel doFillLoadItems(@AncestorInPath Item item) {
            return YesOrNo.or(Messages.loadByDefault(), item);
        }

        /** How the image is described. */
        @POST
        public ListBoxModel doFillOciMetadataItems(@AncestorInPath Item item) {
            return words(item, NameTable.OCI_METADATA);
        }

        /** The values of an option; the first is the default. */
        private static ListBoxModel words(Item item, Option option) {
            ListBoxModel items = new ListBoxModel();
            if (CredentialsChoice.mayChoose(item)) {
                String first = option.choices().get(0);
                option.choices().forEach(word -> items.add(word, word.equals(first) ? "" : word));
            }
            return items;
        }

        /** How a setup script is run. */
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
