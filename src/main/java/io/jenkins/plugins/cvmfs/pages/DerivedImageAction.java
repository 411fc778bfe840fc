package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import io.jenkins.plugins.cvmfs.config.Messages;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.Publication;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.RunAction2;
import jenkins.model.Tab;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The derived images of a run: its page, and the variables of the steps that follow. */
@Restricted(NoExternalUse.class)
public final class DerivedImageAction extends Tab implements RunAction2, EnvironmentContributingAction {
    private static final Logger LOGGER = Logger.getLogger(DerivedImageAction.class.getName());

    private static final double THOUSAND = 1000;

    /** Each record as JSON, so that a record of an earlier version is read like one from the archive. */
    private final List<String> records = new ArrayList<>();

    /** The records as they were read, once; null before. */
    private transient volatile List<ImageRecord> images;

    DerivedImageAction() {
        super(null);
    }

    /**
     * Adds an image to the run's, unless it is there already: a build that Jenkins' end cut short is finished again.
     */
    public static void add(Run<?, ?> run, ImageRecord image) throws IOException {
        synchronized (run) {
            DerivedImageAction action = run.getAction(DerivedImageAction.class);
            if (action == null) {
                action = new DerivedImageAction();
                action.keep(image);
                run.addAction(action);
            } else {
                action.keep(image);
            }
        }
        run.save();
    }

    synchronized void keep(ImageRecord image) {
        String record = image.toJson();
        if (!records.contains(record)) {
            records.add(record);
            images = null;
        }
    }

    /** The records of the images, in the order in which they were built. */
    @NonNull
    public List<ImageRecord> getImages() {
        List<ImageRecord> known = images;
        return known == null ? readAll() : known;
    }

    private synchronized List<ImageRecord> readAll() {
        if (images == null) {
            images = records.stream()
                    .map(DerivedImageAction::read)
                    .filter(Objects::nonNull)
                    .toList();
        }
        return images;
    }

    private static ImageRecord read(String json) {
        try {
            ImageRecord record = ImageRecord.fromJson(json);
            if (record.images().isEmpty()) {
                throw new UnreadableResultException("the record", "it has no image");
            }
            return record;
        } catch (UnreadableResultException e) {
            LOGGER.log(Level.WARNING, "A saved record of a derived image is left out", e);
            return null;
        }
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars env) {
        List<ImageRecord> images = getImages();
        if (images.isEmpty()) {
            return;
        }
        ImageRecord last = images.get(images.size() - 1);
        put(env, "CVMFS_IMAGE_DIGEST", last.digest());
        put(env, "CVMFS_IMAGE_REFERENCE", last.images().get(0).reference());
        put(env, "CVMFS_IMAGE_ID", last.imageId());
        put(env, "CVMFS_IMAGE_TAG", last.images().get(0).tag());
        put(
                env,
                "CVMFS_IMAGE_TAGS",
                last.images().stream().map(TaggedImage::tag).collect(Collectors.joining(" ")));
    }

    /** The part of a reference before its digest. */
    public static String repository(TaggedImage image) {
        return image.reference().substring(0, image.reference().indexOf('@'));
    }

    /** What makes the pushed images of a record known elsewhere. */
    public static List<Publication> publications(ImageRecord image) {
        return Publication.of(image);
    }

    /** A size for reading, such as 1.2 GB; empty where it is not known. */
    public static String readable(Long bytes) {
        if (bytes == null) {
            return "";
        }
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= THOUSAND && unit < units.length - 1) {
            value /= THOUSAND;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }

    /** A duration for reading, in the language of the user. */
    public static String duration(long millis) {
        return Util.getTimeSpanString(millis);
    }

    private static void put(EnvVars env, String name, String value) {
        if (value != null) {
            env.put(name, value);
        }
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        object = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        object = loaded;
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
}
