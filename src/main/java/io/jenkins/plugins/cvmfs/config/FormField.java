package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.options.Group;
import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A field of a form, as {@code form/fields.jelly} shows it. */
@Restricted(NoExternalUse.class)
public final class FormField {
    private final Option option;

    private FormField(Option option) {
        this.option = option;
    }

    /** The fields of an object's form. */
    static List<FormField> of(Place place) {
        return all(place).map(FormField::new).toList();
    }

    private static Stream<Option> all(Place place) {
        return OptionTable.all().stream().filter(option -> option.place() == place && option.isInJenkins());
    }

    /** The sections of the step's form, those that are shown only when asked or the others. */
    public static List<Section> sections(boolean advanced) {
        return Arrays.stream(Group.values())
                .map(group -> new Section(
                        group.title(),
                        all(Place.STEP)
                                .filter(option -> option.group() == group && option.isAdvanced() == advanced)
                                .map(FormField::new)
                                .toList()))
                .filter(section -> !section.getFields().isEmpty())
                .toList();
    }

    /** The name of the property. */
    public String getProperty() {
        return option.property();
    }

    public String getLabel() {
        return option.label();
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
            case FLAG -> "check";
            case SWITCH -> "select";
            default -> option.choices().isEmpty() ? "text" : "select";
        };
    }

    /** Fields under one heading. */
    @Restricted(NoExternalUse.class)
    public static final class Section {
        private final String title;
        private final List<FormField> fields;

        Section(String title, List<FormField> fields) {
            this.title = title;
            this.fields = fields;
        }

        public String getTitle() {
            return title;
        }

        public List<FormField> getFields() {
            return fields;
        }
    }
}
