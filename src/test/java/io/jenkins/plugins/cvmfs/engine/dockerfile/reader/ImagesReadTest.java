package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImagesReadTest {
    private static Arguments row(String text, String... images) {
        return arguments(text, List.of(images));
    }

    static Stream<Arguments> files() {
        return Stream.of(
                row("FROM a:1", "a:1"),
                row("# syntax=r.example.org/f:1 x\nFROM a\nFROM b AS c\nFROM A", "r.example.org/f:1", "a", "b", "A"),
                row("// syntax=r.example.org/f:1\nFROM a", "r.example.org/f:1", "a"),
                row("FROM scratch\nCOPY x /", new String[0]),
                row("FROM a AS One\nFROM one\nCOPY --from=ONE x /\nCOPY --from=0 x /\nCOPY --from=1 x /", "a"),
                row("FROM b\nFROM a AS b", "b", "a"),
                row("FROM a\nCOPY --from=r:5000/b@sha256:0 x /\nCOPY y /\nADD z /", "a", "r:5000/b@sha256:0"),
                row(
                        "FROM a\nRUN --mount=type=bind,from=b,target=/b --mount=\"type=cache,from=c\" x\n"
                                + "RUN --mount=type=secret,id=d --mount=FROM=e x",
                        "a",
                        "b",
                        "c",
                        "e"),
                row("FROM a\nONBUILD COPY --from=b x /\nONBUILD RUN --mount=from=c x", "a", "b", "c"),
                row("ARG A=1\nFROM a:$A\nFROM a:${A}2\nFROM $A", "a:1", "a:12", "1"),
                row("ARG A\nFROM a:${A:-1}\nFROM a:${A-2}\nFROM ${A:+b}x\nFROM \"c\"", "a:1", "a:", "x", "c"),
                row("FROM a:${NO:-${NEITHER:-1}}\nFROM a:${NO}\nFROM ${A##b}\nFROM ${", "a:1"),
                row("ARG A=1 B=\"x/$A\"\nARG C=${B}:2\nFROM $C", "x/1:2"),
                row("ARG A=1\nFROM a:$A\nARG B=2\nFROM a:$B", "a:1"),
                row("FROM --platform=$BUILDPLATFORM a-$TARGETARCH\nFROM b-${TARGETVARIANT}", "a-amd64", "b-"),
                row("FROM a\nRUN <<EOF\nFROM b\nCOPY --from=c x /\nEOF\n# COPY --from=d\n", "a"),
                row("FROM a\nENV b\nFROM c\n", "a"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void areThoseThatABuildReads(String text, List<String> images) {
        assertThat(Dockerfile.parse(text).orElseThrow().images(Map.of(), Set.of()))
                .containsExactlyElementsOf(images);
    }

    @Test
    void followTheBuild() {
        Dockerfile file = Dockerfile.parse(
                        "# syntax=f\nARG A=1\nARG B\nFROM a:$A\nFROM b:${B:-2}\nFROM c-$TARGETARCH\nCOPY --from=d x /\n")
                .orElseThrow();
        assertThat(file.images(
                        Map.of("A", "3", "B", "4", "BUILDKIT_SYNTAX", " g h", "TARGETARCH", "arm64"), Set.of("d")))
                .containsExactly("g", "a:3", "b:4", "c-arm64");
    }

    @Test
    void notesDoNotGrowWithoutLimit() {
        StringBuilder text = new StringBuilder("ARG A0=xxxxxxxxxx\n");
        for (int i = 1; i < 60; i++) {
            text.append("ARG A" + i + "=$A" + (i - 1) + "$A" + (i - 1) + "\n");
        }
        text.append("FROM $A59\nFROM $A1\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("FROM i" + i + "\n");
        }
        assertThat(Dockerfile.parse(text.toString()).orElseThrow().images(Map.of(), Set.of()))
                .contains("xxxxxxxxxxxxxxxxxxxx")
                .hasSizeLessThan(1100);
    }

    private static Arguments use(String text, Set<Integer> bound, Set<Integer> copied, Set<Integer> based) {
        return arguments(text, new ContextUse(bound, copied, based));
    }

    static Stream<Arguments> uses() {
        Set<Integer> no = Set.of();
        String bind = "RUN --mount=type=bind,from=helper,target=/h /h/mount\n";
        return Stream.of(
                use("# helper\nFROM a\nRUN echo from=helper # --mount=from=helper\nENV helper=1\n", no, no, no),
                use("FROM a\nRUN <<EOF\n--mount=from=helper\nCOPY --from=helper a b\nEOF\n", no, no, no),
                use("FROM a\n" + bind, Set.of(0), no, no),
                use("FROM a AS one\n" + bind + "FROM b\nFROM c\nRUN x\n" + bind, Set.of(0, 2), no, no),
                use("FROM a\nRUN --mount=from=helper,target=/h x\n", Set.of(0), no, no),
                use("FROM a\nRUN --mount=target=/h,FROM=helper:latest,type=BIND x\n", Set.of(0), no, no),
                use("FROM a\nRUN \\\n  --mount=type=bind,\"from=helper\",target=/h x\n", Set.of(0), no, no),
                use("FROM a\nRUN --mount=type=cache,from=helper,target=/h x\n", no, no, no),
                use("FROM a\nRUN --mount=type=bind,from=helpers,target=/h x\n", no, no, no),
                use("FROM a\nCOPY --from=helper /mount /\n", no, Set.of(0), no),
                use("FROM a\nFROM helper AS b\nFROM b\n", no, no, Set.of(1)),
                use("FROM a\nONBUILD " + bind, Set.of(0), no, no),
                use("FROM b AS Helper\nFROM a\n" + bind, no, no, no),
                use("FROM a\n" + bind + "FROM b AS helper\n", no, no, no),
                use("", no, no, no));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void aContextIsReadByInstructionsAndNotByWords(String text, ContextUse use) {
        assertThat(Dockerfile.parse(text).orElseThrow().use("helper")).isEqualTo(use);
        assertThat(use.any()).isEqualTo(!use.equals(new ContextUse(Set.of(), Set.of(), Set.of())));
    }

    @Test
    void aBuildNeedsSomeStages() {
        Dockerfile file = Dockerfile.parse(
                        "FROM a AS one\nFROM b AS two\nRUN --mount=from=ONE x\nFROM c\nFROM two AS four\nCOPY --from=2 x /\n")
                .orElseThrow();
        assertThat(file.needed(null)).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(file.needed("Two")).containsExactlyInAnyOrder(0, 1);
        assertThat(file.needed("2")).containsExactly(2);
        assertThat(file.needed("no")).isEmpty();
        assertThat(Dockerfile.parse("ARG a").orElseThrow().needed(null)).isEmpty();
        assertThat(file.stages()).extracting(BuildStage::name).containsExactly("one", "two", null, "four");
    }
}
