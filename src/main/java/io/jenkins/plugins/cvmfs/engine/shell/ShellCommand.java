package io.jenkins.plugins.cvmfs.engine.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A simple shell command, gathered word by word. Options are always {@code --name=value}, so a value is never an
 * option.
 */
public final class ShellCommand {
    private static final int WIDTH = 110;

    private final String start;
    private final List<ShellWord> words = new ArrayList<>();

    private ShellCommand(String start) {
        this.start = start;
    }

    /** A command that starts with these words of this project's own. */
    public static ShellCommand of(String... words) {
        return new ShellCommand(Arrays.stream(words)
                .map(word -> ShellWord.literal(word).render())
                .collect(Collectors.joining(" ")));
    }

    /** Adds an argument. */
    public ShellCommand word(ShellWord word) {
        words.add(word);
        return this;
    }

    /** Adds an argument that may come from a user. */
    public ShellCommand word(String literal) {
        return word(ShellWord.literal(literal));
    }

    /** Adds {@code name} alone if {@code given}. */
    public ShellCommand flag(String name, boolean given) {
        return given ? word(name) : this;
    }

    /** Adds {@code name=value} unless {@code value} is null. */
    public ShellCommand option(String name, String value) {
        return value == null ? this : word(name + "=" + value);
    }

    /** Adds {@code name=value} with a value that the shell expands. */
    public ShellCommand option(String name, ShellWord value) {
        return word(ShellWord.literal(name + "=").plus(value));
    }

    /** Adds {@code name=value} once for each value. */
    public ShellCommand options(String name, Collection<String> values) {
        values.forEach(value -> option(name, value));
        return this;
    }

    /** Adds {@code name=key=value} once for each entry. */
    public ShellCommand options(String name, Map<String, String> values) {
        values.forEach((key, value) -> option(name, key + "=" + value));
        return this;
    }

    /** The command as shell text, an argument a line where it is long. */
    public String render() {
        String oneLine = join(" ");
        return oneLine.length() <= WIDTH && oneLine.indexOf('\n') < 0 ? oneLine : join(" \\\n    ");
    }

    private String join(String separator) {
        return words.stream().map(word -> separator + word.render()).collect(Collectors.joining("", start, ""));
    }

    @Override
    public String toString() {
        return render();
    }
}
