package io.jenkins.plugins.cvmfs.engine.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values that a user has given to options of the table; every front end fills this and nothing else. An empty text
 * counts as not given.
 */
public final class GivenOptions {
    private final Map<Option, Object> values = new LinkedHashMap<>();
    private final List<Problem> malformed = new ArrayList<>();
    private final Set<String> own = new HashSet<>();

    /**
     * Adds a value; lists and maps are extended.
     *
     * @param value a text, a Boolean, a collection of texts ({@code name=value} for a map), or a map; null and empty
     *     texts count as not given
     * @throws IllegalArgumentException if its type does not match the option
     */
    public GivenOptions give(Option option, Object value) {
        if (value == null || value.equals("")) {
            return this;
        }
        switch (option.kind()) {
            case TEXT, SCRIPT -> values.put(option, typed(option, value, String.class));
            case FLAG, SWITCH -> values.put(option, typed(option, value, Boolean.class));
            case LIST -> {
                List<String> all = new ArrayList<>(list(option));
                all.addAll(texts(option, value));
                if (!all.isEmpty()) {
                    values.put(option, all);
                }
            }
            case MAP -> {
                Map<String, String> all = new LinkedHashMap<>(map(option));
                all.putAll(
                        value instanceof Map<?, ?> map ? entries(option, map) : entries(option, texts(option, value)));
                if (!all.isEmpty()) {
                    values.put(option, all);
                }
            }
            case OBJECT -> throw new IllegalArgumentException(option + " has no value");
        }
        return this;
    }

    private static <T> T typed(Option option, Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(option + " is no " + type.getSimpleName());
        }
        return type.cast(value);
    }

    private static List<String> texts(Option option, Object value) {
        Collection<?> values = typed(option, value, Collection.class);
        return values.stream()
                .map(text -> typed(option, text, String.class))
                .flatMap(text -> option.parted(text).stream())
                .toList();
    }

    private static Map<String, String> entries(Option option, Map<?, ?> map) {
        Map<String, String> entries = new LinkedHashMap<>();
        map.forEach((name, text) -> entries.put(typed(option, name, String.class), typed(option, text, String.class)));
        return entries;
    }

    private Map<String, String> entries(Option option, List<String> texts) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                refuse(option, text, option.grammar().orElse(Grammar.ONE_LINE).expectation());
            } else {
                entries.put(text.substring(0, equals), text.substring(equals + 1));
            }
        }
        return entries;
    }

    /** Adds a value that the front end created itself, so paths in it are not the user's. */
    public GivenOptions giveOwn(Option option, Collection<String> texts) {
        own.addAll(texts);
        return give(option, texts);
    }

    boolean isOwn(String text) {
        return own.contains(text);
    }

    /** Registers a value that could not be read. */
    public void refuse(Option option, String value, String text) {
        malformed.add(new Problem(option.name(), value, text));
    }

    /** The values that could not be read. */
    public List<Problem> malformed() {
        return Collections.unmodifiableList(malformed);
    }

    /** Whether an option was given. */
    public boolean has(Option option) {
        return values.containsKey(option);
    }

    /** Whether an option was given with a value other than its default. */
    public boolean isChanged(Option option) {
        return has(option) && (option.kind() != Kind.FLAG || flag(option) != option.isOn());
    }

    /** A text, or null. */
    public String text(Option option) {
        return (String) values.get(option);
    }

    /** The values of a text that may be several, with spaces between them. */
    public List<String> words(Option option) {
        String text = text(option);
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    /** A flag, or its default. */
    public boolean flag(Option option) {
        return (Boolean) values.getOrDefault(option, option.isOn());
    }

    /** A switch; null if unset. */
    public Boolean choice(Option option) {
        return (Boolean) values.get(option);
    }

    @SuppressWarnings("unchecked")
    public List<String> list(Option option) {
        return Collections.unmodifiableList((List<String>) values.getOrDefault(option, List.of()));
    }

    @SuppressWarnings("unchecked")
    public Map<String, String> map(Option option) {
        return Collections.unmodifiableMap((Map<String, String>) values.getOrDefault(option, Map.of()));
    }

    /** The value for a message, or null. */
    public String shown(Option option) {
        Object value = values.get(option);
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().map(Objects::toString).collect(Collectors.joining(" "));
        }
        return value instanceof List<?> list
                ? list.stream().map(Objects::toString).collect(Collectors.joining(" "))
                : value == null ? null : value.toString();
    }

    /** The values by the options' names: texts, Booleans, lists of texts, maps of texts. */
    public Map<String, Object> byName() {
        Map<String, Object> all = new LinkedHashMap<>();
        OptionTable.all().stream()
                .filter(values::containsKey)
                .forEach(option -> all.put(option.name(), values.get(option)));
        return Collections.unmodifiableMap(all);
    }

    /** Completes these options with others. Maps are merged by name; a list is taken over only as a whole. */
    public void complete(GivenOptions others) {
        malformed.addAll(others.malformed);
        others.values.forEach((option, value) -> {
            if (option.kind() == Kind.MAP) {
                Map<String, String> all = new LinkedHashMap<>(map(option));
                others.map(option).forEach(all::putIfAbsent);
                values.put(option, all);
            } else if (!has(option)) {
                give(option, value);
            }
        });
    }

    /** These options without some of them. */
    public GivenOptions without(Collection<Option> some) {
        GivenOptions rest = copy();
        rest.values.keySet().removeAll(some);
        return rest;
    }

    /** The same options. */
    public GivenOptions copy() {
        GivenOptions copy = new GivenOptions();
        copy.values.putAll(values);
        copy.malformed.addAll(malformed);
        copy.own.addAll(own);
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GivenOptions given && values.equals(given.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return byName().toString();
    }
}
