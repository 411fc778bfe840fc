package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A known cause of failures, from a file of the catalogue.
 *
 * @param id its name
 * @param family the heading above it
 * @param signs the texts that identify it
 * @param last what the last line of the output must match as well, or null
 * @param weak whether another cause from an earlier line takes precedence
 * @param why why it failed, with placeholders
 * @param fixes how to fix it; the first that applies is shown
 */
record Cause(String id, String family, List<Sign> signs, Pattern last, boolean weak, String why, List<Fix> fixes) {
    /** Where a text may occur. */
    enum Zone {
        /** Docker's own output: the errors that it marks as such, and its other messages. */
        ERROR,
        /** A message of the CVMFS client, as reported by our mount script. */
        CLIENT,
        /** A line written by a command in a RUN or a setup script. */
        OUTPUT,
        /** The exit code of such a command. */
        EXIT,
        /** The exit code of anything else. */
        MACHINE
    }

    /**
     * A text that identifies a cause.
     *
     * @param phases the phases in which the build can fail this way; empty for any
     */
    record Sign(Zone zone, Set<Phase> phases, Pattern text) {
        boolean fits(Zone where, Phase phase) {
            return zone == where && (phases.isEmpty() || phase != null && phases.contains(phase));
        }
    }

    /**
     * A way to fix it.
     *
     * @param when the words that must all describe the situation
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
