package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSON array of texts, where anything that is no JSON is no mistake but shell. */
final class JsonArray {
    private static final int DEPTH = 200;
    private static final Pattern LITERAL =
            Pattern.compile("true|false|null|-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String ESCAPES = "\"\\/\b\f\n\r\t";

    private final String text;
    private int at;

    private JsonArray(String text) {
        this.text = text;
    }

    /** The texts; null stands for a value that is no text. Empty if it is no JSON array. */
    static Optional<List<String>> parse(String text) {
        String trimmed = Spaces.trimLeft(text);
        if (!trimmed.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonArray(trimmed).whole());
        } catch (NoJsonException e) {
            return Optional.empty();
        }
    }

    private List<String> whole() throws NoJsonException {
        List<String> values = new ArrayList<>();
        at++;
        if (!isNext(']')) {
            do {
                skip();
                values.add(value(1));
            } while (isNext(','));
            need(']');
        }
        skip();
        if (at < text.length()) {
            throw new NoJsonException();
        }
        return Collections.unmodifiableList(values);
    }

    /** The value if it is a text, else null. */
    private String value(int depth) throws NoJsonException {
        if (depth > DEPTH) {
            throw new NoJsonException();
        }
        skip();
        char c = at < text.length() ? text.charAt(at) : 0;
        if (c == '"') {
            return string();
        }
        if (c == '[' || c == '{') {
            at++;
            char end = c == '[' ? ']' : '}';
            if (!isNext(end)) {
                do {
                    if (c == '{') {
                        skip();
                        string();
                        need(':');
                    }
                    value(depth + 1);
                } while (isNext(','));
                need(end);
            }
            return null;
        }
        Matcher literal = LITERAL.matcher(text).region(at, text.length());
        if (!literal.lookingAt()) {
            throw new NoJsonException();
        }
        at = literal.end();
        return null;
    }

    private String string() throws NoJsonException {
        StringBuilder value = new StringBuilder();
        need('"');
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            if (c < ' ') {
                break;
            }
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = at < text.length() ? text.charAt(at++) : 0;
            int index = ESCAPED.indexOf(escaped);
            if (escaped == 'u'
                    && at + 4 <= text.length()
                    && text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                value.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            } else if (index >= 0) {
                value.append(ESCAPES.charAt(index));
            } else {
                break;
            }
        }
        throw new NoJsonException();
    }

    private void skip() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean isNext(char c) {
        skip();
        boolean found = at < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private void need(char c) throws NoJsonException {
        if (!isNext(c)) {
            throw new NoJsonException();
        }
    }

    /** It is no JSON. */
    private static final class NoJsonException extends Exception {
        private static final long serialVersionUID = 1L;

        NoJsonException() {
            super("no JSON", null, false, false);
        }
    }
}
