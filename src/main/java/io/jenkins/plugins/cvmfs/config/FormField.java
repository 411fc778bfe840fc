package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import java.util.List;
import java.util.function.Predicate;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A field of a form, as {@code form/fields.jelly} shows it. */
@Restricted(NoExternalUse.class)
public final class FormField {
    private final Option option;
    private final boolean ofImage;

    private FormField(Option option, boolean ofImage) {
        this.option = option;
        this.ofImage = ofImage;
    }

    /** A field of one of several images, which is left to the step where it is empty. */
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
        return option.label();
    }

    /** What an empty field stands for; empty if that goes without saying. */
    public String getPlaceholder() {
        return ofImage ? "" : option.byDefault();
    }

    /** What a check box has when nothing is saved. */
    public boolean getDefault() {
        return option.isOn();
    }

    /** How it is shown. */
    public String getWidget() {
        if (option.isCredentials()) {
            return "credentials";
        } else if (option.isObjectInJenkins()) {
            return option.kind() == Kind.LIST ? "objects" : "object";
        }
        return switch (option.kind()) {
            case LIST, MAP -> "lines";
            case SCRIPT -> "area";
            case FLAG -> ofImage ? "select" : "check";
            case SWITCH -> "select";
            default -> option.choices().isEmpty() ? "text" : "select";
        };
    }
}
