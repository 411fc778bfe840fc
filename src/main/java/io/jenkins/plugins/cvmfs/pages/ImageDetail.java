package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import java.util.List;
import jenkins.model.details.Detail;
import jenkins.model.details.DetailFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** An image among the details of its run, where Jenkins shows them. */
@Restricted(NoExternalUse.class)
public final class ImageDetail extends Detail {
    private final DerivedImageAction action;
    private final BuiltImage image;

    private ImageDetail(DerivedImageAction action, BuiltImage image) {
        super(action.getRun());
        this.action = action;
        this.image = image;
    }

    @Override
    public String getIconClassName() {
        return action.getIconFileName();
    }

    @Override
    public String getDisplayName() {
        return image.first().tag();
    }

    @Override
    public String getLink() {
        return action.getUrlName();
    }

    /** Gives a run the detail. */
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
            return action == null
                    ? List.of()
                    : action.getBuilt().stream()
                            .limit(1)
                            .map(image -> new ImageDetail(action, image))
                            .toList();
        }
    }
}
