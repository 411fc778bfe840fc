package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The fields of a flag's value, {@code type=bind,from=X}, which BuildKit reads as one line of CSV. */
final class Fields {
    private Fields() {}

    /** The fields by their names in lower case; one without {@code =} has an empty value. */
    static Map<String, String> of(String value) {
        Map<String, String> fields = new HashMap<>();
        for (String field : split(value)) {
            int equals = field.indexOf('=');
            fields.put(
                    (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT),
                    equals < 0 ? "" : field.substring(equals + 1));
        }
        return fields;
    }

    static List<String> split(String value) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            boolean twice = quoted && at + 1 < value.length() && value.charAt(at + 1) == '"';
            if (c == '"' && twice) {
                field.append(c);
                at++;
            } else if (c == '"' && (quoted || field.length() == 0)) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
