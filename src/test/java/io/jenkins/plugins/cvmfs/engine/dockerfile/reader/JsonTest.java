package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static Arguments row(String text, String... values) {
        return arguments(text, Arrays.asList(values));
    }

    static Stream<Arguments> arrays() {
        return Stream.of(
                row("[]"),
                row("\u00A0\u2003[ ]\n"),
                row("[\"a\"]", "a"),
                row("[ \"a b\" ,\t\"\"\r\n] ", "a b", ""),
                row("[\"\\u0041\\n\\/\\\\\\\"\\b\\f\\t\\r\"]", "A\n/\\\"\b\f\t\r"),
                row("[\"\\ud83d\\ude00 \u007F\u2028\"]", "\uD83D\uDE00 \u007F\u2028"),
                row("[\"\\ud83d x\"]", "\uFFFD x"),
                row("[1]", (String) null),
                row("[\"a\", null, true, -0.5e+7, {\"b\": [1, {}]}, [[\"c\"]]]", "a", null, null, null, null, null),
                row("[1e-999]", (String) null));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void readsArrays(String text, List<String> values) {
        assertThat(Json.array(text)).contains(values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "{}",
                "\"a\"",
                "[",
                "]",
                "[\"a\"",
                "[\"a\",]",
                "[,]",
                "['a']",
                "[a]",
                "[\"a\" \"b\"]",
                "[\"a\"] b",
                "[\"a\"]]",
                "[\"a\"] []",
                "[\"a\tb\"]",
                "[\"\\x\"]",
                "[\"\\u12\"]",
                "[01]",
                "[+1]",
                "[.5]",
                "[1.]",
                "[NaN]",
                "[Infinity]",
                "[True]",
                "[1e999]",
                "[-1e999]",
                "[/* a */]",
                "[] // a",
                "[\"a\"\u00A0]",
                "[\"a\",\u000B\"b\"]",
                "[{a: 1}]",
                "[{\"a\" 1}]",
                "[{\"a\": 1]",
            })
    void treatsEverythingElseAsShell(String text) {
        assertThat(Json.array(text)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 9_999, 10_000, 10_001, 400_000})
    void nestsAsDeepAsBuildKit(int depth) {
        assertThat(Json.array("[".repeat(depth) + "]".repeat(depth)).isPresent())
                .isEqualTo(depth <= 10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a", "[\"\\\\", "[1", "[0.1", "[\"a\",", "[{\"a\":", "[[", "[-"})
    void copesWithAnyLength(String start) {
        String last = start.substring(start.length() - 1);
        assertThat(Json.array(start + last.repeat(900_000))).isEmpty();
        String repeated = start.substring(1).repeat(900_000 / start.length());
        assertThat(Json.array("[" + repeated + "]")).isNotNull();
    }
}
