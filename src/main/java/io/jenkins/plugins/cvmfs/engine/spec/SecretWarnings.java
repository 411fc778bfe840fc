package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Says of options that show their values how a secret is handed over instead. */
public final class SecretWarnings {
    private final ImageSpec spec;
    private final UnaryOperator<String> naming;

    /** @param naming how the front end spells an option */
    public SecretWarnings(ImageSpec spec, UnaryOperator<String> naming) {
        this.spec = spec;
        this.naming = naming;
    }

    /** One line for each value that is probably a secret; no line has a value. */
    public List<String> all() {
        List<String> warnings = new ArrayList<>();
        spec.options().buildArgs().forEach((name, value) -> {
            if (!value.isEmpty() && suspicious(name, value)) {
                warnings.add(buildArgument(name));
            }
        });
        spec.options().labels().forEach((key, value) -> {
            if (suspicious(key, value)) {
                warnings.add(readable("labels", key));
            }
        });
        spec.options().annotations().stream().map(SecretWarnings::pair).forEach(pair -> {
            if (suspicious(pair.getKey(), pair.getValue())) {
                warnings.add(readable("annotations", pair.getKey()));
            }
        });
        visible(warnings, "cacheFrom", spec.options().cacheFrom());
        visible(warnings, "cacheTo", spec.options().cacheTo());
        visible(warnings, "outputs", spec.options().outputs());
        spec.options().buildContexts().forEach((name, value) -> visible(warnings, "buildContexts", name, value));
        if (spec.source() instanceof Source.Dockerfile source) {
            visible(warnings, "context", "", source.context());
        }
        return warnings;
    }

    /** @param specs rows of {@code key=value}, with commas between */
    private void visible(List<String> warnings, String option, List<String> specs) {
        specs.stream()
                .flatMap(row -> Stream.of(row.split(",")))
                .filter(field -> field.indexOf('=') > 0)
                .map(SecretWarnings::pair)
                .forEach(pair -> visible(warnings, option, pair.getKey(), pair.getValue()));
    }

    private void visible(List<String> warnings, String option, String key, String value) {
        if (suspicious(key, value)) {
            warnings.add("Warning: " + naming.apply(option) + (key.isEmpty() ? "" : " " + key)
                    + " looks like a secret, and it is seen in docker's "
                    + "command line. Give it by the environment or a credential helper of the machine that builds.");
        }
    }

    private static boolean suspicious(String name, String value) {
        return SecretNames.isSecret(name) || SecretNames.isSecretValue(value);
    }

    private String buildArgument(String name) {
        String fix = spec.strategy() == Strategy.COMMIT
                ? "Strategy commit cannot hide it; use strategy buildx with " + naming.apply("secrets") + "."
                : "Hand it over with " + naming.apply("secrets") + ", and read it in RUN --mount=type=secret,id="
                        + name.toLowerCase(Locale.ROOT)
                        + (spec.source() instanceof Source.Setup ? "; a setup script finds it in /run/secrets." : ".");
        return "Warning: " + naming.apply("buildArgs") + " " + name
                + " looks like a secret. A build argument is seen in docker's command line, and may be "
                + "seen in the image's history and provenance. " + fix;
    }

    private String readable(String option, String key) {
        return "Warning: " + naming.apply(option) + " " + key
                + " looks like a secret. Whoever can pull the image reads it; leave it out.";
    }

    private static Map.Entry<String, String> pair(String annotation) {
        int equals = annotation.indexOf('=');
        return Map.entry(annotation.substring(0, equals), annotation.substring(equals + 1));
    }
}
