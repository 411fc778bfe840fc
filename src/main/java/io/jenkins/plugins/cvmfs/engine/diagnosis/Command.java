package io.jenkins.plugins.cvmfs.engine.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user's command that failed, according to an error of BuildKit or of the older builder.
 *
 * @param text the command, or an empty text if unknown
 * @param exitCode its exit code, or -1 if unknown
 * @param rest docker's own message about it, may be empty
 */
record Command(String text, int exitCode, String rest) {
    private static final String OPENING = "process \"";
    private static final String CLOSING = "\" did not complete successfully";
    private static final String OLD_OPENING = "executor failed running [";
    private static final String OLD_CLOSING = "]: ";
    private static final String OLDEST_OPENING = "The command '";
    private static final String OLDEST_CLOSING = "' returned a non-zero code: ";

    private static final Pattern CODE =
            Pattern.compile("(?:: )?(?:exit code: )?(\\d{1,3})(?::? ?(.*))?", Pattern.DOTALL);

    /**
     * The command that a line reports. The command is in quotation marks, so none of it is mistaken for docker's own
     * words.
     */
    static Optional<Command> in(String line) {
        if (line.contains(CLOSING)) {
            return Optional.of(cut(line, OPENING, CLOSING));
        }
        if (line.contains(OLD_OPENING) && line.indexOf(OLD_CLOSING, line.indexOf(OLD_OPENING)) >= 0) {
            return Optional.of(cut(line, OLD_OPENING, OLD_CLOSING));
        }
        return line.contains(OLDEST_CLOSING)
                ? Optional.of(cut(line, OLDEST_OPENING, OLDEST_CLOSING))
                : Optional.empty();
    }

    /** Whether a line starts the report of a command with line breaks. */
    static boolean begins(String line) {
        return line.contains(OLD_OPENING) && in(line).isEmpty();
    }

    private static Command cut(String line, String opening, String closing) {
        // The command may have the words itself, but not unquoted.
        int end = line.lastIndexOf(closing);
        int start = line.indexOf(opening);
        String text = start < 0 || start + opening.length() > end ? "" : line.substring(start + opening.length(), end);
        String after = line.substring(end + closing.length());
        Matcher code = CODE.matcher(after);
        if (code.matches()) {
            return new Command(text, Integer.parseInt(code.group(1)), code.group(2) == null ? "" : code.group(2));
        }
        return new Command(text, -1, after.startsWith(": ") ? after.substring(2) : after);
    }
}
