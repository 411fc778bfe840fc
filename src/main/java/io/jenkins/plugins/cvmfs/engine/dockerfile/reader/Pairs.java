package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names and values of an ARG or ENV. */
final class Pairs {
    private Pairs() {}

    /** A name without a value maps to null. */
    static Map<String, String> of(String arguments) {
        Map<String, String> pairs = new LinkedHashMap<>();
        StringBuilder word = new StringBuilder();
        int equals = -1;
        char quote = 0;
        for (int at = 0; at <= arguments.length(); at++) {
            char c = at == arguments.length() ? ' ' : arguments.charAt(at);
            if (at == arguments.length() || quote == 0 && Character.isWhitespace(c)) {
                if (word.length() > 0) {
                    pairs.put(
                            equals < 0 ? word.toString() : word.substring(0, equals),
                            equals < 0 ? null : word.substring(equals));
                }
                word.setLength(0);
                equals = -1;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == '=' && equals < 0) {
                equals = word.length();
            } else {
                word.append(c);
            }
        }
        return pairs;
    }

    /** Those of an ENV, which has an old form with a space. */
    static Map<String, String> ofEnv(String arguments) {
        String[] parts = arguments.split("\\s+", 2);
        return parts[0].contains("=") || parts.length < 2 ? of(arguments) : Map.of(parts[0], parts[1]);
    }
}
