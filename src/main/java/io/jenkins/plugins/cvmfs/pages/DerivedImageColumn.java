package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.views.ListViewColumn;
import hudson.views.ListViewColumnDescriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/** A column of list views: the newest derived image of each job. */
@Restricted(NoExternalUse.class)
public final class DerivedImageColumn extends ListViewColumn {
    @DataBoundConstructor
    public DerivedImageColumn() {
        // has no options
    }

    /** The newest image of a job; null if the item is not a job or has no image. */
    @CheckForNull
    public JobImage newest(Item item) {
        return item instanceof Job<?, ?> job
                ? ImageHistory.of(job).newest().entrySet().stream()
                        .findFirst()
                        .map(entry -> new JobImage(entry.getKey(), entry.getValue()))
                        .orElse(null)
                : null;
    }

    /** Shown only if a view includes it. */
    @Extension
    @Symbol("derivedImage")
    public static final class DescriptorImpl extends ListViewColumnDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.derivedImage();
        }

        @Override
        public boolean shownByDefault() {
            return false;
        }
    }
}
