package io.jenkins.plugins.cvmfs.engine.options;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mistake in one option.
 *
 * @param option the option's name as the table has it ({@code setupSha256}); null if {@code text} says it all
 * @param value what was given, or null if nothing was
 * @param text why that does not do and what does, as the end of a message; other options are in braces
 *     ({@code {setupUrl}})
 * @param image the name of the one of several images that has it; null where there is one, or where all have it
 */
public record Problem(String option, String value, String text, String image) {
    private static final int SHOWN = 120;
    private static final Pattern OTHER = Pattern.compile("\\{([a-z][A-Za-z0-9]+)}");

    /** A mistake of the call's only image, or of all. */
    public Problem(String option, String value, String text) {
        this(option, value, text, null);
    }

    /** The same mistake, of one of several images. */
    public Problem in(String name) {
        return new Problem(option, value, text, name);
    }

    /** A mistake that no single option has. */
    public static Problem of(String message) {
        return new Problem(null, null, message);
    }

    /** One line for a user, with the names of the table. */
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

    /** A text in which options are in braces, as a front end spells them. */
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
