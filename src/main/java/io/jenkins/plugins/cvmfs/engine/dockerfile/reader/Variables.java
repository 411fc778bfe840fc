package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.Map;
import java.util.Optional;

/** Replaces variables as FROM and ARG do: {@code $A}, {@code ${A}}, {@code ${A:-x}}, {@code ${A-x}}, and with +. */
final class Variables {
    private static final int DEPTH = 10;

    /** Limit of characters: no image name is longer, but ARGs that refer to one another could grow without bound. */
    private static final int MOST = 1024;

    private final String text;
    private final Map<String, String> values;
    private boolean told = true;
    private int at;

    private Variables(String text, Map<String, String> values) {
        this.text = text;
        this.values = values;
    }

    /** The text with values; empty if one is unknown, or uses a rare form. */
    static Optional<String> replaced(String text, Map<String, String> values) {
        Variables variables = new Variables(text, values);
        String result = variables.until('\0', 0);
        return variables.told ? Optional.of(result) : Optional.empty();
    }

    private String until(char stop, int depth) {
        told &= depth < DEPTH;
        StringBuilder result = new StringBuilder();
        while (told && at < text.length()) {
            char c = text.charAt(at++);
            if (c == stop && stop != '\0') {
                return result.toString();
            }
            if (c == '$') {
                result.append(variable(depth));
            } else if (c != '"' && c != '\'') {
                result.append(c);
            }
            told &= result.length() <= MOST;
        }
        told &= stop == '\0';
        return result.toString();
    }

    private String variable(int depth) {
        boolean braces = at < text.length() && text.charAt(at) == '{';
        at += braces ? 1 : 0;
        int start = at;
        while (at < text.length() && isName(text.charAt(at))) {
            at++;
        }
        String value = values.getOrDefault(text.substring(start, at), "");
        boolean set = values.containsKey(text.substring(start, at));
        told &= at > start;
        if (!braces) {
            told &= set;
            return value;
        }
        char operator = at < text.length() ? text.charAt(at++) : '\0';
        if (operator == '}') {
            told &= set;
            return value;
        }
        if (operator == ':') {
            set = !value.isEmpty();
            operator = at < text.length() ? text.charAt(at++) : '\0';
        }
        told &= operator == '-' || operator == '+';
        String other = until('}', depth + 1);
        return operator == '-' ? (set ? value : other) : set ? other : "";
    }

    private static boolean isName(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
