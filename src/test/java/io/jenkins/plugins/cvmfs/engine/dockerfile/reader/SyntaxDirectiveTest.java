package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which frontend reads a file: what BuildKit takes must always be among the answers. */
class SyntaxDirectiveTest {
    private static final String EVIL = "evil.example/frontend:1";
    private static final String MARK = "\uFEFF";
    private static final String NO_BREAK = "\u00A0";
    private static final String NEXT_LINE = "\u0085";

    /** BuildKit uses EVIL, and so do we. */
    private static Arguments taken(String text) {
        return arguments(text, EVIL, List.of(EVIL));
    }

    /** BuildKit uses its own frontend; we are more careful, or not. */
    private static Arguments own(String text, String... careful) {
        return arguments(text, null, List.of(careful));
    }

    /** What BuildKit uses, where the file does not begin as a Dockerfile. */
    private static Arguments refused(String text, String used) {
        return arguments(text, used, null);
    }

    static Stream<Arguments> forms() {
        String syntax = "# syntax=" + EVIL;
        String from = "\nFROM a\n";
        String json = "{\"syntax\":\"" + EVIL + "\"}";
        return Stream.of(
                // Comments that are the directive.
                taken(syntax + from),
                taken("#syntax=" + EVIL + from),
                taken("#\tsyntax\t=\t" + EVIL + "\t" + from),
                taken("# syntax = " + EVIL + " \r" + from),
                taken("# SYNTAX=" + EVIL + from),
                taken("# SyNtAx=" + EVIL + " and arguments" + from),
                taken("#" + NO_BREAK + "syntax=" + EVIL + from),
                taken("#" + NEXT_LINE + " syntax=" + EVIL + from),
                taken("#\u2003\u3000syntax=" + EVIL + from),
                taken("#\u000B\fsyntax=" + EVIL + from),
                taken("#\rsyntax=" + EVIL + from),
                taken(MARK + syntax + from),
                taken(syntax),
                taken(syntax + "\r\nFROM a\r\n"),
                taken("# escape=`\n" + syntax + from),
                taken("# check=skip=all\n# escape=\\\n" + syntax + from),
                taken("# escape=neither\n" + syntax + from),
                taken("# Check=x\r\n" + syntax + from),
                taken(syntax + "\n# check=x\n# check=y" + from),
                taken("#!/usr/bin/env x\n" + syntax + from),
                taken(MARK + "#!/usr/bin/env x\r\n" + syntax + from),
                taken("#!\n# escape=`\n" + syntax + from),
                // The same as in C.
                taken("// syntax=" + EVIL + from),
                taken("//syntax = " + EVIL + from),
                taken("//" + NO_BREAK + "syntax=" + EVIL + from),
                taken("// escape=`\n// syntax=" + EVIL + from),
                taken("#!/x\n// syntax=" + EVIL + from),
                taken(MARK + "// syntax=" + EVIL + from),
                // Two of them: BuildKit takes the first, an old one the last.
                arguments(syntax + "\n# syntax=docker/dockerfile:1" + from, EVIL, List.of(EVIL, "docker/dockerfile:1")),
                arguments(
                        "# syntax=docker/dockerfile:1\n" + syntax + from,
                        "docker/dockerfile:1",
                        List.of("docker/dockerfile:1", EVIL)),
                // Only old releases take these, or none does.
                own("# foo=bar\n" + syntax + from, EVIL),
                own("# a comment\n" + syntax + from, EVIL),
                own("\n" + syntax + from, EVIL),
                own(" " + syntax + from, EVIL),
                own(NO_BREAK + syntax + from, EVIL),
                own("# syntax" + NO_BREAK + "=" + EVIL + from, EVIL),
                own("# escape=`\n\n" + syntax + from, EVIL),
                own("# check=x\n# check=y\n" + syntax + from, EVIL),
                own("#!a\n#!b\n" + syntax + from, EVIL),
                own("# foo\r" + syntax + from),
                own("# x\n// syntax=" + EVIL + from, EVIL),
                own("#" + MARK + "syntax=" + EVIL + from),
                own("# \u017Fyntax=" + EVIL + from),
                own("# syntax:" + EVIL + from),
                own("# syntax=" + from),
                own("# " + "x".repeat(1 << 16) + "\n" + syntax + from, EVIL),
                own("FROM a\n" + syntax + "\n"),
                own("FROM a\\\n b\n"),
                own("from\ta\n"),
                own("#!/usr/bin/env x\nFROM a\n"),
                own("ARG A=1\n" + syntax + from),
                own("frob the thing\n"),
                own(""),
                own("# nothing else"),
                // What follows the image.
                arguments(
                        "# syntax=docker/dockerfile:1\t" + EVIL + from,
                        "docker/dockerfile:1\t" + EVIL,
                        List.of("docker/dockerfile:1\t" + EVIL)),
                arguments(
                        "# syntax=docker/dockerfile:1\r" + EVIL + from,
                        "docker/dockerfile:1\r" + EVIL,
                        List.of("docker/dockerfile:1\r" + EVIL)),
                arguments(
                        "# syntax=docker/dockerfile:1" + NO_BREAK + from,
                        "docker/dockerfile:1" + NO_BREAK,
                        List.of("docker/dockerfile:1" + NO_BREAK)),
                arguments("# syntax= " + from, "", List.of("")),
                arguments("# syntax=a# syntax=b" + from, "a#", List.of("a#")),
                // JSON, and what begins in another way.
                refused(json, EVIL),
                refused(" \n\t\r" + json + "\n", EVIL),
                refused(MARK + json, EVIL),
                refused("#!/usr/bin/env x\n" + json, EVIL),
                refused(MARK + "#!/usr/bin/env x\n" + json, EVIL),
                refused("#!\n\n" + json, EVIL),
                refused("{\"s\\u0079ntax\":\"" + EVIL + "\"}", EVIL),
                refused("{\"a\":[{\"syntax\":1}],\"syntax\":\"x\",\"syntax\":\"" + EVIL + "\"}", EVIL),
                refused("{\"syntax\":\"" + EVIL + " y\"}", EVIL + " y"),
                refused("{\"syntax\":\"" + EVIL + "\",\"syntax\":1}", null),
                refused("{\"SYNTAX\":\"" + EVIL + "\"}", null),
                refused("{\"syntax\":[\"" + EVIL + "\"]}", null),
                refused("{\"n\":1e999,\"syntax\":\"" + EVIL + "\"}", null),
                refused(json + from, null),
                refused("# escape=`\n" + json, null),
                refused("[" + json + "]", null),
                refused("[]", null),
                own("null"),
                refused("---\nsyntax: " + EVIL + "\n", null),
                refused("<!-- x -->\n" + syntax + from, null),
                refused("; x\n" + syntax + from, null),
                refused("-- x\n" + syntax + from, null),
                refused("%x\n" + syntax + from, null),
                refused("\\\n" + syntax + from, null),
                refused(MARK + MARK + syntax + from, null),
                refused("\uFFFD\uFFFD# syntax=" + EVIL + from, null),
                refused("\u0000" + syntax + from, null),
                refused("FROM" + NO_BREAK + "a\n", null),
                refused("FROM=a\n", null),
                refused("/* syntax=" + EVIL + " */" + from, null));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void seesWhatBuildKitSees(String text, String used, List<String> frontends) {
        assertThat(SyntaxDirective.used(text)).isEqualTo(Optional.ofNullable(used));
        assertThat(Model.today(text)).as("the model").isEqualTo(Optional.ofNullable(used));
        assertThat(SyntaxDirective.frontends(text).map(List::copyOf)).isEqualTo(Optional.ofNullable(frontends));
        assertThat(SyntaxDirective.obstacle(text).isPresent()).isEqualTo(frontends == null);
    }

    @Test
    void namesTheLineThatIsNoDockerfile() {
        assertThat(SyntaxDirective.obstacle("{}")).contains("line 1 is neither a comment nor an instruction");
        assertThat(SyntaxDirective.obstacle(MARK + "#!/x\n\n# y\n{}"))
                .contains("line 4 is neither a comment nor an instruction");
    }

    @Test
    void theBuildArgumentTakesPrecedence() {
        Optional<String> file = Optional.of("# syntax=docker/dockerfile:1\nFROM a\n");
        assertThat(frontends(EVIL, file)).contains(Set.of(EVIL));
        assertThat(frontends(" \t" + EVIL + " and more", Optional.empty())).contains(Set.of(EVIL));
        assertThat(frontends(NO_BREAK + EVIL, Optional.of("{}"))).contains(Set.of(EVIL));
        assertThat(frontends("docker/dockerfile:1\t" + EVIL, file)).contains(Set.of("docker/dockerfile:1\t" + EVIL));
        assertThat(frontends("", file)).contains(Set.of("docker/dockerfile:1"));
        assertThat(frontends(" ", Optional.empty())).isEmpty();
        assertThat(SyntaxDirective.frontends(Map.of("buildkit_syntax", EVIL), file))
                .contains(Set.of("docker/dockerfile:1"));
    }

    private static Optional<Set<String>> frontends(String argument, Optional<String> file) {
        return SyntaxDirective.frontends(Map.of("BUILDKIT_SYNTAX", argument), file);
    }

    private static final List<String> PIECES = List.of(
            "\n",
            "\n",
            "\n",
            "\r\n",
            "\r",
            " ",
            "\t",
            NO_BREAK,
            NEXT_LINE,
            "\u2028",
            "\u000B",
            MARK,
            "\0",
            "#",
            "#",
            "# ",
            "//",
            "// ",
            "#!",
            "#!/x\n",
            "# syntax=a\n",
            "# syntax=b c\n",
            "// syntax=d\n",
            "# escape=`\n",
            "# escape=x\n",
            "# check=y\n",
            "# foo=z\n",
            "syntax",
            "SYNTAX",
            "escape",
            "check",
            "=",
            "= ",
            "evil",
            "{",
            "}",
            "[",
            "]",
            "{\"syntax\":\"e\"}",
            "{\"syntax\":",
            "\"syntax\"",
            "\"f\"",
            ":",
            ",",
            "1",
            "\\u0041",
            "FROM a\n",
            "FROM a\\\n",
            "x",
            "\\",
            "\uD800",
            "\u017F");

    /** Whatever stands in front: what BuildKit uses is what we say, and never missing where trust is decided. */
    @Test
    void agreesWithTheModelOnRandomPrefixes() {
        SplittableRandom random = new SplittableRandom(20_261_125);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            StringBuilder prefix = new StringBuilder();
            for (int pieces = random.nextInt(9); pieces > 0; pieces--) {
                prefix.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String text = prefix + (random.nextBoolean() ? "FROM a\nRUN b\n" : "");
            Optional<String> today = Model.today(text);
            Optional<String> used = SyntaxDirective.used(text);
            Optional<Set<String>> frontends = SyntaxDirective.frontends(text);
            if (!used.equals(today)) {
                throw new AssertionError("used " + used + ", but BuildKit " + today + " of\n" + shown(text));
            }
            for (Optional<String> release : List.of(today, Model.of2024(text), Model.of2020(text))) {
                if (release.isPresent()
                        && frontends.isPresent()
                        && !frontends.get().contains(release.get())) {
                    throw new AssertionError(frontends + " is without " + release + " of\n" + shown(text));
                }
            }
            if (frontends.isPresent() == SyntaxDirective.obstacle(text).isPresent()) {
                throw new AssertionError(shown(text));
            }
            today.ifPresent(seen::add);
            seen.add(frontends.map(Set::size).map(String::valueOf).orElse("refused"));
        }
        assertThat(seen).contains("a", "b", "d", "e", "0", "1", "2", "refused");
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> shown.append(c >= ' ' && c < 127 ? "" + (char) c : String.format("\\u%04x", c)));
        return shown.toString();
    }

