package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How variables in a value are expanded. A value that docker reads as fields is split as written, and each field stays
 * one field whatever a variable contains.
 */
public enum Expansion {
    /** Not at all: a script has its own variables. */
    NEVER,
    /** As a whole. */
    WHOLE,
    /** Before and after the first {@code =}. */
    PAIR,
    /** By fields separated by commas, quoted if necessary. */
    ROW,
    /** By fields separated by commas, without quoting. */
    COMMAS,
    /** By words separated by spaces, without quoting. */
    WORDS;

    /**
     * Expands the variables of a value.
     *
     * @return empty if a variable would change the number of fields
     */
    public Optional<String> apply(String written, UnaryOperator<String> variables) {
        return switch (this) {
            case NEVER -> Optional.of(written);
            case WHOLE -> Optional.of(variables.apply(written));
            case PAIR -> pair(written, variables);
            case ROW ->
                Csv.fields(written)
                        .map(fields -> Csv.row(fields.stream().map(variables).toList()))
                        // The check reports it as it is.
                        .or(() -> Optional.of(written));
            case COMMAS -> joined(written, ",", variables);
            case WORDS -> joined(written, " ", variables);
        };
    }

    private static Optional<String> pair(String written, UnaryOperator<String> variables) {
        int equals = written.indexOf('=');
        if (equals < 0) {
            return Optional.of(written);
        }
        String name = variables.apply(written.substring(0, equals));
        return name.indexOf('=') < 0
                ? Optional.of(name + "=" + variables.apply(written.substring(equals + 1)))
                : Optional.empty();
    }

    private static Optional<String> joined(String written, String separator, UnaryOperator<String> variables) {
        List<String> fields =
                Arrays.stream(written.split(separator, -1)).map(variables).toList();
        return fields.stream().anyMatch(field -> field.contains(separator))
                ? Optional.empty()
                : Optional.of(fields.stream().collect(Collectors.joining(separator)));
    }
}
