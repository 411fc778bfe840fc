package io.jenkins.plugins.cvmfs.engine.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A simple shell command, built word by word. Options are always {@code --name=value}, so a value is never an option.
 */
public final class ShellCommand {
    private static final int WIDTH = 110;
    private static final String INDENT = "    ";
    private static final ShellWord END_OF_OPTIONS = ShellWord.literal("--");

    private final List<ShellWord> words = new ArrayList<>();
    private final int start;

    private ShellCommand(List<ShellWord> words) {
        this.words.addAll(words);
        this.start = words.size();
    }

    /** A command that starts with these words of this project. */
    public static ShellCommand of(String... words) {
        return new ShellCommand(Arrays.stream(words).map(ShellWord::literal).toList());
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

    /** Adds arguments. */
    public ShellCommand words(Collection<ShellWord> more) {
        words.addAll(more);
        return this;
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

    /** The command's words. */
    public List<ShellWord> words() {
        return List.copyOf(words);
    }

    /** The words, with {@link ShellWord#ARGUMENTS} replaced by others. */
    public List<ShellWord> with(List<ShellWord> arguments) {
        List<ShellWord> all = new ArrayList<>();
        words.forEach(word -> all.addAll(word == ShellWord.ARGUMENTS ? arguments : List.of(word)));
        return List.copyOf(all);
    }

    /** The command as shell text; a long one has one argument per line. */
    public String render() {
        return render("");
    }

    /**
     * The same, indented. Only the space between words is changed: an indent inside a user's text would alter it.
     *
     * @param indent the indentation of the command
     */
    public String render(String indent) {
        String oneLine = join(words, " ");
        if (oneLine.length() <= WIDTH && oneLine.indexOf('\n') < 0) {
            return oneLine;
        }
        StringBuilder text = new StringBuilder(join(words.subList(0, start), " "));
        for (int i = start; i < words.size(); i++) {
            boolean position = i > start && words.get(i - 1).equals(END_OF_OPTIONS);
            text.append(position ? " " : " \\\n" + indent + INDENT)
                    .append(words.get(i).render());
        }
        return text.toString();
    }

    private static String join(List<ShellWord> words, String separator) {
        return words.stream().map(ShellWord::render).collect(Collectors.joining(separator));
    }

    @Override
    public String toString() {
        return render();
    }
}
