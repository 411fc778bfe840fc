package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One instruction of a Dockerfile.
 *
 * @param name in lower case, {@code run}
 * @param flags what begins with {@code --}, without quotes
 * @param arguments all that follows, on one line
 * @param words the texts of the JSON form; null for the shell form
 * @param heredocs the texts below it
 * @param nested what an ONBUILD has; null for all others
 * @param firstLine its first line, from 1
 * @param lastLine its last line, that of its last heredoc included
 */
public record Instruction(
        String name,
        List<String> flags,
        String arguments,
        List<String> words,
        List<Heredoc> heredocs,
        Instruction nested,
        int firstLine,
        int lastLine) {
    /** Whether it is written as a JSON array. */
    public boolean isJson() {
        return words != null;
    }

    /** The value of the last flag of a name; {@code --mount=X} has X. */
    public Optional<String> flag(String flag) {
        return flags(flag).reduce((first, second) -> second);
    }

    /** The values of all flags of a name. */
    public Stream<String> flags(String flag) {
        String start = "--" + flag + "=";
        return flags.stream().filter(text -> text.startsWith(start)).map(text -> text.substring(start.length()));
    }

    /** The arguments with spaces between; what is quoted stays quoted. */
    public List<String> split() {
        return isJson() ? words : arguments.isEmpty() ? List.of() : List.of(arguments.split("[\\t\\x0B\\f\\r ]+"));
    }

    Instruction at(int first, int last, List<Heredoc> below) {
        return new Instruction(name, flags, arguments, words, below, nested, first, last);
    }
}
