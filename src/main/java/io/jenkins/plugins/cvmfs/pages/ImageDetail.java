package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import java.util.List;
import jenkins.model.details.Detail;
import jenkins.model.details.DetailFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The entry for images among the details of a run, if Jenkins shows them. */
@Restricted(NoExternalUse.class)
public final class ImageDetail extends Detail {
    private final DerivedImageAction action;

    private ImageDetail(DerivedImageAction action) {
        super(action.getRun());
        this.action = action;
    }

    @Override
    public String getIconClassName() {
        return action.getIconFileName();
    }

    @Override
    public String getDisplayName() {
        List<BuiltImage> images = action.getBuilt();
        return images.size() == 1 ? shortName(images.get(0).first().tag()) : Messages.images(images.size());
    }

    @Override
    public String getLink() {
        return action.getUrlName();
    }

    /** Details share one line, so only the last part of the name is shown. */
    static String shortName(String tag) {
        return tag.substring(tag.lastIndexOf('/') + 1);
    }

    /** Adds the detail to runs. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends DetailFactory<Run> {
        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        @NonNull
        public List<? extends Detail> createFor(@NonNull Run target) {
            Run<?, ?> run = target;
            DerivedImageAction action = run.getAction(DerivedImageAction.class);
            return action == null || action.getBuilt().isEmpty() ? List.of() : List.of(new ImageDetail(action));
        }
    }
}
