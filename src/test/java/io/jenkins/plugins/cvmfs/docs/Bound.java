package io.jenkins.plugins.cvmfs.docs;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What Jenkins binds of a class, to hold examples against. */
final class Bound {
    private Bound() {}

    /** The properties with their types. */
    static Map<String, Type> properties(Class<?> bean) {
        Map<String, Type> properties = new LinkedHashMap<>();
        for (Constructor<?> constructor : bean.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                Arrays.stream(constructor.getParameters())
                        .forEach(parameter -> properties.put(parameter.getName(), parameter.getParameterizedType()));
            }
        }
        for (Method method : bean.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                properties.put(
                        name.substring(0, 1).toLowerCase() + name.substring(1), method.getGenericParameterTypes()[0]);
            }
        }
        return properties;
    }

    /** What a structure of maps and lists has that a class has not, as paths. */
    static Stream<String> unknown(String path, Object value, Type type) {
        if (value instanceof Map<?, ?> map && type instanceof Class<?> bean) {
            Map<String, Type> properties = properties(bean);
            return map.entrySet().stream().flatMap(entry -> {
                String key = String.valueOf(entry.getKey());
                return Optional.ofNullable(properties.get(key))
                        .map(property -> unknown(path + "." + key, entry.getValue(), property))
                        .orElseGet(() -> Stream.of(path + "." + key));
            });
        }
        if (value instanceof List<?> list && type instanceof ParameterizedType generic) {
            return list.stream().flatMap(each -> unknown(path, each, generic.getActualTypeArguments()[0]));
        }
        return Stream.empty();
    }
}
