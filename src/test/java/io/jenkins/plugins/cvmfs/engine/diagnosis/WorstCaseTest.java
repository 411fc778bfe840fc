package io.jenkins.plugins.cvmfs.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a build writes, its failure is explained in bounded time. */
class WorstCaseTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int LARGE = 128 * 1024;
    private static final Pattern QUANTIFIER = Pattern.compile("(?<!\\\\)[*+]|\\{\\d+,}");

    static Stream<Cause> causes() {
        return Catalogue.CAUSES.stream();
    }

    @ParameterizedTest
    @MethodSource("causes")
    void everyQuantifierHasABound(Cause cause) {
        for (Cause.Sign sign : cause.signs()) {
            String bare = sign.text().pattern().replaceAll("\\\\.", "").replaceAll("\\[[^]]+]", "");
            assertThat(QUANTIFIER.matcher(bare).find())
                    .as(sign.text().pattern())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("causes")
    void repeatedWordsOfPatternsAreSearchedQuickly(Cause cause) {
        assertTimeoutPreemptively(LONG, () -> {
            String first = literal(cause.signs().get(0).text().pattern());
            explain(1, "buildx", "ERROR: failed to solve: " + repeat(first));
            for (Cause.Sign sign : cause.signs()) {
                String words = literal(sign.text().pattern());
                for (String line : List.of(repeat(words), repeat(words + " x: \"/"), repeat(words) + "\u0000")) {
                    assertThat(Transcript.bearable(line)).hasSizeLessThan(5_000);
                    sign.text().matcher(Transcript.bearable(line)).find();
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#9 0.1 ",
                "#9 0.1 x\n",
                "------\n > x:\n",
                "Dockerfile:1\n--------------------\n",
                "process \"",
                "\" did not complete successfully: exit code: 1 ",
                "executor failed running [",
                "executor failed running [\n",
                "ERROR: ",
                "failed to push ",
                "https://",
                "a/",
                "\\n",
                " ",
                "\n",
                "\r",
                "\u0000",
                "(",
                "\u2028",
                "/a/setup: line 1: "
            })
    void anyRepeatedWordIsSearchedQuickly(String word) {
        assertTimeoutPreemptively(LONG, () -> {
            explain(1, "buildx", repeat(word));
            explain(
                    1,
                    "buildx",
                    "#9 0.1 " + repeat(word) + "\nERROR: process \"x\" did not complete successfully: exit code: 1");
            explain(125, "commit", repeat(word));
            explain(1, "setup", "ERROR: process \"" + repeat(word) + "\" did not complete successfully: exit code: 1");
        });
    }

    @Test
    void aLineThatIsLongerThanTheOutputIsExplainedByItsEnd() {
        Finding finding = explain(
                1,
                "buildx",
                "ERROR: failed to solve: process \"/bin/sh -c " + "a b ".repeat(40_000)
                        + "\" did not complete successfully: exit code: 7");

        assertThat(finding.what()).startsWith("A RUN of the Dockerfile failed with exit code 7.");
        assertThat(finding.message().length()).isLessThan(2_000);
    }

    @Test
    void longLinesAreShortInTheAnswer() {
        Finding finding = explain(3, "commit", ("y".repeat(3_000) + "\n").repeat(30));

        assertThat(finding.message().length()).isLessThan(5_000);
        assertThat(finding.why().lines()).hasSize(11);
    }

    private static Finding explain(int exitCode, String strategy, String output) {
        return new FailureRow("build", exitCode, strategy, "", "", output).finding();
    }

    private static String repeat(String word) {
        return word.repeat(LARGE / word.length() + 1);
    }

    /** The words of a pattern without its signs. */
    private static String literal(String pattern) {
        String words = pattern.replaceAll("\\\\[sSwdDbW]|\\(\\?[:i!<=]{1,3}|\\[[^]]+]|\\{\\d+(?:,\\d+)?}", "")
                .replaceAll("\\|[^|)]+", "")
                .replaceAll("[\\\\()^$?|]", "");
        return words.isBlank() ? "x" : words;
    }
}