    /** BuildKit's three ways to look for the directive, from 0.8, 0.12 and 0.32, with regular expressions. */
    private static final class Model {
        private static final String SPACE =
                "[\\t-\\r \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]*";
        private static final String ASSIGNMENT =
                "(?s)([a-zA-Z][a-zA-Z0-9]*)[\\t\\n\\f\\r ]*=[\\t\\n\\f\\r ]*(.+?)[\\t\\n\\f\\r ]*";

        private static final Pattern HASH = Pattern.compile("#" + SPACE + ASSIGNMENT);
        private static final Pattern SLASHES = Pattern.compile("//" + SPACE + ASSIGNMENT);
        private static final Pattern OLD_HASH = Pattern.compile("#[\\t\\n\\f\\r ]*" + ASSIGNMENT);
        private static final Pattern OLD_SLASHES = Pattern.compile("//[\\t\\n\\f\\r ]*" + ASSIGNMENT);
        private static final ObjectMapper MAPPER = new ObjectMapper();

        static Optional<String> today(String text) {
            String rest = rest(text.startsWith(MARK) ? text.substring(1) : text);
            return comments(rest, HASH).or(() -> comments(rest, SLASHES)).or(() -> json(rest));
        }

        static Optional<String> of2024(String text) {
            String rest = rest(text);
            return comments(rest, OLD_HASH)
                    .or(() -> comments(rest, OLD_SLASHES))
                    .or(() -> json(rest));
        }

