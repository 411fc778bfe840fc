package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileReaderTest {
    private static Dockerfile read(String text) {
        return Dockerfile.parse(text).orElseThrow();
    }

    private static Arguments row(String name, String text, String... instructions) {
        return arguments(name, text, List.of(instructions));
    }

    static Stream<Arguments> instructions() {
        return Stream.of(
                row("one a line", "FROM a\nRUN b\n", "1-1 from [] a", "2-2 run [] b"),
                row("no end of line", "FROM a", "1-1 from [] a"),
                row("any case, any space", "\n \t from\t a  b \n", "2-2 from [] a  b"),
                row(
                        "comments and blank lines between",
                        "# x\n\nFROM a\n  # y\n\nRUN b # no comment\n",
                        "3-3 from [] a",
                        "6-6 run [] b # no comment"),
                row(
                        "a continued line",
                        "FROM a\nRUN b \\\n  c \\\nd\nCMD e",
                        "1-1 from [] a",
                        "2-4 run [] b   c d",
                        "5-5 cmd [] e"),
                row("spaces after the backslash", "RUN b \\ \t\nc", "1-2 run [] b c"),
                row("an escaped backslash", "RUN b \\\\\nCMD c", "1-1 run [] b \\\\", "2-2 cmd [] c"),
                row("a backslash alone", "\\\nRUN a", "1-2 run [] a"),
                row("a backslash at the end", "RUN a \\", "1-1 run [] a"),
                row(
                        "comments in a continuation",
                        "RUN a \\\n# x\n  # y \\\n  b\nCMD c",
                        "1-4 run [] a   b",
                        "5-5 cmd [] c"),
                row("blank lines in a continuation", "RUN a \\\n\n \t\n  b\nCMD c", "1-4 run [] a   b", "5-5 cmd [] c"),
                row("a comment that ends a continuation's file", "RUN a \\\n# x", "1-2 run [] a"),
                row("the escape directive", "# escape=`\nRUN a \\\nRUN b `\n c", "2-2 run [] a \\", "3-4 run [] b  c"),
                row(
                        "no directive below a comment",
                        "# x\n# escape=`\nRUN a `\nRUN b",
                        "3-3 run [] a `",
                        "4-4 run [] b"),
                row(
                        "no directive below a blank line",
                        "\n# escape=`\nRUN a `\nRUN b",
                        "3-3 run [] a `",
                        "4-4 run [] b"),
                row(
                        "a carriage return before each end",
                        "FROM a\r\nRUN b \\\r\n c\r\n",
                        "1-1 from [] a",
                        "2-3 run [] b  c"),
                row("a byte order mark", "\uFEFFFROM a", "1-1 from [] a"),
                row(
                        "flags",
                        "RUN --mount=type=bind,target=/x --security=insecure a --b",
                        "1-1 run [--mount=type=bind,target=/x, --security=insecure] a --b"),
                row(
                        "a quoted flag",
                        "RUN --mount=target=\"/a b\" '--x y' c",
                        "1-1 run [--mount=target=/a b] '--x y' c"),
                row("the end of the flags", "RUN --a -- --b c", "1-1 run [--a] --b c"),
                row("flags over lines", "RUN --a=1 \\\n --b=2 \\\n c", "1-3 run [--a=1, --b=2] c"),
                row("the JSON form", "CMD [\"a b\", \"\\u0063\\n\"]", "1-1 cmd [] json[a b, c\n]"),
                row("an empty JSON form", "CMD []", "1-1 cmd [] json[]"),
                row("JSON over lines", "CMD [ \\\n\"a\" \\\n]", "1-3 cmd [] json[a]"),
                row("no JSON", "CMD ['a']", "1-1 cmd [] ['a']"),
                row("no end of JSON", "CMD [\"a\"", "1-1 cmd [] [\"a\""),
                row("something after JSON", "RUN [\"a\"] && b", "1-1 run [] [\"a\"] && b"),
                row("unknown instructions", "FROM a\nFROB x", "1-1 from [] a", "2-2 frob [] x"),
                row(
                        "a heredoc",
                        "RUN <<EOF\nFROM x\n# y\nEOF\nCMD a",
                        "1-4 run [] <<EOF {EOF:FROM x\n# y\n}",
                        "5-5 cmd [] a"),
                row("a heredoc without lines", "RUN <<EOF\nEOF\n", "1-2 run [] <<EOF {EOF:}"),
                row(
                        "tabs before a heredoc's end",
                        "RUN <<-EOF\n\ta\n\tEOF\nCMD a",
                        "1-3 run [] <<-EOF {EOF-:\ta\n}",
                        "4-4 cmd [] a"),
                row("tabs that end nothing", "RUN <<EOF\n\tEOF\nEOF", "1-3 run [] <<EOF {EOF:\tEOF\n}"),
                row("quoted names", "RUN <<'A' <<\"B\"\na\nA\nb\nB", "1-5 run [] <<'A' <<\"B\" {'A':a\n} {'B':b\n}"),
                row(
                        "several heredocs",
                        "COPY <<a <<b /x/\n1\na\n2\nb\nCMD c",
                        "1-5 copy [] <<a <<b /x/ {a:1\n} {b:2\n}",
                        "6-6 cmd [] c"),
                row("a space before the name", "RUN cat << EOF\na\nEOF", "1-3 run [] cat << EOF {EOF:a\n}"),
                row("a descriptor", "RUN cat 3<<EOF\na\nEOF", "1-3 run [] cat 3<<EOF {EOF:a\n}"),
                row("a here-string is no heredoc", "RUN cat <<<word\nCMD a", "1-1 run [] cat <<<word", "2-2 cmd [] a"),
                row(
                        "a shift is no heredoc",
                        "RUN echo \"$((1<<2))\"\nCMD a",
                        "1-1 run [] echo \"$((1<<2))\"",
                        "2-2 cmd [] a"),
                row("a quoted << is no heredoc", "RUN echo '<<EOF'\nCMD a", "1-1 run [] echo '<<EOF'", "2-2 cmd [] a"),
                row("an instruction without heredocs", "ENV a=<<EOF\nCMD b", "1-1 env [] a=<<EOF", "2-2 cmd [] b"),
                row("the JSON form has no heredoc", "RUN [\"<<EOF\"]\nCMD b", "1-1 run [] json[<<EOF]", "2-2 cmd [] b"),
                row("an open quote has no heredoc", "RUN it's <<EOF\nCMD b", "1-1 run [] it's <<EOF", "2-2 cmd [] b"),
                row(
                        "a continued line with a heredoc",
                        "RUN a \\\n  <<EOF\nb \\\nEOF\nCMD c",
                        "1-4 run [] a   <<EOF {EOF:b \\\n}",
                        "5-5 cmd [] c"),
                row(
                        "ONBUILD with a heredoc",
                        "ONBUILD RUN <<EOF\na\nEOF\nCMD b",
                        "1-3 onbuild [] RUN <<EOF {EOF:a\n}",
                        "4-4 cmd [] b"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("instructions")
    void findsEachInstruction(String name, String text, List<String> expected) {
        Dockerfile file = read(text);
        assertThat(file.mistake()).isEmpty();
        assertThat(file.instructions().stream().map(DockerfileReaderTest::shown))
                .containsExactlyElementsOf(expected);
    }

    private static String shown(Instruction in) {
        StringBuilder text = new StringBuilder(in.firstLine() + "-" + in.lastLine() + " " + in.name() + " " + in.flags()
                + " " + (in.isJson() ? "json" + in.words() : in.arguments()));
        in.heredocs()
                .forEach(doc -> text.append(" {")
                        .append(doc.expand() ? doc.name() : "'" + doc.name() + "'")
                        .append(doc.chomp() ? "-" : "")
                        .append(':')
                        .append(doc.content())
                        .append('}'));
        return text.toString();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("", 1, "no instruction"),
                arguments("# only\n\n# comments\n", 3, "no instruction"),
                arguments("FROM a\nENV b\n", 2, "ENV needs a name and a value"),
                arguments("FROM a\nLABEL b=c d\n", 2, "LABEL has a word without ="),
                arguments("FROM a\n\nCMD [\"b\", 1]\n", 3, "only strings"),
                arguments("FROM a\nRUN [\"b\", [\"c\"]]\n", 2, "only strings"),
                arguments("FROM a\nHEALTHCHECK CMD [{\"a\": null}]\n", 2, "only strings"),
                arguments("FROM a\nRUN <<EOF\nCMD b\n", 2, "EOF is not terminated"),
                arguments("# escape=x\nFROM a\n", 1, "escape character"),
                arguments("# escape= \nFROM a\n", 1, "escape character"),
                arguments("# syntax=a\n# Syntax=b\nFROM a\n", 2, "syntax appears twice"),
                arguments("FROM a\nRUN " + "x".repeat(1 << 16) + "\n", 2, "longer than the 65535 bytes"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void reportsWhatBuildKitRejects(String text, int line, String what) {
        assertThat(read(text).mistake()).hasValueSatisfying(mistake -> {
            assertThat(mistake.line()).isEqualTo(line);
            assertThat(mistake.text()).contains(what);
        });
    }

    @Test
    void readsDirectivesAsTheyAreWritten() {
        Dockerfile file = read(
                "#syntax = docker/dockerfile:1  \n#  Escape=`\n# check=skip=JSONArgsRecommended;error=true\nFROM a\n# check=no\n");
        assertThat(file.directives()).containsEntry("syntax", new Dockerfile.Directive("docker/dockerfile:1", 1));
        assertThat(file.directives()).containsKeys("escape", "check").hasSize(3);
        assertThat(read("# note=1\n# syntax=x\nFROM a").frontend()).isEmpty();
        assertThat(read("FROM a\n# syntax=x").frontend()).isEmpty();
    }

    @Test
    void readsWhatAnOnbuildHolds() {
        Instruction inner = read("ONBUILD RUN --security=insecure [\"a\"]")
                .instructions()
                .get(0)
                .nested();
        assertThat(inner.name()).isEqualTo("run");
        assertThat(inner.flag("security")).contains("insecure");
        assertThat(inner.words()).containsExactly("a");
        assertThat(read("ONBUILD ONBUILD RUN a").instructions().get(0).nested().nested())
                .isNull();
    }

    @Test
    void readsNoFileThatNobodyWrites() {
        assertThat(Dockerfile.parse("#".repeat(Dockerfile.MOST + 1))).isEmpty();
    }

    @Test
    void acceptsTheCorpus() {
        assertThat(Corpus.ALL)
                .allSatisfy(text -> assertThat(read(text).mistake()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[[",
                "{\"a\":",
                "${a:-",
                "<<a ",
                "<<",
                "'",
                "\"",
                "\\",
                "\\\n",
                "ONBUILD ",
                "--a=\"",
                "# \\\n",
                "\t",
                "<<-a\n",
                "$((",
                "${a/",
                "\n"
            })
    void copesWithAnyLength(String piece) {
        for (String start : List.of("", "RUN ", "RUN x \\\n", "COPY <<a /\n", "ENV a=", "CMD [")) {
            StringBuilder text = new StringBuilder(start);
            while (text.length() < 60_000) {
                text.append(piece);
            }
            assertThat(read(text.toString())).isNotNull();
            String large = (text.substring(start.length()) + "\\\n").repeat(Dockerfile.MOST / 70_000);
            assertThat(read(start + large)).isNotNull();
        }
    }
}
