package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Group;
import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** The options of the table as options of a command. */
final class OptionSpecs {
    private static final int WIDTH = 100;

    private final CommandSpec command;
    private final Map<Option, List<ArgSpec>> added = new LinkedHashMap<>();

    /** @param command gets the options, and the positional one unless it has others */
    OptionSpecs(CommandSpec command) {
        this.command = command;
        command.usageMessage().abbreviateSynopsis(true).sortOptions(false).width(WIDTH);
        boolean positional = command.positionalParameters().isEmpty();
        int order = 0;
        for (Group group : Group.values()) {
            ArgGroupSpec.Builder specs = ArgGroupSpec.builder()
                    .validate(false)
                    // Otherwise picocli renders a synopsis of all options for a warning that nobody reads.
                    .exclusive(false)
                    .heading("%n" + group.title() + ":%n")
                    .order(order++);
            for (Option option :
                    OptionTable.of(group).filter(Option::isOnCommandLine).toList()) {
                OptionSpec spec = spec(option, order++);
                specs.addArg(spec);
                add(option, spec);
            }
            if (!specs.args().isEmpty()) {
                command.addArgGroup(specs.build());
            }
        }
        if (positional) {
            OptionTable.all().stream().filter(Option::isPositional).forEach(option -> {
                PositionalParamSpec spec = positional(option);
                command.addPositional(spec);
                add(option, spec);
            });
        }
    }

    private void add(Option option, ArgSpec spec) {
        added.computeIfAbsent(option, key -> new ArrayList<>()).add(spec);
    }

    /**
     * The options given on the parsed command line.
     *
     * @throws ParameterException if an option was given twice, with and without a name
     */
    GivenOptions given() {
        GivenOptions given = new GivenOptions();
        added.forEach((option, specs) -> specs.stream()
                .<Object>map(ArgSpec::getValue)
                .filter(Objects::nonNull)
                .forEach(value -> {
                    if (given.has(option)) {
                        throw new ParameterException(
                                command.commandLine(),
                                option.placeholder() + " was given twice, with and without "
                                        + option.commandLine().get(0));
                    }
                    given.give(option, option == BuildTable.BUILD_ARGS ? withValues((List<?>) value) : value);
                }));
        return given;
    }

    /** As in docker, a name alone takes its value from the environment. */
    private static List<String> withValues(List<?> arguments) {
        return arguments.stream()
                .map(Object::toString)
                .map(text ->
                        text.contains("=") || System.getenv(text) == null ? text : text + "=" + System.getenv(text))
                .toList();
    }

    private static OptionSpec spec(Option option, int order) {
        OptionSpec.Builder spec = OptionSpec.builder(option.commandLine().toArray(String[]::new))
                .description(description(option))
                .order(order);
        switch (option.kind()) {
            case FLAG, SWITCH ->
                spec.type(Boolean.class).arity("0").negatable(option.isOn() || option.kind() == Kind.SWITCH);
            case LIST, MAP ->
                spec.type(List.class).auxiliaryTypes(String.class).arity("1").paramLabel(option.placeholder());
            default -> spec.type(String.class).arity("1").paramLabel(option.placeholder());
        }
        if (!option.choices().isEmpty()) {
            spec.completionCandidates(option.choices());
        }
        return spec.build();
    }

    private static PositionalParamSpec positional(Option option) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .paramLabel(option.placeholder())
                .description("The same as " + option.commandLine().get(0) + ".")
                .type(String.class)
                .build();
    }

    private static String[] description(Option option) {
        String text = option.help()
                + (option.byDefault().isEmpty() ? "" : " Default: " + option.byDefault() + ".")
                + (option.kind().hasSeveral() ? " Repeatable." : "");
        return new String[] {text.replace("%", "%%")};
    }
}