        static Optional<String> of2020(String text) {
            String found = null;
            for (String line : lines(text)) {
                Matcher matcher = OLD_HASH.matcher(line);
                if (!matcher.matches()) {
                    break;
                }
                found = matcher.group(1).toLowerCase(Locale.ROOT).equals("syntax") ? matcher.group(2) : found;
            }
            return Optional.ofNullable(found).map(value -> value.split(" ", 2)[0]);
        }

        private static String rest(String text) {
            return text.startsWith("#!") ? text.replaceFirst("^[^\\n]*\\n?", "") : text;
        }

        private static List<String> lines(String text) {
            List<String> lines = new ArrayList<>();
            for (String line : text.split("\n", -1)) {
                if (line.length() >= 1 << 16) {
                    break;
                }
                lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            }
            return lines;
        }

        private static Optional<String> comments(String text, Pattern pattern) {
            Set<String> names = new HashSet<>();
            String found = null;
            for (String line : lines(text)) {
                Matcher matcher = pattern.matcher(line);
                String name = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
                if (!Set.of("syntax", "escape", "check").contains(name) || !names.add(name)) {
                    break;
                }
                found = name.equals("syntax") ? matcher.group(2) : found;
            }
            return Optional.ofNullable(found).map(value -> value.split(" ", 2)[0]);
        }

        private static Optional<String> json(String text) {
            try (var parser = MAPPER.createParser(text)) {
                JsonNode tree = parser.readValueAsTree();
                boolean whole = parser.nextToken() == null;
                boolean huge = text.contains("1e999");
                JsonNode value = whole && !huge && tree != null && tree.isObject() ? tree.get("syntax") : null;
                return value != null && value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
            } catch (java.io.IOException e) {
                return Optional.empty();
            }
        }
    }
}
