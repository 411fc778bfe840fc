package io.jenkins.plugins.cvmfs.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionRules;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import io.jenkins.plugins.cvmfs.engine.spec.SecretWarnings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Shows beside a field what a build would report about its value. */
@Restricted(NoExternalUse.class)
public final class FieldCheck {
    private FieldCheck() {}

    /**
     * Checks one option by itself. Users without permission to configure get no answer.
     *
     * @param item that is configured, or null for the system
     * @param place the object that the form belongs to
     * @param path the field, with or without a slash before it
     * @param value the value of the field; lists have one value per line
     */
    public static FormValidation of(Item item, Place place, String path, String value) {
        boolean allowed =
                item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
        // A variable is known only when a build runs.
        if (!allowed || value == null || value.isBlank() || value.indexOf('$') >= 0) {
            return FormValidation.ok();
        }
        String property = path.replaceFirst("^/", "");
        return BoundOptions.of(place)
                .filter(option -> option.property().equals(property))
                .findFirst()
                .map(option -> check(option, value))
                .orElseGet(FormValidation::ok);
    }

    private static FormValidation check(Option option, String value) {
        GivenOptions given = given(option, value);
        String errors = errors(option, given);
        if (!errors.isEmpty()) {
            return FormValidation.error(errors);
        }
        List<String> warnings = SecretWarnings.of(given, OptionTable::onForm);
        return warnings.isEmpty() ? FormValidation.ok() : FormValidation.warning(String.join("\n", warnings));
    }

    /** The mistakes in a value, one per line. */
    static String errors(Option option, String value) {
        return errors(option, given(option, value));
    }

    private static GivenOptions given(Option option, String value) {
        GivenOptions given = new GivenOptions();
        BoundOptions.give(given, option, parsed(option, value), UnaryOperator.identity());
        return given;
    }

    private static String errors(Option option, GivenOptions given) {
        Problems problems = new Problems();
        given.malformed().forEach(problems::add);
        if (given.has(option)) {
            OptionRules rules = new OptionRules(given, problems);
            rules.check(option);
            rules.paths(option, FieldCheck::leadsOut);
        }
        return problems.found().stream()
                .map(problem ->
                        problem.message(name -> name.equals(option.name()) ? "value" : OptionTable.onForm(name)))
                .collect(Collectors.joining("\n"));
    }

    private static Object parsed(Option option, String value) {
        if (option.kind().hasSeveral()) {
            return Lines.of(List.of(value));
        }
        return switch (option.kind()) {
            case FLAG, SWITCH -> Boolean.valueOf(value);
            case SCRIPT -> value;
            default -> value.strip();
        };
    }

    /** Whether a path leads outside any workspace, not considering links. */
    private static boolean leadsOut(String path) {
        try {
            return !Path.of(path).isAbsolute() && Path.of(path).normalize().startsWith("..");
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
