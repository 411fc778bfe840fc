package io.jenkins.plugins.cvmfs.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How each of several images ended. */
class OneOfSeveralTest {
    private final Map<String, Map<ResultFile, String>> left = new HashMap<>();
    private int exitCode;

    private List<Site> sites(String... names) throws Exception {
        return OneOfSeveral.of(new Ended(), List.of(names));
    }

    private void left(String name, ResultFile file, String text) {
        left.computeIfAbsent("images/" + name, folder -> new HashMap<>()).put(file, text);
    }

    @Test
    void theOnlyImageUsesTheSiteItself() throws Exception {
        assertThat(sites("")).singleElement().isInstanceOf(Ended.class);
    }

    @Test
    void eachHasItsOwnEnd() throws Exception {
        exitCode = 1;
        left("a", ResultFile.EXIT, "0\n");
        left("a", ResultFile.TIMES, "build 10.00\nend 12.50\n");
        left("a", ResultFile.METADATA, "{}");
        left("b", ResultFile.EXIT, "3\n");
        left("b", ResultFile.OUTPUT, "ERROR: no\n");

        List<Site> sites = sites("a", "b");
        assertThat(sites.get(0).collect()).isEqualTo(new Outcome(0, "", Duration.ofMillis(2500)));
        assertThat(sites.get(0).read(ResultFile.METADATA)).hasValue("{}");
        assertThat(sites.get(0).image()).isEqualTo("a");
        assertThat(sites.get(1).collect()).isEqualTo(new Outcome(3, "ERROR: no\n", Duration.ofMinutes(1)));
        assertThat(sites.get(1).read(ResultFile.METADATA)).isEmpty();
    }

    @Test
    void aSkippedImageSaysWhy() throws Exception {
        exitCode = 1;
        left("a", ResultFile.OUTPUT, "built\n");
        left("b", ResultFile.EXIT, "3\n");

        List<Site> sites = sites("a", "b", "c");
        assertThatThrownBy(() -> sites.get(0).collect())
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("Built, but not pushed.")
                .hasMessageContaining("pushTogether");
        assertThatThrownBy(() -> sites.get(2).collect())
                .isInstanceOf(BuildFailedException.class)
                .hasMessageStartingWith("Not built.");
    }

    @Test
    void aFailureBeforeAllImagesIsReportedOnce() throws Exception {
        exitCode = 5;
        left.computeIfAbsent("", folder -> new HashMap<>()).put(ResultFile.PHASE, "builder");

        List<Site> sites = sites("a", "b");
        assertThat(sites.get(0).collect().exitCode()).isEqualTo(5);
        assertThat(sites.get(0).read(ResultFile.PHASE)).hasValue("builder");
        assertThatThrownBy(() -> sites.get(1).collect())
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("The call failed before any image was built.");
    }

    @Test
    void ifTheWholeScriptWasKilledAnImageWithoutAnEndWasKilledWithIt() throws Exception {
        exitCode = 137;
        left("a", ResultFile.EXIT, "0\n");
        left("a", ResultFile.ENDED, "");
        left("b", ResultFile.OUTPUT, "so far\n");

        List<Site> sites = sites("a", "b");
        assertThat(sites.get(0).collect().exitCode()).isZero();
        assertThat(sites.get(1).collect().exitCode()).isEqualTo(137);
        assertThat(sites.get(1).read(ResultFile.ENDED)).isEmpty();
    }

    @Test
    void aStoppedScriptWasNotKilled() throws Exception {
        exitCode = 143;
        left.computeIfAbsent("", folder -> new HashMap<>()).put(ResultFile.ENDED, "");
        left("a", ResultFile.OUTPUT, "so far\n");

        assertThatThrownBy(() -> sites("a", "b").get(0).collect()).isInstanceOf(BuildFailedException.class);
    }

    @Test
    void aLostExitCodeIsNotASuccess() throws Exception {
        left("a", ResultFile.EXIT, "0\n");
        left("b", ResultFile.EXIT, "zero\n");

        assertThatThrownBy(() -> sites("a", "b").get(1).collect())
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("did not leave an exit code");
    }

    /** A place where a script has ended. */
    private final class Ended implements Site {
        @Override
        public void layDown(List<PlannedFile> files) {
            throw new AssertionError("it has ended");
        }

        @Override
        public void start() {
            throw new AssertionError("it has ended");
        }

        @Override
        public Outcome collect() {
            return new Outcome(exitCode, "all output", Duration.ofMinutes(1));
        }

        @Override
        public Optional<String> read(ResultFile file) {
            return Optional.ofNullable(left.getOrDefault("", Map.of()).get(file));
        }

        @Override
        public Results in(String folder) {
            return file ->
                    Optional.ofNullable(left.getOrDefault(folder, Map.of()).get(file));
        }

        @Override
        public UnaryOperator<String> naming() {
            return OptionTable::inPipeline;
        }

        @Override
        public void close() {
            throw new AssertionError("each image is read before");
        }
    }
}
