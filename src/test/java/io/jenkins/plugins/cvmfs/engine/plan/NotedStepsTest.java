package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Which builds are asked what came from the cache, and what is kept of the answer. */
@ParameterizedClass
@MethodSource("shells")
class NotedStepsTest {
    private static final List<String> ASKED =
            List.of("buildx", "history", "logs", "--builder=mine", "--progress=rawjson", "abc123");

    @Parameter
    private List<String> shell;

    @TempDir
    private Path root;

    private StubMachine machine;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare() throws Exception {
        machine = new StubMachine(root, shell);
        built("mine/mine0/abc123");
    }

    /** An answer as buildx writes it, with what the build wrote and with what looks as if it ended there. */
    private void built(String reference) throws Exception {
        String vertices = "\"vertexes\":[{\"digest\":\"d\",\"name\":\"[1/1] RUN echo \\\",\\\\\"logs\\\\\":[\\\"\"}]";
        machine.docker("case $2 in build) for word; do case $word in --metadata-file=*)"
                + " echo '  \"buildx.build.ref\": \"" + reference + "\",' >\"${word#*=}\" ;; esac; done ;;"
                + " history) printf '%s\\n' '{" + vertices + ",\"statuses\":[{}],\"logs\":[{\"data\":\""
                + "A".repeat(99)
                + "\"}]}' '{\"logs\":[]}' '{\"vertexes\":[]}' 'ERROR: x' >&2 ;; esac");
    }

    private String run() throws Exception {
        machine.run(BuildPlan.of(Specs.valid(Specs.dockerfile().builderName("mine")), "id"));
        Path steps = root.resolve("it's $private").resolve(ResultFile.STEPS.path());
        return Files.exists(steps) ? Files.readString(steps) : null;
    }

    @Test
    void aBuildThatTookLongIsAsked() throws Exception {
        machine.with("CVMFS_DERIVED_IMAGE_LONG", "0");

        assertThat(run())
                .isEqualTo(
                        "{\"vertexes\":[{\"digest\":\"d\",\"name\":\"[1/1] RUN echo \\\",\\\\\"logs\\\\\":[\\\"\"}]}\n"
                                + "{\"vertexes\":[]}\n");
        assertThat(machine.calls()).contains(ASKED);
    }

    @Test
    void aShortSecretIsNotMasked() throws Exception {
        machine.with("CVMFS_DERIVED_IMAGE_LONG", "1000");

        assertThat(run()).isNull();
        assertThat(machine.calls()).doesNotContain(ASKED);
    }

    @Test
    void invalidReferencesNeedNoLogin() throws Exception {
        machine.with("CVMFS_DERIVED_IMAGE_LONG", "0");
        built("mine/mine0/--help");

        assertThat(run()).isNull();
        assertThat(machine.called()).doesNotContain("buildx history");
    }
}
