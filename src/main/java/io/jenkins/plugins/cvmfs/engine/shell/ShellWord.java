package io.jenkins.plugins.cvmfs.engine.shell;

import java.util.regex.Pattern;

/**
 * One word of a POSIX shell command, quoted so that a shell reads it as exactly one argument.
 *
 * <p>Words are joined from literals, which may come from a user, and expansions, which only this project writes.
 */
public final class ShellWord {
    /** Stands for the arguments of the enclosing shell function. */
    public static final ShellWord ARGUMENTS = expansion("$@");

    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_@%+:,./-]+(=[A-Za-z0-9_@%+=:,./-]*)?");

    private final String text;
    private final String plain;
    private final boolean expanded;

    private ShellWord(String text, String plain, boolean expanded) {
        this.text = text;
        this.plain = plain;
        this.expanded = expanded;
    }

    /**
     * A word that the shell passes on unchanged.
     *
     * @param value any text without NUL
     * @throws IllegalArgumentException if {@code value} contains NUL, which no argument of a process can
     */
    public static ShellWord literal(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL character cannot be passed to a process");
        }
        boolean quoted = !NEEDS_NO_QUOTES.matcher(value).matches();
        return new ShellWord(quoted ? "'" + value.replace("'", "'\\''") + "'" : value, value, false);
    }

    /**
     * A word with expansions, such as {@code $dir/metadata.json}; it is put in double quotes, so it stays one argument.
     *
     * @param trusted text that this project wrote, never a user's
     */
    public static ShellWord expansion(String trusted) {
        return new ShellWord('"' + trusted + '"', trusted, true);
    }

    /**
     * A word of {@code prefix} and the value of a variable; no word if the value is empty.
     *
     * @param trusted text that this project wrote, never a user's
     */
    public static ShellWord unlessEmpty(String trusted, String variable) {
        String word = trusted + "$" + variable;
        return new ShellWord("${" + variable + ":+\"" + word + "\"}", word, true);
    }

    /** This word and another one as one argument. */
    public ShellWord plus(ShellWord next) {
        return new ShellWord(text + next.text, plain + next.plain, expanded || next.expanded);
    }

    /** The word as shell text. */
    public String render() {
        return text;
    }

    /** The argument itself, or what the shell expands to it where {@link #isExpanded}. */
    public String plain() {
        return plain;
    }

    /** Whether the shell expands it. */
    public boolean isExpanded() {
        return expanded;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShellWord word && word.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
