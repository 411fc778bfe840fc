package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A known cause of failures, as a file of the catalogue has it.
 *
 * @param id its name
 * @param family the heading it stands under
 * @param signs the texts by which it is known
 * @param last what the last line of the output must have as well, or null
 * @param weak whether another cause, from an earlier line, is more telling
 * @param why why it failed, with placeholders
 * @param fixes how to fix it; the first that holds counts
 */
record Cause(String id, String family, List<Sign> signs, Pattern last, boolean weak, String why, List<Fix> fixes) {
    /** Where a text may stand. */
    enum Zone {
        /** Docker's own words: the errors that it marks as such, and what else it says by itself. */
        ERROR,
        /** What the CVMFS client said, in a message of what mounts for us. */
        CLIENT,
        /** A line that a command in a RUN or a setup script wrote. */
        OUTPUT,
        /** The exit code of such a command. */
        EXIT,
        /** The exit code of anything else. */
        MACHINE
    }

    /**
     * A text by which a cause is known.
     *
     * @param phases where the build must have been; empty for anywhere
     */
    record Sign(Zone zone, Set<Phase> phases, Pattern text) {
        boolean fits(Zone where, Phase phase) {
            return zone == where && (phases.isEmpty() || phase != null && phases.contains(phase));
        }
    }

    /**
     * A way to fix it.
     *
     * @param when the words that the situation must have, all of them
     */
    record Fix(Set<String> when, String text) {}

    /** The first fix for a situation, or an empty text. */
    String fix(Set<String> situation) {
        return fixes.stream()
                .filter(fix -> situation.containsAll(fix.when()))
                .map(Fix::text)
                .findFirst()
                .orElse("");
    }
}
