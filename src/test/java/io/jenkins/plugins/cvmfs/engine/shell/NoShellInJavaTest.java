package io.jenkins.plugins.cvmfs.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shell is in files, where people and shellcheck read it. */
class NoShellInJavaTest {
    private static final Path SOURCES = Path.of("src/main/java");

    /** It reads the shell of Dockerfiles, so it has the words that begin and end a compound command. */
    private static final Path READER = Path.of("engine/dockerfile/check/ShellText.java");

    private static final Pattern TEXT =
            Pattern.compile("\"\"\"\\R(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");

    /** What no sentence and no option has: keywords where commands begin, substitutions, redirections, functions. */
    private static final Pattern SHELL = Pattern.compile(
            "(?:^|[;&|({]\\s*)(?:if \\[|if !|then$|elif \\S|fi\\b|do$|done\\b|esac\\b|trap ['\"]|set -[a-z]\\b|exec [0-9]?[<>])"
                    + "|(?<!\\\\)\\$\\(|; (?:then|do)\\b|[0-9]?>&[0-9]|\\(\\) ?\\{.|\"\\$@\"|\\$\\{[a-z_]+(?:[#%]|:[-+])");

    @Test
    void noStringHasALineOfShell() throws IOException {
        List<String> found = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java") && !path.endsWith(READER))
                    .toList()) {
                for (String line : lines(Files.readString(file))) {
                    seen++;
                    if (SHELL.matcher(line).find()) {
                        found.add(SOURCES.relativize(file) + ": " + line);
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(2000);
        assertThat(found).isEmpty();
    }

    /** The lines of all strings and text blocks. */
    private static List<String> lines(String source) {
        return TEXT.matcher(COMMENT.matcher(source).replaceAll(""))
                .results()
                .map(NoShellInJavaTest::text)
                .flatMap(String::lines)
                .map(String::strip)
                .toList();
    }

    private static String text(MatchResult found) {
        String text = found.group(1) == null ? found.group(2) : found.group(1);
        return text.replace("\\n", "\n").replace("\\\"", "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if [ -e a ]; then",
                "then",
                "fi",
                "done",
                "esac",
                "trap 'stop' TERM",
                "a=$(cat b)",
                "echo x >&2",
                "until a; do",
                "run() { echo; }",
                "run \"$@\"",
                "name=${file##*/}"
            })
    void aLineOfShellIsSeen(String line) {
        assertThat(lines("String a = \"" + line.replace("\\", "\\\\").replace("\"", "\\\"") + "\";"))
                .allMatch(text -> SHELL.matcher(text).find());
        assertThat(lines("String a = \"\"\"\n" + line + "\n\"\"\";"))
                .anyMatch(text -> SHELL.matcher(text).find());
    }
}
