package io.jenkins.plugins.cvmfs.bench;

import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.RecordReader;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a controller computes for a build: from options to a plan, to its script, and from results to a record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlanBenchmark {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final Optional<DockerfileText> DOCKERFILE = Optional.of(
            DockerfileText.of("FROM debian:12\nARG ARG_CVMFS_MOUNTS\nENV CVMFS_MOUNTS=$ARG_CVMFS_MOUNTS\nRUN true\n"));

    /** As many tags of the image, and as many build arguments. */
    @Param({"1", "10", "100", "200"})
    public int tags;

    private ImageSpec spec;
    private BuildPlan plan;

    @Setup
    public void describe() throws Exception {
        spec = ImageSpec.of(options(), WorkspaceFiles.UNCHECKED);
        plan = BuildPlan.of(spec, "id", DOCKERFILE);
    }

    private GivenOptions options() {
        return new GivenOptions()
                .give(ImageTable.TAGS, numbered("registry.example.org/cms/analysis:v%d"))
                .give(ImageTable.PUSH, true)
                .give(BuildTable.BUILD_ARGS, numbered("NAME_%d=some value"));
    }

    private List<String> numbered(String pattern) {
        return IntStream.range(0, tags).mapToObj(pattern::formatted).toList();
    }

    @Benchmark
    public BuildPlan plan() throws Exception {
        return BuildPlan.of(ImageSpec.of(options(), WorkspaceFiles.UNCHECKED), "id", DOCKERFILE);
    }

    @Benchmark
    public String render() {
        return plan.render(false);
    }

    @Benchmark
    public String record() throws Exception {
        return new RecordReader(
                        spec,
                        Map.of(
                                ResultFile.DRIVER, "docker",
                                ResultFile.IMAGE_ID, DIGEST,
                                ResultFile.METADATA, "{\"containerimage.digest\": \"" + DIGEST + "\"}"))
                .read(Instant.EPOCH, Duration.ofSeconds(1))
                .toJson();
    }
}
