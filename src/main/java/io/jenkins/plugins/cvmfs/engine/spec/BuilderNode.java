package io.jenkins.plugins.cvmfs.engine.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A further node of a builder, on another machine, for other platforms or more capacity.
 *
 * @param endpoint the engine or the buildkitd, or null with driver kubernetes
 * @param platforms the platforms that it builds, such as {@code linux/arm64}; empty for those that it reports
 * @param driverOpts the driver options of the builder and of the node
 */
public record BuilderNode(String endpoint, List<String> platforms, Map<String, String> driverOpts) {
    static final String GRAMMAR =
            "expected endpoint=URL, platform=os/arch[,...] and driver options name=value, with spaces between them";

    /**
     * Reads {@code [endpoint=URL] [platform=os/arch[,...]] [name=value ...]}.
     *
     * @return empty if the text has another form
     */
    static Optional<BuilderNode> parse(String text, Map<String, String> shared) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : text.strip().split(" +")) {
            int equals = word.indexOf('=');
            if (equals < 1 || values.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                return Optional.empty();
            }
        }
        String endpoint = values.remove("endpoint");
        String platforms = values.remove("platform");
        Map<String, String> options = new LinkedHashMap<>(shared);
        options.putAll(values);
        return Optional.of(
                new BuilderNode(endpoint, platforms == null ? List.of() : List.of(platforms.split(",", -1)), options));
    }
}
