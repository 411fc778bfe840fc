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
    /** Of a digest: its algorithm and twelve digits. */
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

    /** Number of the build that made it. */
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

    /** Whether the tag was given to an image that was built before. */
    @Exported
    public boolean isPromoted() {
        return entry.promoted();
    }

    /** How the build ended; null while it runs, and where it was not noted. */
    @Exported
    @CheckForNull
    public String getResult() {
        return entry.result();
    }

    /** By which the end of the build is shown; null where that is not known. */
    @CheckForNull
    public BallColor getColor() {
        return entry.result() == null ? null : Result.fromString(entry.result()).color;
    }

    /** Who has the image, for reading. */
    public String getState() {
        if (entry.promoted()) {
            return Messages.promoted();
        }
        return getReference() == null ? Messages.local() : Messages.pushed();
    }

    /** In bytes, or null where it is not known. */
    @Exported(name = "size")
    @CheckForNull
    public Long getBytes() {
        return entry.size();
    }

    /** The size for reading. */
    public String getReadableSize() {
        return DerivedImageAction.readable(entry.size());
    }

    /** The duration for reading. */
    public String getReadableDuration() {
        return DerivedImageAction.duration(entry.durationMillis());
    }

    /** The beginning of the digest, which is enough to compare; empty if it was not pushed. */
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

    /** How long each phase took by name, in milliseconds; empty where that is not known. */
    @Exported
    public Map<String, Long> getPhases() {
        return named(entry.phases());
    }

    /** When the build began, ISO 8601 in UTC. */
    @Exported
    public String getStartedAt() {
        return entry.startedAt();
    }

    /** The revisions of the mounted CVMFS repositories by name, null where they are not known. */
    @Exported
    public Map<String, Long> getRevisions() {
        return named(entry.revisions());
    }

    /** Those whose names are plain: the remote API writes names into JSON as they are. */
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
