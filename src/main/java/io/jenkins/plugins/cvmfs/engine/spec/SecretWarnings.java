package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.Csv;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Option.Exposure;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Warns about secrets in options that expose their values, and says how to pass them instead. */
public final class SecretWarnings {
    private final GivenOptions values;
    private final boolean commit;
    private final boolean setup;
    private final UnaryOperator<String> naming;

    private SecretWarnings(GivenOptions values, boolean commit, boolean setup, UnaryOperator<String> naming) {
        this.values = values;
        this.commit = commit;
        this.setup = setup;
        this.naming = naming;
    }

    /**
     * One line for each value of a description that is probably a secret, without the value itself.
     *
     * @param naming how the front end spells an option
     */
    public static List<String> of(ImageSpec spec, UnaryOperator<String> naming) {
        return new SecretWarnings(
                        spec.values(),
                        spec.strategy() == Strategy.COMMIT,
                        spec.source() instanceof Source.Setup,
                        naming)
                .all();
    }

    /** The same for options that are not a complete description. */
    public static List<String> of(GivenOptions values, UnaryOperator<String> naming) {
        return new SecretWarnings(values, false, false, naming).all();
    }

    private List<String> all() {
        return OptionTable.all().stream()
                .filter(option -> option.exposure() != Exposure.NOBODY)
                .flatMap(option -> pairs(option)
                        .filter(pair -> isSecret(option, pair.getKey(), pair.getValue()))
                        .map(pair -> "Warning: " + naming.apply(option.name())
                                + (pair.getKey().isEmpty() ? "" : " " + pair.getKey()) + " looks like a secret"
                                + advice(option.exposure(), pair.getKey())))
                .toList();
    }

    /** The values of an option by name; a single text has an empty name. */
    private Stream<Map.Entry<String, String>> pairs(Option option) {
        return switch (option.kind()) {
            case MAP -> values.map(option).entrySet().stream();
            case LIST ->
                values.list(option).stream()
                        .flatMap(text -> option.exposure() == Exposure.IMAGE
                                ? Stream.of(text)
                                : Csv.fields(text).orElse(List.of()).stream())
                        .filter(field -> field.indexOf('=') > 0)
                        .map(SecretWarnings::pair);
            default -> values.has(option) ? Stream.of(Map.entry("", values.text(option))) : Stream.empty();
        };
    }

    private static boolean isSecret(Option option, String name, String value) {
        boolean empty = option.exposure() == Exposure.HISTORY && value.isEmpty();
        return !empty && (SecretNames.isSecret(name) || SecretNames.isSecretValue(value));
    }

    private String advice(Exposure exposure, String name) {
        return switch (exposure) {
            case IMAGE -> ". Whoever can pull the image reads it; omit it.";
            case HISTORY ->
                ". A build argument is seen in docker's command line, and may be seen in the image's "
                        + "history and provenance. " + buildArgument(name);
            default ->
                ", and it is seen in docker's command line. Give it by the environment or a credential helper "
                        + "of the machine that builds.";
        };
    }

    private String buildArgument(String name) {
        if (commit) {
            return Problem.named("Strategy commit cannot hide it; use strategy buildx with {secrets}.", naming);
        }
        return Problem.named("Hand it over with {secrets}", naming) + ", and read it in RUN --mount=type=secret,id="
                + name.toLowerCase(Locale.ROOT)
                + (setup ? "; a setup script finds it in /run/secrets." : ".");
    }

    private static Map.Entry<String, String> pair(String field) {
        int equals = field.indexOf('=');
        return Map.entry(field.substring(0, equals), field.substring(equals + 1));
    }
}
