package io.jenkins.plugins.cvmfs.engine.options;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mistake in one option.
 *
 * @param option the option's name in the table ({@code setupSha256}); null if {@code text} is complete
 * @param value the given value, or null if none
 * @param text why the value is invalid and what is expected, as the end of a message; other options are in braces
 *     ({@code {setupUrl}})
 * @param image the name of the image among several; null if there is only one, or if all have the mistake
 */
public record Problem(String option, String value, String text, String image) {
    private static final int SHOWN = 120;
    private static final Pattern OTHER = Pattern.compile("\\{([a-z][A-Za-z0-9]+)}");

    /** A mistake in the call's only image, or in all. */
    public Problem(String option, String value, String text) {
        this(option, value, text, null);
    }

    /** The same mistake, in one of several images. */
    public Problem in(String name) {
        return new Problem(option, value, text, name);
    }

    /** A mistake that concerns no single option. */
    public static Problem of(String message) {
        return new Problem(null, null, message);
    }

    /** One line for a user, with option names as in the table. */
    public String message() {
        return message(UnaryOperator.identity());
    }

    /**
     * One line for a user.
     *
     * @param naming how the front end spells an option
     */
    public String message(UnaryOperator<String> naming) {
        String told = named(text, naming);
        String where = image == null ? "" : "Image '" + shown(image) + "': ";
        if (option == null) {
            return where + told;
        }
        return where
                + (value == null
                        ? "Missing " + naming.apply(option) + ": " + told
                        : "Invalid " + naming.apply(option) + " '" + shown(value) + "': " + told);
    }

    /** Replaces options in braces by their spelling for a front end. */
    public static String named(String text, UnaryOperator<String> naming) {
        return OTHER.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        OptionTable.find(found.group(1)).isPresent() ? naming.apply(found.group(1)) : found.group()));
    }

    private static String shown(String value) {
        StringBuilder text = new StringBuilder();
        value.codePoints().limit(SHOWN).forEach(c -> {
            if (Character.isISOControl(c)) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return value.codePointCount(0, value.length()) > SHOWN ? text + "..." : text.toString();
    }
}
