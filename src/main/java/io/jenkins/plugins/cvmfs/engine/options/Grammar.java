package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The grammar of an option's value. */
public final class Grammar {
    /** One line of any text. */
    static final Grammar ONE_LINE = of("\\P{Cntrl}*", "one line of text");

    private final Predicate<String> fits;
    private final String expected;
    private final Function<String, Optional<String>> objection;

    private Grammar(Predicate<String> fits, String expected, Function<String, Optional<String>> objection) {
        this.fits = fits;
        this.expected = expected;
        this.objection = objection;
    }

    /** @param expected what is expected, as the object of a sentence */
    static Grammar of(Predicate<String> fits, String expected) {
        return new Grammar(fits, expected, value -> Optional.empty());
    }

    /** The whole value matches an expression. */
    static Grammar of(String expression, String expected) {
        Pattern pattern = Pattern.compile(expression, Pattern.DOTALL);
        return of(value -> pattern.matcher(value).matches(), expected);
    }

    /** A row of comma-separated fields as docker reads it, none of them empty. */
    static Grammar row(String expected) {
        return of(
                value -> Csv.fields(value)
                        .filter(fields -> fields.stream().noneMatch(String::isBlank))
                        .isPresent(),
                expected);
    }

    /** One of several words. */
    static Grammar oneOf(String... words) {
        String last = words[words.length - 1];
        String others = String.join(", ", Arrays.copyOf(words, words.length - 1));
        return of(Arrays.asList(words)::contains, others.isEmpty() ? last : others + " or " + last);
    }

    /** The same, except for values with an objection, which is a complete sentence. */
    Grammar unless(Function<String, Optional<String>> other) {
        return new Grammar(fits, expected, other);
    }

    /** What is expected, as the object of a sentence. */
    public String expected() {
        return expected;
    }

    /** The same as the end of a message. */
    String expectation() {
        return "expected " + expected;
    }

    /** The mistake in a value, as the end of a message; empty if there is none. */
    public Optional<String> problem(String value) {
        return fits.test(value) ? objection.apply(value) : Optional.of(expectation());
    }
}
