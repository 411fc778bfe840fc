package io.jenkins.plugins.cvmfs.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HelperContextTest {
    private static final String ASKS =
            "FROM a\nRUN --mount=type=bind,from=cvmfs-helper,target=/cvmfs-helper /cvmfs-helper/mount\n";
    private static final String OPTION = "--build-context=cvmfs-helper=\"$dir/helper\"";

    static Stream<Arguments> builds() {
        return Stream.of(
                Arguments.of("a Dockerfile that asks for it", Specs.dockerfile(), ASKS, true),
                Arguments.of(
                        "one that has the word in a comment",
                        Specs.dockerfile(),
                        "# cvmfs-helper\nFROM a\nRUN true\n",
                        false),
                Arguments.of(
                        "one that has the word in a RUN", Specs.dockerfile(), "FROM a\nRUN echo cvmfs-helper\n", false),
                Arguments.of(
                        "one that copies from it",
                        Specs.dockerfile(),
                        "FROM a\nCOPY --from=cvmfs-helper mount /\n",
                        true),
                Arguments.of(
                        "one that BuildKit's own frontend could not read",
                        Specs.dockerfile(),
                        "RUN <<A\n" + ASKS,
                        true),
                Arguments.of("one that does not", Specs.dockerfile(), "FROM a\nRUN true\n", false),
                Arguments.of(
                        "one with a stage of that name", Specs.dockerfile(), "FROM b AS CVMFS-Helper\n" + ASKS, false),
                Arguments.of(
                        "a context of the user's own",
                        Specs.dockerfile().buildContexts(Map.of("cvmfs-helper", "dir")),
                        ASKS,
                        false),
                Arguments.of(
                        "one from elsewhere",
                        Specs.dockerfile().context("https://example.org/repository.git"),
                        null,
                        true),
                Arguments.of("a setup script", Specs.setup(), null, false),
                Arguments.of("a setup script that is committed", Specs.commit(), null, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void theRevisionStageIsAddedIfNeeded(String name, ImageSpecBuilder options, String dockerfile, boolean comes) {
        ImageSpec spec = Specs.valid(options);
        BuildPlan plan =
                BuildPlan.of(spec, "id", Optional.ofNullable(dockerfile).map(DockerfileText::of));

        assertThat(plan.script().contains(OPTION)).isEqualTo(comes);
        assertThat(plan.files().contains(new PlannedFile("helper/mount", HelperContext.mount(spec), true)))
                .isEqualTo(comes);
    }

    @ParameterizedTest
    @CsvSource({
        "'', a.b c.d, , 0, want a.b c.d",
        "'', , e.f, 0, want e.f",
        "g.h i.j, a.b, e.f, 0, want g.h i.j",
        "'', none, e.f, 0, want none",
        "'', , , 1, no repositories were given",
    })
    void mountsTheGivenRepositories(String arguments, String variable, String argument, int exitCode, String said)
            throws Exception {
        for (List<String> shell : Shells.present()) {
            List<String> command = new ArrayList<>(shell);
            String own = HelperContext.mount(Specs.valid(Specs.dockerfile()))
                    .replace(MountScript.part("mount.sh"), "mount_repositories() { echo \"want $CVMFS_MOUNTS\"; }\n");
            command.addAll(List.of("-c", own, "mount"));
            Stream.of(arguments.split(" ")).filter(word -> !word.isEmpty()).forEach(command::add);
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().keySet().removeAll(List.of("CVMFS_MOUNTS", "ARG_CVMFS_MOUNTS"));
            if (variable != null) {
                builder.environment().put("CVMFS_MOUNTS", variable);
            }
            if (argument != null) {
                builder.environment().put("ARG_CVMFS_MOUNTS", argument);
            }
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as("%s of %s", output, shell).isEqualTo(exitCode);
            assertThat(output).contains(said);
        }
    }
}
