package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The buildx strategy where the builder is left open (driver auto). */
@ExtendWith(RealEngine.class)
class ChosenBuilderDockerIT {
    @BeforeEach
    void notesOfItsOwn(Rig rig) throws Exception {
        rig.set("XDG_STATE_HOME", rig.home().resolve("state").toString());
        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nRUN echo " + rig.id() + " >/word\n");
    }

    private static boolean grants(Rig rig) throws Exception {
        rig.write("nothing", "FROM scratch\n");
        return rig.docker(
                        "buildx",
                        "build",
                        "--builder=default",
                        "--allow=security.insecure",
                        "--output=type=cacheonly",
                        "--file=nothing",
                        ".")
                .ok();
    }

    private static ImageSpecBuilder image(Rig rig, String name) {
        return new ImageSpecBuilder().tags(List.of(rig.local(name)));
    }

    private static List<String> notes(Rig rig) throws Exception {
        Path state = rig.home().resolve("state/cvmfs-derived-image");
        if (!Files.isDirectory(state)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(state)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("chosen-"))
                    .toList();
        }
    }

    @Test
    void usesTheEnginesOwnIfItGrants(Rig rig) throws Exception {
        assumeTrue(grants(rig), "the engine's daemon.json does not grant security.insecure");
        ImageRecord record = rig.build(image(rig, "a:1"));

        assertThat(record.builderDriver()).isEqualTo("docker");
        Asserts.engineHas(rig, record);
        assertThat(notes(rig)).hasSize(1);
        assertThat(rig.made()).as("containers, volumes and builders").isEmpty();
    }

    @Test
    void usesOneInAContainerIfTheEngineDoesNotGrant(Rig rig) throws Exception {
        assumeFalse(grants(rig), "the engine's daemon.json grants security.insecure");
        assumeTrue(
                rig.canHave(BuilderSpec.DEFAULT_IMAGE), "the image " + BuilderSpec.DEFAULT_IMAGE + " cannot be pulled");
        rig.write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
        // Other builds may be using the kept builder of the default settings.
        ImageRecord record = rig.build(image(rig, "a:1").builderDriver("auto").builderKeep(false));

        assertThat(record.builderDriver()).isEqualTo("docker-container");
        Asserts.engineHas(rig, record);
        assertThat(notes(rig)).hasSize(1);
    }

    @Test
    void usesTheEnginesOwnForSecureBuilds(Rig rig) throws Exception {
        ImageRecord record = rig.build(image(rig, "a:1").insecure(false));

        assertThat(record.builderDriver()).isEqualTo("docker");
        Asserts.engineHas(rig, record);
        assertThat(notes(rig)).isEmpty();
    }
}
