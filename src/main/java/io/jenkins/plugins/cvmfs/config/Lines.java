package io.jenkins.plugins.cvmfs.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** Text areas with one value of a list per line. */
@Restricted(NoExternalUse.class)
public final class Lines {
    private Lines() {}

    /** The text of a text area. */
    public static String join(List<String> values) {
        return values == null ? "" : String.join("\n", values);
    }

    /** The text of a text area with one word per line. */
    static String ofWords(String words) {
        return words == null ? "" : words.strip().replaceAll("\\s+", "\n");
    }

    /** Words separated by one space, from words or lines; null if there are none. */
    @CheckForNull
    public static String words(String text) {
        return text == null || text.isBlank() ? null : text.strip().replaceAll("\\s+", " ");
    }

    /** The lines of texts with one value per line, without empty ones. A form may submit a text area as one text. */
    public static List<String> of(List<String> texts) {
        return texts.stream().flatMap(Lines::lines).collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * The values, stripped, without empty ones. None is split, because in a Pipeline it may contain text of somebody
     * else, such as the title of a pull request, which must not become another value.
     */
    public static List<String> each(List<String> values) {
        return values.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** A form in which each text that {@code type} binds to a list has been split into lines, without empty ones. */
    public static JSONObject split(JSONObject form, Class<?> type) {
        JSONObject split = new JSONObject();
        for (Object key : form.keySet()) {
            Object value = form.get(key);
            boolean lines = value instanceof String && (key.equals("tags") || bindsList(type, (String) key));
            split.put((String) key, lines ? array((String) value) : value);
        }
        return split;
    }

    /**
     * The same for the objects in a form, which Jenkins binds without their descriptors in the system configuration.
     *
     * @param types types of the objects by property
     */
    static JSONObject splitIn(JSONObject form, Map<String, Class<?>> types) {
        JSONObject split = new JSONObject();
        for (Object key : form.keySet()) {
            split.put((String) key, splitIn((String) key, form.get(key), types));
        }
        return split;
    }

    private static Object splitIn(String key, Object value, Map<String, Class<?>> types) {
        if (value instanceof JSONObject object && !object.keySet().isEmpty()) {
            return types.containsKey(key) ? split(object, types.get(key)) : splitIn(object, types);
        } else if (value instanceof List<?> list) {
            JSONArray array = new JSONArray();
            list.forEach(element -> array.add(splitIn(key, element, types)));
            return array;
        }
        return value;
    }

    private static JSONArray array(String text) {
        JSONArray array = new JSONArray();
        lines(text).forEach(array::add);
        return array;
    }

    private static Stream<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty());
    }

    private static boolean bindsList(Class<?> type, String property) {
        String setter = "set" + Character.toUpperCase(property.charAt(0)) + property.substring(1);
        for (var method : type.getMethods()) {
            if (method.getName().equals(setter) && method.isAnnotationPresent(DataBoundSetter.class)) {
                Type bound = method.getGenericParameterTypes()[0];
                return bound instanceof ParameterizedType list && list.getActualTypeArguments()[0] == String.class;
            }
        }
        return false;
    }
}
