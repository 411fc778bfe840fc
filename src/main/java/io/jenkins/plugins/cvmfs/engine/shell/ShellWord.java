package io.jenkins.plugins.cvmfs.engine.shell;

import java.util.regex.Pattern;

/**
 * One word of a POSIX shell command, in the form that makes a shell read it as exactly one argument.
 *
 * <p>Words are joined from literals, which may come from a user, and expansions, which only this project writes.
 */
public final class ShellWord {
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_@%+:,./-]+(=[A-Za-z0-9_@%+=:,./-]*)?");

    private final String text;

    private ShellWord(String text) {
        this.text = text;
    }

    /**
     * A word that the shell passes on unchanged.
     *
     * @param value any text without NUL
     * @throws IllegalArgumentException if {@code value} holds NUL, which no argument of a process can
     */
    public static ShellWord literal(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL character cannot be an argument of a process");
        }
        if (NEEDS_NO_QUOTES.matcher(value).matches()) {
            return new ShellWord(value);
        }
        return new ShellWord("'" + value.replace("'", "'\\''") + "'");
    }

    /**
     * A word with expansions, such as {@code $dir/metadata.json}; it is put in double quotes, so it stays one argument.
     *
     * @param trusted text that this project wrote, never a user's
     */
    public static ShellWord expansion(String trusted) {
        return new ShellWord('"' + trusted + '"');
    }

    /** This word and the next one as one argument. */
    public ShellWord plus(ShellWord next) {
        return new ShellWord(text + next.text);
    }

    /** The word as shell text. */
    public String render() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
