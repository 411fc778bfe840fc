package io.jenkins.plugins.cvmfs;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.cvmfs.build.DerivedImageBuild;
import io.jenkins.plugins.cvmfs.build.Surroundings;
import io.jenkins.plugins.cvmfs.config.Messages;
import java.io.IOException;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The build step of freestyle jobs. It contains a Pipeline step, which holds all options. */
public final class CvmfsDerivedImageBuilder extends Builder implements SimpleBuildStep {
    private final CvmfsDerivedImageStep image;

    /** @param image the image to build */
    @DataBoundConstructor
    public CvmfsDerivedImageBuilder(CvmfsDerivedImageStep image) {
        this.image = image;
    }

    public CvmfsDerivedImageStep getImage() {
        return image;
    }

    @Override
    public void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars env,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        new DerivedImageBuild(Surroundings.of(run, workspace, launcher, env, listener)).perform(image, env::expand);
    }

    @Extension
    @Symbol(CvmfsDerivedImageStep.FUNCTION)
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.derivedImage();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> type) {
            return true;
        }
    }
}
