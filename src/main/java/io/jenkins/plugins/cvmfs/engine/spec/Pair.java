package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An option, or some of its values, that cannot be combined with other options; a row of {@link PairTable}.
 *
 * @param option the refused option
 * @param values which of its values, for documents; empty for all
 * @param with what they cannot be combined with, for documents; options are in braces
 * @param reason why, and what to do instead, as the end of a message; options are in braces
 * @param refused the refused values
 */
public record Pair(
        Option option, String values, String with, String reason, Function<GivenOptions, List<String>> refused) {
    /** For the whole option. */
    static Pair of(Option option, String with, Predicate<GivenOptions> there, String reason) {
        return new Pair(
                option,
                "",
                with,
                reason,
                in -> in.isChanged(option) && there.test(in) ? List.of(in.shown(option)) : List.of());
    }
    /** For some entries of a list, or of a map as {@code name=value}. */
    static Pair some(
            Option option, String values, String with, Function<GivenOptions, List<String>> refused, String reason) {
        return new Pair(option, values, with, reason, refused);
    }
    /** Names the values, for documents. */
    Pair as(String which) {
        return new Pair(option, which, with, reason, refused);
    }

    void check(GivenOptions given, Problems problems) {
        refused.apply(given).forEach(value -> problems.add(option, value, reason));
    }
}
