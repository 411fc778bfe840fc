package io.jenkins.plugins.cvmfs.engine.options;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The paths on the machine that builds that a value names. */
public enum LocalPaths {
    NONE(value -> List.of()),
    /** The value is a path. */
    VALUE(value -> List.of(value)),
    /** A directory or a URL, which is also a path if a directory has that name. */
    CONTEXT(LocalPaths::ofContext),
    /** A row of {@code key=value} fields, or a path alone, which may contain {@code =} too. */
    OUTPUT(row -> of(row, Set.of("dest"), true)),
    /** A row of {@code key=value} fields, or a reference alone. */
    CACHE(row -> of(row, Set.of("src", "dest"), false)),
    /** A row of {@code key=value} fields. */
    SECRET(row -> of(row, Set.of("src", "source"), false)),
    /** A row of {@code key=value} fields. */
    POLICY(row -> of(row, Set.of("filename"), false)),
    /** {@code id[=path[,path...]]}. */
    SSH(LocalPaths::ofSsh);

    private static final Pattern NO_PATH = Pattern.compile("docker-image://.*|target:[^/]*", Pattern.DOTALL);
    private static final String LAYOUT = "oci-layout://";

    /** Prefixes of single fields that are not paths. */
    private static final String TYPE = "type=";

    private final Function<String, List<String>> reading;

    LocalPaths(Function<String, List<String>> reading) {
        this.reading = reading;
    }

    /** The paths that {@code value} names. */
    public List<String> in(String value) {
        return reading.apply(value);
    }

    private static List<String> ofContext(String value) {
        if (value.startsWith(LAYOUT)) {
            return List.of(value.substring(LAYOUT.length()).replaceFirst("[:@].*$", ""));
        }
        return NO_PATH.matcher(value).matches() ? List.of() : List.of(value);
    }

    private static List<String> of(String row, Set<String> keys, boolean alone) {
        List<String> fields = Csv.fields(row).orElse(List.of());
        if (alone && fields.size() == 1 && !fields.get(0).startsWith(TYPE)) {
            return named(fields.get(0)).toList();
        }
        return fields.stream()
                .map(field -> field.split("=", 2))
                .filter(pair ->
                        pair.length == 2 && keys.contains(pair[0].strip().toLowerCase(Locale.ROOT)))
                .flatMap(pair -> named(pair[1]))
                .toList();
    }

    /** A dash means standard output. */
    private static Stream<String> named(String path) {
        return path.equals("-") || path.isEmpty() ? Stream.empty() : Stream.of(path);
    }

    private static List<String> ofSsh(String value) {
        int equals = value.indexOf('=');
        return equals < 0 ? List.of() : List.of(value.substring(equals + 1).split(","));
    }
}
