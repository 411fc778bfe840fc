package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.Problem;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Reports all mistakes of a description together. */
public final class InvalidSpecException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one mistake */
    public InvalidSpecException(List<Problem> problems) {
        super(text(problems, UnaryOperator.identity()));
        this.problems = List.copyOf(problems);
    }

    /** The mistakes, in the order of the options. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * All mistakes, one per line.
     *
     * @param naming how the front end spells an option
     */
    public String message(UnaryOperator<String> naming) {
        return text(problems, naming);
    }

    private static String text(List<Problem> problems, UnaryOperator<String> naming) {
        return problems.stream().map(problem -> problem.message(naming)).collect(Collectors.joining("\n"));
    }
}
