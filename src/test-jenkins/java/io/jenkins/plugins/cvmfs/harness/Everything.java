package io.jenkins.plugins.cvmfs.harness;

import io.jenkins.plugins.cvmfs.engine.options.Group;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.kohsuke.stapler.DataBoundSetter;

/** Objects of which every option that can be bound has a value other than its default, also those that are still to come. */
public final class Everything {
    /** Values of options that do not take just any line. */
    private static final Map<String, String> CHOICES =
            Map.of("strategy", "commit", "call", "check", "ociMetadata", "labels", "driver", "docker", "access", "host", "url", "registry.example.org/of-some", "setup", "#!/bin/sh\n  echo $HOME", "buildkitdConfig", "[a]\n  b = 'c'");

    private Everything() {}

    /** An object with every option. */
    public static <T> T of(Class<T> type) throws Exception {
        DescribableModel<T> model = DescribableModel.of(type);
        T usual = type.cast(plain(model));
        Map<String, Object> values = new TreeMap<>();
        for (DescribableParameter parameter : model.getParameters()) {
            values.put(parameter.getName(), value(parameter.getName(), parameter.getRawType(), usual));
        }
        return model.instantiate(values, null);
    }

    private static Object plain(DescribableModel<?> model) throws Exception {
        Map<String, Object> required = new TreeMap<>();
        for (DescribableParameter parameter : model.getParameters()) {
            if (parameter.isRequired()) {
                required.put(parameter.getName(), value(parameter.getName(), parameter.getRawType(), null));
            }
        }
        return model.instantiate(required, null);
    }

    /** Sets every option of an object that is there once. */
    public static void set(Object object) throws Exception {
        for (Method setter : setters(object)) {
            setter.invoke(object, value(name(setter), setter.getGenericParameterTypes()[0], null));
        }
    }

    /** Takes every option of such an object back to what an empty form gives. */
    public static void clear(Object object) throws Exception {
        for (Method setter : setters(object)) {
            setter.invoke(object, setter.getParameterTypes()[0] == List.class ? List.of() : null);
        }
    }

    /** A step without the options of a group. */
    public static <T> T without(T step, Group group) throws Exception {
        UninstantiatedDescribable written = DescribableModel.uninstantiate2_(step);
        Map<String, Object> left = new TreeMap<>(written.getArguments());
        OptionTable.of(group).forEach(option -> left.remove(option.name()));
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) step.getClass();
        return DescribableModel.of(type).instantiate(left, null);
    }

    /** What an object is told to be, for comparison. */
    public static String text(Object object) {
        return DescribableModel.uninstantiate2_(object).toString();
    }

    private static List<Method> setters(Object object) {
        return Arrays.stream(object.getClass().getMethods()).filter(method -> method.isAnnotationPresent(DataBoundSetter.class)).toList();
    }

    private static String name(Method setter) {
        return Introspector.decapitalize(setter.getName().substring("set".length()));
    }

    /** @param usual an object with the defaults, or null */
    private static Object value(String name, Type type, Object usual) throws Exception {
        if (type == boolean.class) {
            String getter = "is" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            return !(boolean) usual.getClass().getMethod(getter).invoke(usual);
        }
        if (type == Boolean.class) {
            return false;
        }
        if (type == String.class) {
            return CHOICES.getOrDefault(name, "a " + name + " of 'some' $KIND");
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            Type element = list.getActualTypeArguments()[0];
            Object first = value(name, element, null);
            return List.of(first, element == String.class ? "another \"" + name + "\"" : first);
        }
        return of((Class<?>) type);
    }
}
