package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.Locale;
import java.util.Set;

/**
 * A {@code RUN --device}.
 *
 * @param name the device, {@code KIND=NAME}
 * @param required whether the RUN fails without it; otherwise it is silently omitted
 */
public record RunDevice(String name, boolean required) {
    private static final Set<String> TRUE = Set.of("", "1", "t", "true");

    static RunDevice of(String value) {
        String name = "";
        boolean required = false;
        for (String field : Fields.split(value)) {
            int equals = field.indexOf('=');
            String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
            String rest = equals < 0 ? "" : field.substring(equals + 1);
            if (key.equals("required")) {
                required = TRUE.contains(rest.toLowerCase(Locale.ROOT));
            } else if (key.equals("name") && equals >= 0) {
                name = rest;
            } else if (name.isEmpty()) {
                name = field;
            }
        }
        return new RunDevice(name, required);
    }
}
