package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A field of a form, shown by {@code form/fields.jelly}. */
@Restricted(NoExternalUse.class)
public final class FormField {
    /** A text of words separated by spaces; a form shows one word per line. */
    private static final Set<Option> WORDS = Set.of(ImageTable.MOUNTS);

    private final Option option;
    private final boolean ofImage;

    private FormField(Option option, boolean ofImage) {
        this.option = option;
        this.ofImage = ofImage;
    }

    /** A field of one of several images; if empty, the step's value applies. */
    static FormField ofImage(Option option) {
        return new FormField(option, true);
    }

    /** The fields of an object's form. */
    static List<FormField> of(Place place) {
        return of(place, option -> true);
    }

    static List<FormField> of(Place place, Predicate<Option> shown) {
        return OptionTable.all().stream()
                .filter(option -> option.place() == place && option.isInJenkins() && shown.test(option))
                .map(option -> new FormField(option, false))
                .toList();
    }

    /** The name of the property. */
    public String getProperty() {
        return option.property();
    }

    public String getLabel() {
        return Labels.of(option);
    }

    /** The value that an empty field means; empty if that is obvious. */
    public String getPlaceholder() {
        return ofImage ? "" : Labels.placeholder(option);
    }

    /** The state of a check box if nothing is saved. */
    public boolean getDefault() {
        return option.isOn();
    }

    /** The text of a text area with one value per line. */
    public String lines(Object value) {
        return value instanceof List<?> values
                ? values.stream().map(String::valueOf).collect(Collectors.joining("\n"))
                : Lines.ofWords((String) value);
    }

    /** The kind of control. */
    public String getWidget() {
        if (option.isCredentials()) {
            return "credentials";
        } else if (option.isObjectInJenkins()) {
            return option.kind() == Kind.LIST ? "objects" : "object";
        }
        if (WORDS.contains(option)) {
            return "lines";
        }
        return switch (option.kind()) {
            case LIST, MAP -> "lines";
            case SCRIPT -> "area";
            case FLAG -> ofImage ? "select" : "check";
            case SWITCH -> "select";
            default -> option.isListed() ? "select" : "text";
        };
    }
}
