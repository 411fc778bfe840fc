package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.options.Expansion;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Reads options from the objects that Jenkins binds and saves, by the names of their properties. */
@Restricted(NoExternalUse.class)
public final class BoundOptions {
    private BoundOptions() {}

    /** The options of an image that an object binds as texts. */
    static Stream<Option> of(Place place) {
        return OptionTable.all().stream()
                .filter(option -> option.place() == place
                        && option.isInJenkins()
                        && option.isOfImage()
                        && !option.isObjectInJenkins());
    }

    /**
     * Reads the options of an object.
     *
     * @param bean the object, or null for none
     * @param variables expands the variables in a text
     */
    public static void give(GivenOptions given, Place place, Object bean, UnaryOperator<String> variables) {
        if (bean != null) {
            of(place).forEach(option -> give(given, option, value(bean, option), variables));
        }
    }

    /**
     * Reads the own options of one of several images.
     *
     * @param bean the image, whose getters return null for options that it does not set
     */
    public static void giveOwn(GivenOptions given, Object bean, UnaryOperator<String> variables) {
        ofImage().forEach(option -> give(given, option, value(bean, option, "get"), variables));
    }

    /** The options that each of several images can set for itself. */
    static Stream<Option> ofImage() {
        return of(Place.STEP).filter(Option::isPerImage);
    }

    /** Reads one value; null means not set. */
    public static void give(GivenOptions given, Option option, Object value, UnaryOperator<String> variables) {
        if (value instanceof List<?> list) {
            List<String> expanded = new ArrayList<>();
            list.forEach(
                    text -> expanded(given, option, (String) text, variables).ifPresent(expanded::add));
            given.give(option, expanded);
        } else if (value instanceof String text) {
            expanded(given, option, text, variables).ifPresent(expanded -> given.give(option, expanded));
        } else {
            given.give(option, value);
        }
    }

    private static Optional<String> expanded(
            GivenOptions given, Option option, String written, UnaryOperator<String> variables) {
        if (option.kind() == Kind.SCRIPT) {
            // As a browser's form sends them.
            return Optional.of(written.replace("\r\n", "\n"));
        }
        Expansion expansion = option.expansion();
        Optional<String> text = expansion.apply(written, variables);
        if (text.isEmpty()) {
            given.refuse(option, written, "a variable in it has a value that would become another field");
        }
        return text;
    }

    /** The value of an option's getter. */
    static Object value(Object bean, Option option) {
        return value(bean, option, option.kind() == Kind.FLAG ? "is" : "get");
    }

    private static Object value(Object bean, Option option, String getter) {
        String property = option.property();
        String name = property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
        try {
            return bean.getClass().getMethod(getter + name).invoke(bean);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(bean.getClass() + " has no option " + property, e);
        }
    }
}
