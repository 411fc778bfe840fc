package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Option.Recording;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs of an image, so that it can be built again. In JSON the options are fields by their names; what looks like
 * a secret is omitted.
 *
 * @param source the option that gave the source: {@code dockerfile}, {@code setup}, {@code setupFile} or
 *     {@code setupUrl}
 * @param sourceSha256 the sha256 of the Dockerfile, or of the setup script, when the build started; or null if unknown
 * @param options as given, completed with user and group of the content
 * @param leftOut the omitted values, which are or look like secrets
 */
public record BuildInputs(String source, String sourceSha256, GivenOptions options, List<LeftOut> leftOut) {
    private static final String SOURCE = "source";
    private static final String SHA256 = "sourceSha256";
    private static final String LEFT_OUT = "leftOut";

    /** Empty values are omitted in JSON. */
    public BuildInputs {
        leftOut = leftOut == null ? List.of() : List.copyOf(leftOut);
    }

    @JsonValue
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(SOURCE, source);
        json.put(SHA256, sourceSha256);
        json.putAll(options.byName());
        json.put(LEFT_OUT, leftOut.isEmpty() ? null : leftOut);
        json.values().removeIf(value -> value == null);
        return json;
    }

    /** @throws IllegalArgumentException if the type of a value does not match the option */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static BuildInputs of(Map<String, Object> json) {
        GivenOptions options = new GivenOptions();
        json.forEach((name, value) -> OptionTable.find(name)
                .filter(option -> option.recording() == Recording.VALUES)
                .ifPresent(option -> options.give(option, value)));
        return new BuildInputs(text(json, SOURCE), text(json, SHA256), options, leftOut(json.get(LEFT_OUT)));
    }

    private static String text(Map<?, ?> json, String name) {
        Object value = json.get(name);
        if (value != null && !(value instanceof String)) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return (String) value;
    }

    private static List<LeftOut> leftOut(Object json) {
        if (json == null) {
            return List.of();
        }
        if (!(json instanceof List<?> list) || !list.stream().allMatch(Map.class::isInstance)) {
            throw new IllegalArgumentException(LEFT_OUT + " is no list of objects");
        }
        return list.stream()
                .map(each -> (Map<?, ?>) each)
                .map(each -> new LeftOut(text(each, "option"), text(each, "name")))
                .toList();
    }

    /**
     * A value that the record omits.
     *
     * @param option the option
     * @param name the name of the value if the option has several, or null
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record LeftOut(String option, String name) {}
}
