package io.jenkins.plugins.cvmfs.engine.options;

import java.util.function.UnaryOperator;

/**
 * A mistake in one option.
 *
 * @param option the option's name as the step spells it ({@code setupSha256})
 * @param value what was given, or null if nothing was
 * @param allowed what is allowed instead, as the end of a sentence
 */
public record Problem(String option, String value, String allowed) {
    private static final int SHOWN = 120;

    /** One line for a user. */
    public String message() {
        return message(UnaryOperator.identity());
    }

    /**
     * One line for a user.
     *
     * @param naming how the front end spells an option
     */
    public String message(UnaryOperator<String> naming) {
        String given = value == null ? "is missing" : "is '" + shown(value) + "'";
        return naming.apply(option) + " " + given + ": " + allowed;
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
