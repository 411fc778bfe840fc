package io.jenkins.plugins.cvmfs.engine.options;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Collects mistakes, so that all are reported together; for each value, only the first. */
public final class Problems {
    // Linux' MAX_ARG_STRLEN is 128 KiB; the option's own name needs a little of it.
    private static final int ARGUMENT_MAX = 120 * 1024;

    private final List<Problem> found = new ArrayList<>();

    /** The mistakes, in the order of the options. */
    public List<Problem> found() {
        return found.stream()
                .sorted(Comparator.comparingInt(problem -> OptionTable.place(problem.option())))
                .toList();
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether there is a mistake in an option. */
    public boolean has(Option option) {
        return found.stream().anyMatch(problem -> option.name().equals(problem.option()));
    }

    /** @param value the given value, or null if none */
    public void add(Option option, String value, String text) {
        add(new Problem(option.name(), value, text));
    }

    public void add(Problem problem) {
        boolean told = found.stream()
                .anyMatch(other -> Objects.equals(other.option(), problem.option())
                        && Objects.equals(other.value(), problem.value()));
        if (!told) {
            found.add(problem);
        }
    }

    /** Whether {@code value} can be the text of a file; adds a mistake if not. */
    public boolean writable(Option option, String value) {
        if (value.indexOf('\0') >= 0) {
            add(option, value, "a NUL character is not allowed");
            return false;
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            add(option, value, "expected text in valid Unicode; this has half of a surrogate pair");
            return false;
        }
        return true;
    }

    /** Whether {@code value} can be an argument of a process; adds a mistake if not. */
    public boolean passable(Option option, String value) {
        if (!writable(option, value)) {
            return false;
        }
        if (value.length() > ARGUMENT_MAX || value.getBytes(StandardCharsets.UTF_8).length > ARGUMENT_MAX) {
            add(option, value, "expected at most " + ARGUMENT_MAX + " bytes; put larger content into a file");
            return false;
        }
        return true;
    }

    /** Whether {@code value} matches a grammar; adds a mistake if not. A null always matches. */
    public boolean matches(Option option, String value, Grammar grammar) {
        if (value == null) {
            return true;
        }
        if (!passable(option, value)) {
            return false;
        }
        grammar.problem(value).ifPresent(text -> add(option, value, text));
        return grammar.problem(value).isEmpty();
    }
}
