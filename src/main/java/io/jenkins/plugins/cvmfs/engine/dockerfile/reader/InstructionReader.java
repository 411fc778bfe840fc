package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads one instruction from its joined lines. */
final class InstructionReader {
    private static final String ONBUILD = "onbuild";
    private static final Set<String> WITH_HEREDOCS = Set.of("add", "copy", "run");
    private static final Set<String> WITH_JSON = Set.of("add", "cmd", "copy", "entrypoint", "run", "shell", "volume");

    private final char escape;
    private final int line;

    InstructionReader(char escape, int line) {
        this.escape = escape;
        this.line = line;
    }

    Instruction read(String text) throws UnacceptedException {
        return read(text, false);
    }

    private Instruction read(String text, boolean nested) throws UnacceptedException {
        String[] parts = Spaces.cut(Spaces.trim(text));
        String name = parts[0].toLowerCase(Locale.ROOT);
        List<String> flags = new ArrayList<>();
        String arguments = parts[1] == null ? "" : Spaces.trim(text(flags(bytes(parts[1]), flags)));
        List<String> words = null;
        if (WITH_JSON.contains(name)) {
            words = words(arguments);
        } else if (name.equals("healthcheck")) {
            String[] kind = Spaces.cut(arguments);
            words(kind[1] == null ? "" : kind[1]);
        } else if (name.equals("env") || name.equals("label")) {
            pairs(name, arguments);
        }
        // BuildKit refuses an ONBUILD in an ONBUILD later.
        Instruction inner = name.equals(ONBUILD) && !nested && !arguments.isEmpty() ? read(arguments, true) : null;
        return new Instruction(name, List.copyOf(flags), arguments, words, List.of(), inner, line, line);
    }

    /** Adds the flags and returns what follows them. */
    private String flags(String text, List<String> flags) {
        int at = 0;
        while (at < text.length()) {
            if (Spaces.is(text.charAt(at))) {
                at++;
                continue;
            }
            if (!text.startsWith("--", at)) {
                return text.substring(at);
            }
            StringBuilder word = new StringBuilder();
            at = flag(text, at, word);
            if (word.toString().equals("--")) {
                return text.substring(at);
            }
            flags.add(text(word.toString()));
        }
        return "";
    }

    // BuildKit looks for white space among the bytes of the flags, and finds it within letters.
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String text(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private int flag(String text, int start, StringBuilder word) {
        char quote = 0;
        int at = start;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote == 0 && Spaces.is(c)) {
                break;
            }
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (c != escape) {
                word.append(c);
            } else if (++at < text.length()) {
                word.append(text.charAt(at));
            }
        }
        return Math.min(at, text.length());
    }

    private List<String> words(String arguments) throws UnacceptedException {
        Optional<List<String>> array = Json.array(arguments);
        if (array.isPresent() && array.get().contains(null)) {
            throw new UnacceptedException(
                    line, "the JSON form may hold only strings", "quote every element, [\"a\", \"1\"]");
        }
        return array.orElse(null);
    }

    /** {@code name=value ...}, or the old form {@code name value}. */
    private void pairs(String name, String arguments) throws UnacceptedException {
        List<String> words = split(arguments);
        if (words.isEmpty()) {
            return;
        }
        if (words.get(0).indexOf('=') < 0) {
            if (Spaces.cut(arguments)[1] == null) {
                throw new UnacceptedException(
                        line,
                        name.toUpperCase(Locale.ROOT) + " needs a name and a value",
                        "write " + name.toUpperCase(Locale.ROOT) + " NAME=VALUE");
            }
            return;
        }
        for (String word : words) {
            if (word.indexOf('=') < 0) {
                throw new UnacceptedException(
                        line,
                        name.toUpperCase(Locale.ROOT) + " has a word without =",
                        "write NAME=VALUE for each, and quote values that have spaces");
            }
        }
    }

    private List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote == 0 && Spaces.is(c)) {
                if (quoted || word.length() > 0) {
                    words.add(word.toString());
                }
                word.setLength(0);
                quoted = false;
                continue;
            }
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                quoted = true;
            } else if (c == quote) {
                quote = 0;
            } else if (c == escape && quote != '\'') {
                if (++at == text.length()) {
                    break;
                }
                word.append(c);
                c = text.charAt(at);
            }
            word.append(c);
        }
        if (quoted || word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }

    /** The heredocs that begin in an instruction, without their contents. */
    static List<Heredoc> heredocs(Instruction instruction, String whole) {
        Instruction holder = instruction.nested() == null ? instruction : instruction.nested();
        return WITH_HEREDOCS.contains(holder.name()) && !holder.isJson() && whole.contains("<<")
                ? ShellWords.heredocs(whole)
                : List.of();
    }
}
