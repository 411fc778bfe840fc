package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.Locale;
import java.util.Map;

/**
 * A {@code RUN --mount}.
 *
 * @param type in lower case, {@code bind} unless it is given
 * @param from the stage, image or context that it mounts; empty if it has none
 * @param target the mount point; empty if not given
 */
public record RunMount(String type, String from, String target) {
    static RunMount of(String value) {
        Map<String, String> fields = Fields.of(value);
        String target = fields.getOrDefault("destination", "");
        target = fields.getOrDefault("dst", target);
        return new RunMount(
                fields.getOrDefault("type", "bind").toLowerCase(Locale.ROOT),
                fields.getOrDefault("from", ""),
                fields.getOrDefault("target", target));
    }
}
