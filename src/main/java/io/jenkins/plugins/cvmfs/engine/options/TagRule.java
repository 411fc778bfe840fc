package io.jenkins.plugins.cvmfs.engine.options;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A rule that generates a tag, in the syntax of Docker's metadata-action: {@code type=semver,pattern={{version}}}.
 *
 * @param type the source of the tag
 * @param attributes the other fields, by name
 */
public record TagRule(Type type, Map<String, String> attributes) {
    /** The source of a tag. A higher number means an earlier tag. */
    public enum Type {
        SCHEDULE(1000, Set.of("pattern")),
        SEMVER(900, Set.of("pattern", "value")),
        EDGE(700, Set.of("branch")),
        REF(600, Set.of("event")),
        RAW(200, Set.of("value")),
        SHA(100, Set.of("format"));

        private final int priority;
        private final Set<String> attributes;

        Type(int priority, Set<String> attributes) {
            this.priority = priority;
            this.attributes = attributes;
        }
    }

    static final String GRAMMAR = "type=ref,event=branch|tag|pr, type=semver,pattern={{version}}, type=sha, type=edge, "
            + "type=schedule or type=raw,value=TEXT, with enable=, priority=, prefix= or suffix=";

    private static final String TYPE = "type";
    private static final String VALUE = "value";
    private static final String PATTERN = "pattern";
    private static final Set<String> COMMON = Set.of("enable", "priority", "prefix", "suffix");
    private static final String DATE = "date '(?:YYYY|YY|MM|DD|HH|mm|ss|X|[-_.])+'(?: tz='[A-Za-z0-9_+/-]{1,64}')?";
    private static final Pattern OF_THE_RUN =
            Pattern.compile("(?:[^{}]|\\{\\{ ?(?:branch|tag|sha|build_number|" + DATE + ") ?}})*", Pattern.DOTALL);
    private static final Pattern OF_A_VERSION =
            Pattern.compile("(?:[^{}]|\\{\\{ ?(?:raw|version|major|minor|patch) ?}})+", Pattern.DOTALL);
    private static final Pattern ENABLE = Pattern.compile("true|false|\\{\\{ ?is_default_branch ?}}");
    private static final Pattern PRIORITY = Pattern.compile("[0-9]{1,6}");

    /** Limit of characters, since a tag is short. */
    private static final int LONGEST = 512;

    /** Parses a rule; empty if it is invalid. */
    public static Optional<TagRule> parse(String text) {
        Map<String, String> fields = new HashMap<>();
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        for (String field : Csv.fields(text).orElse(List.of(""))) {
            String[] pair = field.strip().split("=", 2);
            if (pair.length < 2 || fields.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip()) != null) {
                return Optional.empty();
            }
        }
        String type = fields.remove(TYPE);
        return List.of(Type.values()).stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(type))
                .findFirst()
                .map(each -> new TagRule(each, Map.copyOf(fields)))
                .filter(TagRule::isComplete);
    }

    private boolean isComplete() {
        Set<String> unknown = attributes.keySet().stream()
                .filter(name -> !COMMON.contains(name) && !type.attributes.contains(name))
                .collect(Collectors.toSet());
        return unknown.isEmpty() && ofItsType() && common();
    }

    private boolean common() {
        return ENABLE.matcher(get("enable", "true")).matches()
                && PRIORITY.matcher(get("priority", "0")).matches()
                && isTemplate(get("prefix", ""))
                && isTemplate(get("suffix", ""));
    }

    private boolean ofItsType() {
        return switch (type) {
            case REF -> Set.of("branch", "tag", "pr").contains(get("event", ""));
            case SEMVER -> OF_A_VERSION.matcher(get(PATTERN, "")).matches() && isTemplate(get(VALUE, ""));
            case SHA -> Set.of("short", "long").contains(get("format", "short"));
            case SCHEDULE ->
                isTemplate(get(PATTERN, "nightly")) && !get(PATTERN, "nightly").isEmpty();
            case RAW -> isTemplate(get(VALUE, "")) && !get(VALUE, "").isEmpty();
            case EDGE -> !get("branch", "main").isEmpty();
        };
    }

    private static boolean isTemplate(String text) {
        return OF_THE_RUN.matcher(text).matches();
    }

    /** An attribute, or its default. */
    public String get(String name, String otherwise) {
        return attributes.getOrDefault(name, otherwise);
    }

    /** Tags of a higher number come first. */
    public int priority() {
        return Integer.parseInt(get("priority", Integer.toString(type.priority)));
    }
}
