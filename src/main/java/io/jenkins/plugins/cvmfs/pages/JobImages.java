package io.jenkins.plugins.cvmfs.pages;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import hudson.model.PermalinkProjectAction.Permalink;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The images of a job: its page, its trends, its remote API and its permalink. Loads no builds. */
@Restricted(NoExternalUse.class)
@ExportedBean
public final class JobImages implements Action {
    private static final Logger LOGGER = Logger.getLogger(JobImages.class.getName());

    /** The id of the permalink, used in place of a build number. */
    private static final String PERMALINK = "lastDerivedImage";

    private final Job<?, ?> job;

    private JobImages(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** The newest image of each tag, the latest first. */
    @Exported(name = "images", inline = true)
    public List<JobImage> getNewest() {
        return ImageHistory.of(job).newest().entrySet().stream()
                .map(entry -> new JobImage(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The last build, if the build of one of its images failed; otherwise null. */
    @CheckForNull
    public Run<?, ?> getFailedSince() {
        Run<?, ?> last = job.getLastCompletedBuild();
        DerivedImageAction action = last == null ? null : last.getAction(DerivedImageAction.class);
        return action == null || action.getFailures().stream().allMatch(FailedImage::isPromotion) ? null : last;
    }

    /** All stored images that the job built, the oldest first, for the trend. */
    @Exported(inline = true)
    public List<JobImage> getHistory() {
        return ImageHistory.of(job).built().stream()
                .filter(entry -> !entry.tags().isEmpty())
                .map(entry -> new JobImage(entry.tags().get(0), entry))
                .toList();
    }

    /** The display names of phases as JSON, for the trend. */
    public String getPhaseTitles() {
        ObjectNode titles = new ObjectMapper().createObjectNode();
        for (Phase phase : Phase.values()) {
            titles.put(phase.text(), ImagePhase.title(phase.text()));
        }
        return titles.toString();
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-cube-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.derivedImages();
    }

    @Override
    public String getUrlName() {
        return "cvmfs-derived-images";
    }

    /** The build of the newest image. */
    private static final class LastImage extends Permalink {
        @Override
        public String getDisplayName() {
            return Messages.lastImage();
        }

        @Override
        public String getId() {
            return PERMALINK;
        }

        @Override
        public Run<?, ?> resolve(Job<?, ?> job) {
            List<HistoryEntry> entries = ImageHistory.of(job).built();
            return entries.isEmpty()
                    ? null
                    : job.getBuildByNumber(entries.get(entries.size() - 1).build());
        }
    }

    /** Adds the page to a job once it has an image. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {
        static {
            Permalink.BUILTIN.add(new LastImage());
        }

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return JobImages.class;
        }

        @Override
        @NonNull
        public Collection<? extends Action> createFor(@NonNull Job job) {
            Job<?, ?> target = job;
            return ImageHistory.of(target).exists() ? List.of(new JobImages(target)) : List.of();
        }
    }

    /** Records the results of builds, and removes the images of deleted ones. */
    @Extension
    public static final class Builds extends RunListener<Run<?, ?>> {
        @Override
        public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
            Result result = run.getResult();
            if (result == null) {
                return;
            }
            try {
                ImageHistory.of(run.getParent()).ended(run.getNumber(), result.toString());
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "How a build ended is not on its job's page", e);
            }
        }

        @Override
        public void onDeleted(Run<?, ?> run) {
            try {
                ImageHistory.of(run.getParent()).remove(run.getNumber());
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "The images of a deleted build stay on its job's page", e);
            }
        }
    }
}
