package io.jenkins.plugins.cvmfs.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
    private static final int HOSTILE = 20_000;
    private static final int A_COMMAND = 250;

    @ParameterizedTest
    @ValueSource(strings = {"a", "--tag=r.example.org:5000/a_b-c:1.2@sha256:0", "a=b=c", "/x/y", "+%,"})
    void plainTextStaysAsItIs(String text) {
        assertThat(ShellWord.literal(text).render()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '~',
            value = {
                "^^ ~ ''",
                "a b ~ 'a b'",
                "it's ~ 'it'\\''s'",
                "$HOME ~ '$HOME'",
                "=a ~ '=a'",
                "é ~ 'é'",
                "# ~ '#'",
                "* ~ '*'"
            })
    void otherTextIsQuoted(String text, String rendered) {
        assertThat(ShellWord.literal(text).render()).isEqualTo(rendered);
    }

    @Test
    void anExpansionIsOneArgumentAndJoinsALiteral() {
        assertThat(ShellWord.expansion("$dir/iid").render()).isEqualTo("\"$dir/iid\"");
        assertThat(ShellWord.literal("--x=a b").plus(ShellWord.expansion("$y"))).hasToString("'--x=a b'\"$y\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "'\0"})
    void nulIsRefused(String text) {
        assertThatThrownBy(() -> ShellWord.literal(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUL");
    }

    static List<List<String>> shells() {
        return Shells.present();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void everyTextComesOutOfAShellAsItself(List<String> shell, @TempDir Path directory) throws Exception {
        HostileStrings strings = new HostileStrings(1);
        List<String> texts = new ArrayList<>();
        StringBuilder script = new StringBuilder();
        while (texts.size() < HOSTILE) {
            ShellCommand command = ShellCommand.of("printf", "%s\\0");
            for (int i = 0; i < A_COMMAND; i++) {
                texts.add(strings.next());
                command.word(texts.get(texts.size() - 1));
            }
            script.append(command.render()).append('\n');
        }
        Path file = directory.resolve("script");
        Files.writeString(file, script);

        assertThat(printed(shell, file)).isEqualTo(texts);
        assertThat(directory.toFile().list()).containsOnly("script", "errors");
    }

    private static List<String> printed(List<String> shell, Path script) throws Exception {
        List<String> command = new ArrayList<>(shell);
        command.add(script.toString());
        Path errors = script.resolveSibling("errors");
        Process process = new ProcessBuilder(command)
                .directory(script.getParent().toFile())
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        assertThat(errors).isEmptyFile();
        return List.of(output.substring(0, output.length() - 1).split("\0", -1));
    }
}
