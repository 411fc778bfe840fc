package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile.Directive;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The parser directives, {@code # escape=`}: comments above everything else, each at most once. */
final class Directives {
    static final String SYNTAX = "syntax";

    private static final String ESCAPE = "escape";
    private static final Set<String> KNOWN = Set.of(SYNTAX, ESCAPE, "check");

    private final Map<String, Directive> found = new LinkedHashMap<>();
    private boolean done;
    private char escape = '\\';

    Map<String, Directive> found() {
        return found;
    }

    /** What continues a line. */
    char escape() {
        return escape;
    }

    /**
     * Reads a line; the first that is no directive is the last that is looked at.
     *
     * @param comment a comment, from its {@code #}, or another line
     * @return what is wrong with it, or null
     */
    String read(String comment, int line) {
        if (done) {
            return null;
        }
        String text = comment.startsWith("#") ? Spaces.trimLeft(comment.substring(1)) : "";
        int end = 0;
        while (end < text.length() && (isLetter(text.charAt(end)) || end > 0 && isDigit(text.charAt(end)))) {
            end++;
        }
        String name = text.substring(0, end).toLowerCase(Locale.ROOT);
        int equals = text.indexOf('=', end);
        boolean assigns = equals >= 0 && strip(text.substring(end, equals)).isEmpty();
        String rest = assigns ? text.substring(equals + 1) : "";
        // To BuildKit a blank alone is a value.
        String value = strip(rest).isEmpty() && !rest.isEmpty() ? rest.substring(rest.length() - 1) : strip(rest);
        if (value.isEmpty() || !KNOWN.contains(name)) {
            done = true;
            return null;
        }
        if (found.putIfAbsent(name, new Directive(value, line)) != null) {
            return "the parser directive " + name + " is there twice";
        }
        if (name.equals(ESCAPE)) {
            if (!value.equals("\\") && !value.equals("`")) {
                return "the escape character is ` or \\, nothing else";
            }
            escape = value.charAt(0);
        }
        return null;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }
}
