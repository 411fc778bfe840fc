package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile.Directive;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parser directives, such as {@code # escape=`}: comments at the top of the file, each at most once. */
final class Directives {
    static final String SYNTAX = "syntax";

    private static final String ESCAPE = "escape";
    private static final Set<String> KNOWN = Set.of(SYNTAX, ESCAPE, "check");

    private final String comment;
    private final Map<String, Directive> found = new LinkedHashMap<>();
    private boolean done;

    /** @param comment the start of a comment */
    Directives(String comment) {
        this.comment = comment;
    }

    Map<String, Directive> found() {
        return found;
    }

    /** Whether no more directives can follow. */
    boolean isDone() {
        return done;
    }

    /** The escape character; empty if the directive has an invalid one. */
    Optional<Character> escape() {
        Directive escape = found.get(ESCAPE);
        if (escape == null) {
            return Optional.of('\\');
        }
        return escape.value().equals("\\") || escape.value().equals("`")
                ? Optional.of(escape.value().charAt(0))
                : Optional.empty();
    }

    /**
     * Reads a line. After the first line that is not a directive, nothing more is read.
     *
     * @param text a comment, from its first character, or another line
     * @return what is wrong with it, or null
     */
    String read(String text, int line) {
        if (done) {
            return null;
        }
        String directive = text.startsWith(comment) ? Spaces.trimLeft(text.substring(comment.length())) : "";
        int end = 0;
        while (end < directive.length()
                && (isLetter(directive.charAt(end)) || end > 0 && isDigit(directive.charAt(end)))) {
            end++;
        }
        String name = directive.substring(0, end).toLowerCase(Locale.ROOT);
        int equals = directive.indexOf('=', end);
        boolean assigns = equals >= 0 && strip(directive.substring(end, equals)).isEmpty();
        String rest = assigns ? directive.substring(equals + 1) : "";
        // To BuildKit a blank alone is a value.
        String value = strip(rest).isEmpty() && !rest.isEmpty() ? rest.substring(rest.length() - 1) : strip(rest);
        if (value.isEmpty() || !KNOWN.contains(name)) {
            done = true;
            return null;
        }
        if (found.putIfAbsent(name, new Directive(value, line)) != null) {
            return "the parser directive " + name + " appears twice";
        }
        return null;
    }

    /** Strips white space as defined for directives, which is less than for other lines. */
    static String strip(String text) {
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

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }
}
