package io.jenkins.plugins.cvmfs.pages;

import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.PhaseTime;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How long a phase of a build took, on pages and in the remote API. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class ImagePhase {
    private static final long SECOND = 1000;

    private final PhaseTime time;

    private ImagePhase(PhaseTime time) {
        this.time = time;
    }

    static List<ImagePhase> of(ImageRecord record) {
        return record.phases().stream()
                .filter(time -> time.phase() != null)
                .map(ImagePhase::new)
                .toList();
    }

    /** The name in records, such as {@code build}. */
    @Exported
    public String getPhase() {
        return time.phase();
    }

    @Exported
    public long getMillis() {
        return time.millis();
    }

    /** The display name. */
    public String getTitle() {
        return title(time.phase());
    }

    /** The formatted duration. */
    public String getReadable() {
        return time.millis() < SECOND ? "< 1 s" : DerivedImageAction.duration(time.millis());
    }

    /** The display name of a phase; the phase itself if unknown to this version. */
    static String title(String phase) {
        return Phase.of(phase)
                .map(known -> switch (known) {
                    case FETCH -> Messages.fetch();
                    case BUILDER -> Messages.builder();
                    case BUILD -> Messages.build();
                    case COMMIT -> Messages.commit();
                    case TEST -> Messages.test();
                    case PUBLISH -> Messages.publish();
                    case COLLECT -> Messages.collect();
                })
                .orElse(phase);
    }
}
