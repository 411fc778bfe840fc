package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.options.Group;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The step's form: the options that every image needs, the choice of the source, and all others in folded sections. */
@Restricted(NoExternalUse.class)
public final class StepForm {
    private static final String SOURCE = "source";
    private static final Set<Group> SOURCES = EnumSet.of(Group.DOCKERFILE, Group.SETUP);

    /** The submitted form, with the fields of the chosen source moved to the others. */
    public static JSONObject flat(JSONObject sent) {
        JSONObject flat = new JSONObject();
        sent.keySet().forEach(key -> {
            Object value = sent.get(key);
            if (SOURCE.equals(key) && value instanceof JSONObject source) {
                source.keySet().forEach(field -> flat.put(field, source.get(field)));
            } else if (!"".equals(key)) {
                // The choice itself has no name.
                flat.put(key, value);
            }
        });
        return flat;
    }

    /** The fields above the source. */
    public List<FormField> getFirst() {
        return asked(option -> option.group().compareTo(Group.SETUP) < 0);
    }

    /** The fields of a Dockerfile. */
    public List<FormField> getDockerfile() {
        return of(Group.DOCKERFILE);
    }

    /** The fields of a setup script. */
    public List<FormField> getSetup() {
        return of(Group.SETUP);
    }

    /** The fields below the source. */
    public List<FormField> getLast() {
        return asked(option -> option.group().compareTo(Group.SETUP) > 0);
    }

    /** The fields that few images need. */
    public List<Section> getFolded() {
        return Arrays.stream(Group.values())
                .filter(group -> !SOURCES.contains(group))
                .map(group -> new Section(
                        Labels.of(group),
                        FormField.of(Place.STEP, option -> option.group() == group && option.isAdvanced())))
                .filter(section -> !section.getFields().isEmpty())
                .toList();
    }

    private static List<FormField> of(Group source) {
        return FormField.of(Place.STEP, option -> option.group() == source);
    }

    private static List<FormField> asked(Predicate<Option> where) {
        return FormField.of(
                Place.STEP, option -> !option.isAdvanced() && !SOURCES.contains(option.group()) && where.test(option));
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
