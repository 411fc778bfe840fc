package io.jenkins.plugins.cvmfs.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.Specs;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes with a build that reads the agent's own CVMFS. */
class HostAccessRulesTest {
    private static ImageSpecBuilder host() {
        return Specs.setup().mounts("cms.cern.ch").cvmfsAccess("host");
    }

    private static Arguments row(String option, UnaryOperator<ImageSpecBuilder> change, String... texts) {
        return Arguments.of(option, change, List.of(texts));
    }

    static Stream<Arguments> refused() {
        String decides = "the agent's client decides this";
        String container = "does not see the agent's /cvmfs";
        return Stream.of(
                row("cvmfsHttpProxy", in -> in.cvmfsHttpProxy("DIRECT"), decides),
                row("cvmfsQuotaLimit", in -> in.cvmfsQuotaLimit("4000"), decides),
                row("cvmfsProfile", in -> in.cvmfsProfile("single"), decides),
                row("cvmfsUseCdn", in -> in.cvmfsUseCdn(false), decides),
                row("cvmfsCacheBase", in -> in.cvmfsCacheBase("/a/b"), decides),
                row("cvmfsParameters", in -> in.cvmfsParameters(Map.of("CVMFS_TIMEOUT", "5")), decides),
                row("cvmfsPins", in -> in.cvmfsPins(List.of("cms.cern.ch=tag:a")), "only a root hash"),
                row(
                        "cvmfsPins",
                        in -> in.cvmfsPins(List.of("cms.cern.ch=date:2026-01-31T12:00:00Z")),
                        "only a root hash"),
                row("builderDriver", in -> in.builderDriver("docker-container"), container, "docker-container"),
                row("builderDriver", in -> in.builderDriver("kubernetes"), container, "kubernetes"),
                row("builderDriver", in -> in.builderKeep(false), container, "docker-container"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("refused")
    void optionsThatTheAgentsClientDecidesAreRefusedWithTheReason(
            String option, UnaryOperator<ImageSpecBuilder> change, List<String> texts) {
        assertThatThrownBy(() -> change.apply(host()).build(WorkspaceFiles.UNCHECKED))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        refusal -> assertThat(refusal.message(UnaryOperator.identity()))
                                .contains(option)
                                .contains(texts));
        assertThatCode(() -> change.apply(host().cvmfsAccess("client")).build(WorkspaceFiles.UNCHECKED))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "auto"})
    void hostAccessUsesTheEnginesOwnBuilder(String driver) {
        assertThat(Specs.valid(host().builderDriver(driver)).readsHost()).isTrue();
    }

    @Test
    void aRootHashGoesWithIt() {
        String pin = "cms.cern.ch=" + "a".repeat(40);
        assertThat(Specs.valid(host().cvmfsPins(List.of(pin))).client().pins()).hasSize(1);
    }

    @Test
    void insecureIsOffForIt() {
        assertThat(Specs.valid(host()).insecure()).isFalse();
        assertThat(Specs.valid(host().insecure(false)).readsHost()).isTrue();
        assertThat(Specs.valid(host().cvmfsAccess("client")).insecure()).isTrue();
    }

    @Test
    void theDirectoryHasADefault() {
        assertThat(Specs.valid(host()).hostDirectory()).isEqualTo("/cvmfs");
        assertThat(Specs.valid(host().cvmfsHostPath("/sw/cvmfs")).hostDirectory())
                .isEqualTo("/sw/cvmfs");
    }
}
