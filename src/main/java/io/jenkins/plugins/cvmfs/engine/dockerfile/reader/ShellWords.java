package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a line as BuildKit does to find heredocs. A line with an unclosed quote or an unknown substitution has none.
 */
final class ShellWords {
    private static final Pattern HEREDOC = Pattern.compile("([0-9]*+)<<(-?)[\\t\\n\\f\\r ]*+([^<]*+)", Pattern.DOTALL);
    private static final String SPECIAL = "@*#?-$!0";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int DEPTH = 200;
    private static final int END = -1;

    private final String text;
    private final boolean keepQuotes;
    private final boolean keepEscapes;
    private final StringBuilder word = new StringBuilder();
    private int at;

    private ShellWords(String text, boolean keepQuotes, boolean keepEscapes) {
        this.text = text;
        this.keepQuotes = keepQuotes;
        this.keepEscapes = keepEscapes;
    }

    /** The heredocs that begin in a line, without contents. */
    static List<Heredoc> heredocs(String line) {
        List<Heredoc> found = new ArrayList<>();
        for (String word : words(line, true, true)) {
            Matcher heredoc = HEREDOC.matcher(word);
            if (heredoc.matches() && !heredoc.group(3).isEmpty()) {
                List<String> name = words(heredoc.group(3), false, false);
                List<String> raw = words(heredoc.group(3), true, false);
                if (name.size() == 1 && raw.size() == 1) {
                    boolean expand = quotes(name.get(0)) == quotes(raw.get(0));
                    found.add(new Heredoc(name.get(0), expand, heredoc.group(2).equals("-"), ""));
                }
            }
        }
        return found;
    }

    private static long quotes(String text) {
        return text.chars().filter(c -> c == '\'' || c == '"').count();
    }

    private static List<String> words(String text, boolean keepQuotes, boolean keepEscapes) {
        List<String> words = new ArrayList<>();
        try {
            new ShellWords(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, keepQuotes, keepEscapes)
                    .until(END, keepEscapes, words, 0);
            return words;
        } catch (UnsplitException e) {
            return List.of();
        }
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private String until(int stop, boolean keep, List<String> words, int depth) throws UnsplitException {
        if (depth > DEPTH) {
            throw new UnsplitException();
        }
        StringBuilder result = new StringBuilder();
        word.setLength(0);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == stop) {
                at++;
                end(words);
                return result.toString();
            }
            String piece = null;
            if (c == '\'') {
                piece = single();
            } else if (c == '"') {
                piece = twofold(keep, depth);
            } else if (c == '<') {
                piece = less();
            }
            if (piece != null) {
                word.append(piece);
                result.append(piece);
            } else if (c == '$') {
                String value = dollar(depth);
                value.chars().forEach(each -> add((char) each, words));
                result.append(value);
            } else {
                at++;
                if (c == '\\') {
                    if (keep) {
                        word.append(c);
                        result.append(c);
                    }
                    if (at == text.length()) {
                        break;
                    }
                    c = text.charAt(at++);
                    word.append(c);
                } else {
                    add(c, words);
                }
                result.append(c);
            }
        }
        if (stop != END) {
            throw new UnsplitException();
        }
        end(words);
        return result.toString();
    }

    private void add(char c, List<String> words) {
        if (Spaces.is(c)) {
            end(words);
        } else {
            word.append(c);
        }
    }

    private void end(List<String> words) {
        if (word.length() > 0) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private String single() throws UnsplitException {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw new UnsplitException();
        }
        String quoted = keepQuotes ? text.substring(at, end + 1) : text.substring(at + 1, end);
        at = end + 1;
        return quoted;
    }

    private String twofold(boolean keep, int depth) throws UnsplitException {
        StringBuilder result = new StringBuilder(keepQuotes ? "\"" : "");
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '$') {
                result.append(dollar(depth));
                continue;
            }
            at++;
            if (c == '"') {
                return result.append(keepQuotes ? "\"" : "").toString();
            }
            if (c == '\\') {
                if (keep) {
                    result.append(c);
                }
                if (peek() == END) {
                    break;
                }
                if (peek() == '"' || peek() == '$' || peek() == '\\') {
                    c = text.charAt(at++);
                }
            }
            result.append(c);
        }
        throw new UnsplitException();
    }

    private String less() {
        int start = at++;
        if (peek() == '<') {
            at++;
            while (peek() == ' ' || peek() == '\t') {
                at++;
            }
        }
        return text.substring(start, at);
    }

    private String dollar(int depth) throws UnsplitException {
        at++;
        if (peek() != '{') {
            return "$" + name();
        }
        at++;
        if (peek() == END || "{}:".indexOf(peek()) >= 0) {
            throw new UnsplitException();
        }
        String name = name();
        int operator = peek();
        at++;
        StringBuilder result = new StringBuilder("${").append(name);
        if (operator == '}') {
            return result.append('}').toString();
        }
        List<String> ignored = new ArrayList<>();
        if (operator == '/') {
            if (peek() == '/') {
                at++;
            }
            result.append('/').append(until('/', true, ignored, depth + 1)).append('/');
            return result.append(until('}', true, ignored, depth + 1))
                    .append('}')
                    .toString();
        }
        boolean colon = operator == ':';
        if (colon) {
            result.append(':');
            operator = peek();
            at++;
        }
        if (operator == END || (colon ? "+-?" : "+-?#%").indexOf(operator) < 0) {
            throw new UnsplitException();
        }
        return result.append((char) operator)
                .append(until('}', operator == '#' || operator == '%', ignored, depth + 1))
                .append('}')
                .toString();
    }

    private String name() {
        int start = at;
        if (Character.isDigit(peek())) {
            while (Character.isDigit(peek())) {
                at++;
            }
        } else if (peek() != END && SPECIAL.indexOf(peek()) >= 0) {
            at++;
        } else {
            while (Character.isLetterOrDigit(peek()) || peek() == '_') {
                at++;
            }
        }
        return text.substring(start, at);
    }

    /** The line cannot be split. */
    private static final class UnsplitException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsplitException() {
            super("cannot be split", null, false, false);
        }
    }
}
