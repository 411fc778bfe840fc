package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What buildx 0.29.1 replays of a build, and what it might. */
class BuildStepsTest {
    private static String vertex(String digest, String name, String rest) {
        return "{\"digest\":\"sha256:" + digest + "\",\"name\":\"" + name + "\"" + rest + "}";
    }

    private static String took(String from, String to) {
        return ",\"started\":\"2026-11-29T17:27:" + from + "Z\",\"completed\":\"2026-11-29T17:27:" + to + "Z\"";
    }

    private static String line(String... vertices) {
        return "{\"vertexes\":[" + String.join(",", vertices) + "]}\n";
    }

    @Test
    void runAndCachedStepsAreCounted() {
        assertThat(BuildSteps.read(line(
                        vertex("1", "[1/4] FROM docker.io/library/a:1", ""),
                        vertex("2", "[2/4] RUN echo one", ""),
                        vertex("3", "[3/4] RUN make PASSWORD=hunter2", ""),
                        vertex("9", "[internal] load build definition from Dockerfile", took("40.1", "45.1")),
                        vertex("1", "[1/4] FROM docker.io/library/a:1", took("40.4", "40.5")),
                        vertex("2", "[2/4] RUN echo one", took("40.5", "40.500001") + ",\"cached\":true"),
                        vertex("3", "[3/4] RUN make PASSWORD=hunter2", took("41", "43.5")),
                        vertex("4", "[build 4/4] COPY Dockerfile /x", took("43.5", "43.52")),
                        vertex("5", "[linux/arm64 4/5] WORKDIR /y", ""),
                        vertex("8", "exporting to image", took("43.6", "50")))))
                .isEqualTo(new BuildSteps(1, 2, List.of(new BuildSteps.Step("[3/4] RUN", 2500))));
    }

    @Test
    void theSlowestAreLimitedAndIntervalsAreAdded() {
        BuildSteps steps = BuildSteps.read(line(
                        vertex("1", "[1/5] RUN a", took("01", "02")),
                        vertex("2", "[2/5] RUN b", took("02", "04")),
                        vertex("3", "[base 3/5] RUN c", took("04", "04.5")))
                + line(
                        vertex("4", "[4/5] RUN d", took("10", "11")),
                        vertex("4", "[4/5] RUN d", took("12", "15")),
                        vertex("4", "[4/5] RUN d", took("12", "15"))));

        assertThat(steps.run()).isEqualTo(4);
        assertThat(steps.slowest())
                .containsExactly(
                        new BuildSteps.Step("[4/5] RUN", 4000),
                        new BuildSteps.Step("[2/5] RUN", 2000),
                        new BuildSteps.Step("[1/5] RUN", 1000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "x",
                "[]",
                "{}",
                "{\"vertexes\":null}",
                "{\"vertexes\":[{\"digest\":\"sha256:1\",\"name\":\"[1/2] RUN a\",\"started\":\"2026",
                "{\"vertexes\":[{\"name\":\"[1/2] RUN a\",\"started\":\"yesterday\",\"completed\":\"x\"}]}",
                "{\"vertexes\":[{\"name\":\"[1/2] RUN a\",\"started\":1,\"completed\":{}}]}",
                "{\"vertexes\":[{\"name\":\"[1/2] RUN a\",\"started\":\"-999999999-01-01T00:00:00Z\","
                        + "\"completed\":\"+999999999-01-01T00:00:00Z\"}]}"
            })
    void dataWithoutStepsIsIgnored(String text) {
        assertThat(BuildSteps.read(text)).isNull();
    }

    @Test
    void aNameIsNoLongerThanItsFirstWord() {
        String hostile = "[" + "a".repeat(200) + " 1/2] RUN";
        assertThat(BuildSteps.read(line(
                        vertex("1", hostile, took("01", "02")),
                        vertex("2", "[<b> 1/2] RUN", took("01", "02")),
                        vertex("3", "[1/2] RUN\\u0000<script>", took("01", "02")))))
                .isEqualTo(new BuildSteps(0, 1, List.of(new BuildSteps.Step("[1/2] RUN", 1000))));
    }
}
