package io.jenkins.plugins.cvmfs.pages;

import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The tags that a promotion added to an image, as the run stores, shows and exports them. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class PromotedImage {
    /** The id of the promotion, which names the folder of its archived record. */
    private final String id;

    private final String source;
    private final String digest;
    private final List<String> tags = new ArrayList<>();
    private final String startedAt;
    private final long durationMillis;

    PromotedImage(String id, PromotionRecord record) {
        this.id = id;
        this.source = record.promoted();
        this.digest = record.digest();
        record.images().stream().map(TaggedImage::tag).forEach(tags::add);
        this.startedAt = record.startedAt();
        this.durationMillis = record.durationMillis();
    }

    /** Whether both added the same tags to the same image: after a restart of Jenkins, a promotion runs again. */
    boolean isSame(PromotedImage other) {
        return source.equals(other.source) && tags.equals(other.tags);
    }

    /** The archived record, relative to the run. */
    public String archived() {
        return "artifact/" + ImageArchive.FOLDER + id + "/promotion.json";
    }

    /** The promoted image, {@code name@sha256:...}. */
    @Exported
    public String getSource() {
        return source;
    }

    /** The digest, which is the same for each tag. */
    @Exported
    public String getDigest() {
        return digest;
    }

    /** The added tags. */
    @Exported
    public List<String> getTags() {
        return List.copyOf(tags);
    }

    /** The duration in milliseconds. */
    @Exported
    public long getDurationMillis() {
        return durationMillis;
    }

    /** The start time, ISO 8601 in UTC. */
    @Exported
    public String getStartedAt() {
        return startedAt;
    }
}
