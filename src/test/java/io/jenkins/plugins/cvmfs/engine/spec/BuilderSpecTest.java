package io.jenkins.plugins.cvmfs.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a builder is told, out of what was given. */
class BuilderSpecTest {
    @Test
    void limitsComeAfterTheConfigurationThatWasGiven() {
        BuilderSpec both = Specs.valid(Specs.dockerfile()
                        .buildkitdConfig("debug = true\n\n")
                        .builderGc(Map.of("maxUsedSpace", "50GB")))
                .builder();
        BuilderSpec limits = Specs.valid(Specs.dockerfile().builderGc(List.of("minFreeSpace=10%")))
                .builder();

        assertThat(both.configuration()).contains("debug = true\n\n[worker.oci]\ngc = true\nmaxUsedSpace = \"50GB\"\n");
        assertThat(limits.configuration()).contains("[worker.oci]\ngc = true\nminFreeSpace = \"10%\"\n");
        assertThat(Specs.valid(Specs.dockerfile().buildkitdConfig("debug = true"))
                        .builder()
                        .configuration())
                .contains("debug = true");
        assertThat(BuilderSpec.DEFAULT.configuration()).isEmpty();
    }

    @Test
    void aNodeHasTheBuildersDriverOptionsAndItsOwn() {
        BuilderSpec builder = Specs.valid(Specs.dockerfile()
                        .builderDriverOpts(Map.of("network", "host", "memory", "4g"))
                        .builderNodes(List.of(
                                " platform=linux/arm64,linux/arm/v7   endpoint=arm memory=2g ", "endpoint=ssh://ci@a")))
                .builder();

        assertThat(builder.nodes())
                .containsExactly(
                        new BuilderNode(
                                "arm",
                                List.of("linux/arm64", "linux/arm/v7"),
                                Map.of("network", "host", "memory", "2g")),
                        new BuilderNode("ssh://ci@a", List.of(), Map.of("network", "host", "memory", "4g")));
    }

    @Test
    void aBuilderWithACertificateOfThisBuildIsNotKept() {
        BuilderSpec builder = Specs.valid(Specs.dockerfile()
                        .builderDriver("remote")
                        .builderEndpoint("tcp://a:1")
                        .builderDriverOpts(Map.of("servername", "a"))
                        .builderCertificates(Map.of("cacert", "/b")))
                .builder();

        assertThat(builder.keep()).isFalse();
        assertThat(builder.driverOpts()).isEqualTo(Map.of("servername", "a", "cacert", "/b"));
    }
}
