package io.jenkins.plugins.cvmfs.options;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cvmfs.config.CredentialsChoice;
import io.jenkins.plugins.cvmfs.config.FieldCheck;
import io.jenkins.plugins.cvmfs.config.ImageForm;
import io.jenkins.plugins.cvmfs.config.Lines;
import io.jenkins.plugins.cvmfs.config.Messages;
import io.jenkins.plugins.cvmfs.config.RegistryCredentials;
import io.jenkins.plugins.cvmfs.config.YesOrNo;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import io.jenkins.plugins.cvmfs.secrets.SecretContents;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * One of several images: its name and its own options. For null, the step's value applies.
 *
 * <p>The options have the same meaning as those of the step.
 */
public final class ImageEntry extends EntrySettings implements Describable<ImageEntry> {
    private final String name;
    private String dockerfile;
    private String context;
    private String target;
    private String setup;
    private String setupFile;
    private String setupUrl;
    private String setupSha256;
    private String baseImage;
    private String mounts;
    private String smokeTest;
    private String strategy;
    private Boolean insecure;
    private Boolean wipeCache;

    /** @param name its name among the images of the step */
    @DataBoundConstructor
    public ImageEntry(String name) {
        this.name = text(name);
    }

    public String getName() {
        return name;
    }

    @CheckForNull
    public String getDockerfile() {
        return dockerfile;
    }

    @DataBoundSetter
    public void setDockerfile(String dockerfile) {
        this.dockerfile = Util.fixEmpty(dockerfile);
    }

    @CheckForNull
    public String getContext() {
        return context;
    }

    @DataBoundSetter
    public void setContext(String context) {
        this.context = Util.fixEmpty(context);
    }

    @CheckForNull
    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = Util.fixEmpty(target);
    }

    @CheckForNull
    public String getSetup() {
        return setup;
    }

    @DataBoundSetter
    public void setSetup(String setup) {
        this.setup = Util.fixEmpty(setup);
    }

    @CheckForNull
    public String getSetupFile() {
        return setupFile;
    }

    @DataBoundSetter
    public void setSetupFile(String setupFile) {
        this.setupFile = Util.fixEmpty(setupFile);
    }

    @CheckForNull
    public String getSetupUrl() {
        return setupUrl;
    }

    @DataBoundSetter
    public void setSetupUrl(String setupUrl) {
        this.setupUrl = Util.fixEmpty(setupUrl);
    }

    @CheckForNull
    public String getSetupSha256() {
        return setupSha256;
    }

    @DataBoundSetter
    public void setSetupSha256(String setupSha256) {
        this.setupSha256 = Util.fixEmpty(setupSha256);
    }

    @CheckForNull
    public String getBaseImage() {
        return baseImage;
    }

    @DataBoundSetter
    public void setBaseImage(String baseImage) {
        this.baseImage = Util.fixEmpty(baseImage);
    }

    @CheckForNull
    public String getMounts() {
        return mounts;
    }

    @DataBoundSetter
    public void setMounts(String mounts) {
        this.mounts = Lines.words(mounts);
    }

    @CheckForNull
    public String getSmokeTest() {
        return smokeTest;
    }

    @DataBoundSetter
    public void setSmokeTest(String smokeTest) {
        this.smokeTest = Util.fixEmpty(smokeTest);
    }

    @CheckForNull
    public String getStrategy() {
        return strategy;
    }

    @DataBoundSetter
    public void setStrategy(String strategy) {
        this.strategy = text(strategy);
    }

    @CheckForNull
    public Boolean getInsecure() {
        return insecure;
    }

    @DataBoundSetter
    public void setInsecure(Boolean insecure) {
        this.insecure = insecure;
    }

    @CheckForNull
    public Boolean getWipeCache() {
        return wipeCache;
    }

    @DataBoundSetter
    public void setWipeCache(Boolean wipeCache) {
        this.wipeCache = wipeCache;
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<ImageEntry> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.image();
        }

        @Override
        public ImageEntry newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            return super.newInstance(request, Lines.split(ImageForm.bound(form), clazz));
        }

        /** The sections of the form, in order. */
        public ImageForm getForm() {
            return new ImageForm();
        }

        /** Checks the field named by the rest of the URL. */
        @POST
        public FormValidation doCheckField(
                StaplerRequest2 request, @AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.of(item, Place.STEP, request.getRestOfPath(), value);
        }

        /** The choices: as the step, yes, no. */
        @POST
        public ListBoxModel doFillLoadItems(@AncestorInPath Item item) {
            return YesOrNo.or(Messages.asTheStep(), item);
        }

        @POST
        public ListBoxModel doFillInsecureItems(@AncestorInPath Item item) {
            return YesOrNo.or(Messages.asTheStep(), item);
        }

        @POST
        public ListBoxModel doFillWipeCacheItems(@AncestorInPath Item item) {
            return YesOrNo.or(Messages.asTheStep(), item);
        }

        /** The strategies, after that of the step. */
        @POST
        public ListBoxModel doFillStrategyItems(@AncestorInPath Item item) {
            ListBoxModel items = new ListBoxModel();
            if (CredentialsChoice.mayChoose(item)) {
                items.add(Messages.asTheStep(), "");
                ImageTable.STRATEGY.choices().forEach(name -> items.add(name, name));
            }
            return items;
        }

        /** The credentials that a job may name. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return RegistryCredentials.choices(item, credentialsId);
        }

        /** The credentials that a job may name for a context. */
        @POST
        public ListBoxModel doFillGitCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String gitCredentialsId) {
            return SecretContents.gitChoices(item, gitCredentialsId);
        }
    }
}
