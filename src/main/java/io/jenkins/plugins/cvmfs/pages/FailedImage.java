package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Finding;
import java.util.function.UnaryOperator;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Why a run has no image, as the run keeps, shows and exports it. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class FailedImage {
    /** Limit of characters in each part, since a page is not a log. */
    private static final int LONGEST = 8 * 1024;

    private final String what;
    private final String why;
    private final String fix;

    /** Whether the failure is of a promotion, not of a build. */
    private final boolean promotion;

    /** The offset of the explanation in the log, in bytes; null if unknown. */
    private final Long log;

    /**
     * @param what what failed, without any secret
     * @param why why it failed, or an empty text
     * @param fix how to fix it, or an empty text
     */
    public FailedImage(String what, String why, String fix) {
        this(what, why, fix, false, null);
    }

    private FailedImage(String what, String why, String fix, boolean promotion, Long log) {
        this.what = bounded(what);
        this.why = bounded(why);
        this.fix = bounded(fix);
        this.promotion = promotion;
        this.log = log;
    }

    /**
     * A failure with its explanation.
     *
     * @param hide masks secrets
     */
    public static FailedImage of(Finding finding, UnaryOperator<String> hide) {
        return new FailedImage(hide.apply(finding.what()), hide.apply(finding.why()), hide.apply(finding.fix()));
    }

    /** The same failure, of a promotion. */
    public FailedImage ofPromotion() {
        return new FailedImage(what, why, fix, true, log);
    }

    /** The same, with its place in the log. */
    FailedImage at(Long place) {
        return new FailedImage(what, why, fix, promotion, place);
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }

    /** What failed. */
    @Exported
    public String getWhat() {
        return what;
    }

    /** Why it failed. */
    @Exported
    public String getWhy() {
        return why;
    }

    /** How to fix it. */
    @Exported
    public String getFix() {
        return fix;
    }

    /** Whether the failure is of a promotion, not of a build. */
    @Exported
    public boolean isPromotion() {
        return promotion;
    }

    /** The offset in the log of the last lines before the failure, in bytes; null if unknown. */
    @Exported
    @CheckForNull
    public Long getLogOffset() {
        return log;
    }

    boolean isSame(FailedImage other) {
        return what.equals(other.what) && why.equals(other.why) && fix.equals(other.fix);
    }
}
