package io.jenkins.plugins.cvmfs.engine.options;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All options, in the order of the documentation. */
public final class OptionTable {
    private static final List<Option> ALL = Stream.of(
                    ImageTable.ALL,
                    NameTable.ALL,
                    ClientTable.ALL,
                    CacheTable.ALL,
                    BuildTable.ALL,
                    ContainerTable.ALL,
                    ControlTable.ALL,
                    BuilderTable.ALL,
                    SeveralTable.ALL)
            .flatMap(List::stream)
            .toList();

    private static final Map<String, Option> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Option::name, Function.identity()));

    private OptionTable() {}

    public static List<Option> all() {
        return ALL;
    }

    /** The options of a group that a front end offers. */
    public static Stream<Option> of(Group group) {
        return ALL.stream().filter(option -> option.group() == group);
    }

    public static Optional<Option> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The position of an option; unknown names come last. */
    static int place(String name) {
        int place = name == null ? -1 : ALL.indexOf(BY_NAME.get(name));
        return place < 0 ? ALL.size() : place;
    }

    /** The spelling of an option on the command line; unknown names stay unchanged. */
    public static String onCommandLine(String name) {
        return find(name).map(option -> option.commandLine().get(0)).orElse(name);
    }

    /** The spelling of an option in a Pipeline; unknown names stay unchanged. */
    public static String inPipeline(String name) {
        return find(name).map(Option::pipeline).orElse(name);
    }

    /** The name of an option in forms. */
    public static String onForm(String name) {
        return find(name).map(option -> '"' + option.label() + '"').orElse(name);
    }
}
