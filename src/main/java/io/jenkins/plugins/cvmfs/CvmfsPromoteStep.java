package io.jenkins.plugins.cvmfs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cvmfs.config.Lines;
import io.jenkins.plugins.cvmfs.config.Messages;
import io.jenkins.plugins.cvmfs.config.RegistryCredentials;
import io.jenkins.plugins.cvmfs.durable.PromoteExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The Pipeline step {@code cvmfsPromote}: adds tags to a digest that was built and tested, without building. */
public final class CvmfsPromoteStep extends Step {
    private final String image;
    private final List<String> tags;
    private String credentialsId;

    /**
     * @param image {@code name@sha256:...}
     * @param tags the tags to add
     */
    @DataBoundConstructor
    public CvmfsPromoteStep(String image, List<String> tags) {
        this.image = image;
        this.tags = tags == null ? new ArrayList<>() : new ArrayList<>(tags);
    }

    public String getImage() {
        return image;
    }

    @NonNull
    public List<String> getTags() {
        return tags;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmpty(credentialsId);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PromoteExecution(context, image, tags, credentialsId);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "cvmfsPromote";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.promote();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
        }

        @Override
        public CvmfsPromoteStep newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            return (CvmfsPromoteStep) super.newInstance(request, Lines.split(form, clazz));
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
    }
}
