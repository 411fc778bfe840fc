package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One instruction of a Dockerfile.
 *
 * @param name in lower case, {@code run}
 * @param flags the words that begin with {@code --}, without quotes
 * @param arguments everything after the flags, on one line
 * @param words the elements of the JSON form; null for the shell form
 * @param heredocs the texts below it
 * @param nested the instruction of an ONBUILD; null for all others
 * @param firstLine its first line, from 1
 * @param lastLine its last line, including heredocs
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

    /** The arguments separated by spaces; quoted ones stay quoted. */
    public List<String> split() {
        return isJson() ? words : arguments.isEmpty() ? List.of() : List.of(arguments.split("[\\t\\x0B\\f\\r ]+"));
    }

    /** The names and values of an ARG or ENV, without quotes; a name without a value has null. */
    public Map<String, String> pairs() {
        return name.equals("env") ? Pairs.ofEnv(arguments) : Pairs.of(arguments);
    }

    /** The mounts of a RUN, {@code --mount=}. */
    public List<RunMount> mounts() {
        return name.equals("run") ? flags("mount").map(RunMount::of).toList() : List.of();
    }

    /** The devices of a RUN, {@code --device=}. */
    public List<RunDevice> devices() {
        return name.equals("run") ? flags("device").map(RunDevice::of).toList() : List.of();
    }

    /** The stages, images and contexts that it takes files from: {@code COPY --from=}, {@code RUN --mount=from=}. */
    public List<String> sources() {
        if (name.equals("copy")) {
            return flag("from").stream().toList();
        }
        return mounts().stream()
                .map(RunMount::from)
                .filter(from -> !from.isEmpty())
                .toList();
    }

    /** The instruction that is executed: that of an ONBUILD, or itself. */
    public Instruction performed() {
        return nested == null ? this : nested;
    }

    Instruction at(int first, int last, List<Heredoc> below) {
        return new Instruction(name, flags, arguments, words, below, nested, first, last);
    }
}
