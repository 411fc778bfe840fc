package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits shell text into commands, as far as possible without running it. */
final class ShellText {
    private static final Set<String> OPENING = Set.of("if", "while", "until", "for", "case", "select");
    private static final Set<String> BETWEEN = Set.of("then", "do", "else", "elif", "{", "!", "time");
    private static final Set<String> CLOSING = Set.of("fi", "done", "esac");

    private final String text;
    private final List<Command> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean redirected;
    private boolean otherwise;
    private int depth;
    private int at;

    private ShellText(String text) {
        this.text = text;
    }

    /** The commands of a script, in order. */
    static List<Command> commands(String script) {
        ShellText shell = new ShellText(script);
        shell.read();
        return List.copyOf(shell.commands);
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\r' -> endWord();
                case '\n', ';', '&', '|' -> operator(c);
                case '(' -> {
                    // A function or an array: what is in it may never run.
                    depth += inWord ? 1 : 0;
                    endCommand(otherwise);
                }
                case ')' -> endCommand(otherwise);
                case '<', '>' -> {
                    if (inWord && word.chars().allMatch(Character::isDigit)) {
                        word.setLength(0);
                        inWord = false;
                    }
                    endWord();
                    redirected = true;
                    while (at < text.length() && "<>&|-".indexOf(text.charAt(at)) >= 0) {
                        at++;
                    }
                }
                case '#' -> comment();
                default -> character(c);
            }
        }
        endCommand(false);
    }

    private void operator(char c) {
        boolean twice = at < text.length() && text.charAt(at) == c;
        at += twice ? 1 : 0;
        endCommand(c == '|' && twice);
    }

    private void comment() {
        if (inWord) {
            word.append('#');
            return;
        }
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private void character(char c) {
        inWord = true;
        if (c == '\\') {
            if (at < text.length()) {
                char escaped = text.charAt(at++);
                if (escaped != '\n') {
                    word.append(escaped);
                }
            }
        } else if (c == '\'' || c == '"') {
            quoted(c);
        } else if (c == '$' && at < text.length() && text.charAt(at) == '(') {
            substitution();
        } else {
            word.append(c);
        }
    }

    private void quoted(char quote) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return;
            }
            if (c == '\\' && quote == '"' && at < text.length()) {
                char escaped = text.charAt(at++);
                if ("\"\\$`\n".indexOf(escaped) < 0) {
                    word.append(c);
                }
                c = escaped;
            }
            word.append(c);
        }
    }

    private void substitution() {
        int open = 0;
        word.append('$');
        while (at < text.length()) {
            char c = text.charAt(at++);
            word.append(c);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open == 0) {
                return;
            }
        }
    }

    private void endWord() {
        if (!inWord) {
            return;
        }
        String ended = word.toString();
        word.setLength(0);
        inWord = false;
        if (redirected) {
            redirected = false;
        } else if (words.isEmpty() && OPENING.contains(ended)) {
            depth++;
            if (ended.equals("for") || ended.equals("case") || ended.equals("select")) {
                words.add(ended);
            }
        } else if (words.isEmpty() && (CLOSING.contains(ended) || ended.equals("}"))) {
            depth = Math.max(0, depth - 1);
        } else if (!words.isEmpty() || !BETWEEN.contains(ended)) {
            words.add(ended);
        }
    }

    private void endCommand(boolean or) {
        endWord();
        redirected = false;
        if (!words.isEmpty()) {
            commands.add(new Command(words, depth == 0 && !otherwise));
            words = new ArrayList<>();
        }
        otherwise = or;
    }
}
