package io.jenkins.plugins.cvmfs.engine.options;

import java.util.List;
import java.util.function.Predicate;

/** The checks that the table declares: of each value by itself, and of options with a strategy. */
public final class OptionRules {
    private final GivenOptions given;
    private final Problems problems;

    public OptionRules(GivenOptions given, Problems problems) {
        this.given = given;
        this.problems = problems;
    }

    /**
     * Checks every option that was given.
     *
     * @param outside whether a build may not read or write at a path
     */
    public void check(Strategy strategy, Predicate<String> outside) {
        given.malformed().forEach(problems::add);
        for (Option option : OptionTable.all()) {
            if (given.isChanged(option) && !option.goesWith(strategy)) {
                problems.add(option, given.shown(option), option.otherwise());
            } else if (given.has(option)) {
                check(option);
                paths(option, outside);
            }
        }
    }

    /** Checks the value of one option by itself. */
    public void check(Option option) {
        switch (option.kind()) {
            case TEXT -> {
                List<String> words = option.hasWords() ? given.words(option) : List.of();
                (words.isEmpty() ? List.of(given.text(option)) : words).forEach(text -> value(option, text));
            }
            case SCRIPT -> problems.writable(option, given.text(option));
            case LIST -> given.list(option).forEach(text -> value(option, text));
            case MAP -> given.map(option).forEach((name, text) -> entry(option, name, text));
            case FLAG, SWITCH, OBJECT -> {
                // Each of their values is allowed.
            }
        }
    }

    private void value(Option option, String value) {
        if (option.grammar().isEmpty()) {
            problems.passable(option, value);
        } else {
            problems.matches(option, value, option.grammar().get());
        }
    }

    private void entry(Option option, String name, String text) {
        if (problems.passable(option, name + "=" + text)) {
            option.grammar().ifPresent(grammar -> problems.matches(option, name, grammar));
            option.values().ifPresent(grammar -> problems.matches(option, text, grammar));
        }
    }

    /** Checks that a build may read and write at the paths of one option. */
    public void paths(Option option, Predicate<String> outside) {
        List<String> values = option.kind() == Kind.MAP
                ? List.copyOf(given.map(option).values())
                : option.kind() == Kind.LIST ? given.list(option) : List.of(given.shown(option));
        for (String value : values) {
            if (!given.isOwn(value)) {
                option.paths().in(value).stream()
                        .filter(outside)
                        .forEach(path -> problems.add(
                                option, value, "the path " + path + " is outside the workspace; expected one inside"));
            }
        }
    }
}
