package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.cvmfs.engine.record.BuildSteps;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.Publication;
import io.jenkins.plugins.cvmfs.engine.record.PullCommands;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An image of a run as the run keeps, shows and exports it. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class BuiltImage {
    private static final Logger LOGGER = Logger.getLogger(BuiltImage.class.getName());

    /** The id of the build, which is also the folder of its archived documents. */
    private final String id;

    /** The record as JSON, so that records of earlier versions are read like archived ones. */
    private final String json;

    /** The parsed record; null until it is read. */
    private transient volatile ImageRecord known;

    BuiltImage(String id, ImageRecord record) {
        this.id = id;
        this.json = record.toJson();
    }

    /** Whether it belongs to the same build. */
    boolean isSame(BuiltImage other) {
        return id.equals(other.id) && json.equals(other.json);
    }

    /** The record; null if the saved text is not one. */
    @CheckForNull
    public ImageRecord record() {
        ImageRecord read = known;
        if (read == null) {
            try {
                read = ImageRecord.fromJson(json);
            } catch (UnreadableResultException e) {
                LOGGER.log(Level.WARNING, "A saved record of a derived image is left out", e);
                return null;
            }
            known = read;
        }
        return read.images().isEmpty() ? null : read;
    }

    @NonNull
    private ImageRecord present() {
        ImageRecord record = record();
        if (record == null) {
            throw new IllegalStateException("an image without a record is not shown");
        }
        return record;
    }

    /** The archived record, relative to the run. */
    public String archived() {
        return "artifact/" + ImageArchive.FOLDER + id + "/record.json";
    }

    /** The archived Dockerfile, relative to the run's artifacts. */
    String dockerfile() {
        return ImageArchive.FOLDER + id + "/" + ImageArchive.DOCKERFILE;
    }

    /** The first tag, as the image's display name. */
    public TaggedImage first() {
        return present().images().get(0);
    }

    /** The commands to use an image of the record. */
    public PullCommands commands(TaggedImage image) {
        return PullCommands.of(present(), image);
    }

    /** The publications of the pushed images. */
    public List<Publication> publications() {
        return Publication.of(present());
    }

    /** The requested tags. */
    @Exported
    public List<String> getTags() {
        return present().images().stream().map(TaggedImage::tag).toList();
    }

    /** {@code name@sha256:...} for each pushed tag. */
    @Exported
    public List<String> getReferences() {
        return present().references();
    }

    /** The first tag's registry digest, or null if the image was not pushed. */
    @Exported
    @CheckForNull
    public String getDigest() {
        return present().digest();
    }

    /** The engine's image ID, or the digest of the image's configuration; null if both are unknown. */
    @Exported
    @CheckForNull
    public String getImageId() {
        return present().imageId();
    }

    /** {@code buildx} or {@code commit}. */
    @Exported
    public String getStrategy() {
        return present().strategy();
    }

    /** Size in bytes: unpacked in the engine, otherwise packed in the registry; null if unknown. */
    @Exported(name = "size")
    @CheckForNull
    public Long getBytes() {
        return present().size();
    }

    /** {@code os/arch[/variant]} of each image. */
    @Exported
    public List<String> getPlatforms() {
        return present().platforms();
    }

    /** The requested CVMFS repositories. */
    @Exported
    public String getMounts() {
        return present().mounts();
    }

    /** The mounted repositories, as far as known. */
    @Exported(inline = true)
    public List<ExportedRepository> getRepositories() {
        return present().repositories().stream().map(ExportedRepository::new).toList();
    }

    /** The images it is based on, with their digests if known. */
    @Exported
    public List<String> getBaseImages() {
        return present().baseImages().stream()
                .map(base -> base.digest() == null || base.name().contains("@")
                        ? base.name()
                        : base.name() + "@" + base.digest())
                .toList();
    }

    /** How long the build took, in milliseconds. */
    @Exported
    public long getDurationMillis() {
        return present().durationMillis();
    }

    /** How long each phase took; empty if unknown. */
    @Exported(inline = true)
    public List<ImagePhase> getPhases() {
        return ImagePhase.of(present());
    }

    /** Which steps came from the cache; null if unknown. */
    @Exported(inline = true)
    @CheckForNull
    public ExportedSteps getSteps() {
        BuildSteps steps = present().steps();
        return steps == null ? null : new ExportedSteps(steps);
    }

    /** When the build started, ISO 8601 in UTC. */
    @Exported
    public String getStartedAt() {
        return present().startedAt();
    }
}
