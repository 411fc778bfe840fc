package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.BallColor;
import hudson.model.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An image on the page of a job. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class JobImage {
    /** Length of an abbreviated digest: the algorithm and twelve digits. */
    private static final int DIGEST = 19;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final String tag;
    private final HistoryEntry entry;

    JobImage(String tag, HistoryEntry entry) {
        this.tag = tag;
        this.entry = entry;
    }

    @Exported
    public String getTag() {
        return tag;
    }

    /** Number of its build. */
    @Exported
    public int getBuild() {
        return entry.build();
    }

    /** {@code name@sha256:...}, or null if it was not pushed. */
    @Exported
    @CheckForNull
    public String getReference() {
        return entry.references().get(tag);
    }

    /** Whether the tag was added to an image that was built before. */
    @Exported
    public boolean isPromoted() {
        return entry.promoted();
    }

    /** The result of the build; null while it runs, or if unknown. */
    @Exported
    @CheckForNull
    public String getResult() {
        return entry.result();
    }

    /** The icon of the build's result; null if unknown. */
    @CheckForNull
    public BallColor getColor() {
        return entry.result() == null ? null : Result.fromString(entry.result()).color;
    }

    /** Where the image is, as a display name. */
    public String getState() {
        if (entry.promoted()) {
            return Messages.promoted();
        }
        return getReference() == null ? Messages.local() : Messages.pushed();
    }

    /** Size in bytes, or null if unknown. */
    @Exported(name = "size")
    @CheckForNull
    public Long getBytes() {
        return entry.size();
    }

    /** The formatted size. */
    public String getReadableSize() {
        return DerivedImageAction.readable(entry.size());
    }

    /** The formatted duration. */
    public String getReadableDuration() {
        return DerivedImageAction.duration(entry.durationMillis());
    }

    /** The abbreviated digest; empty if it was not pushed. */
    public String getShortDigest() {
        String reference = getReference();
        int at = reference == null ? -1 : reference.indexOf('@');
        return at < 0 ? "" : reference.substring(at + 1, Math.min(reference.length(), at + 1 + DIGEST));
    }

    /** How long the build took, in milliseconds. */
    @Exported
    public long getDurationMillis() {
        return entry.durationMillis();
    }

    /** How long each phase took by name, in milliseconds; empty if unknown. */
    @Exported
    public Map<String, Long> getPhases() {
        return named(entry.phases());
    }

    /** When the build started, ISO 8601 in UTC. */
    @Exported
    public String getStartedAt() {
        return entry.startedAt();
    }

    /** The revisions of the mounted CVMFS repositories by name, null if unknown. */
    @Exported
    public Map<String, Long> getRevisions() {
        return named(entry.revisions());
    }

    /** Only valid names, because the remote API writes names into JSON unescaped. */
    private static Map<String, Long> named(Map<String, Long> values) {
        Map<String, Long> named = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (NAME.matcher(name).matches()) {
                named.put(name, value);
            }
        });
        return named;
    }
}
