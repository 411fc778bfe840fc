package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.packaging.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a release offers beside the plugin, used on a real engine: the GitHub action's script and the container image.
 */
@ExtendWith(RealEngine.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PackagedDockerIT {
    private static final String SETUP = "#!/bin/bash\nset -e\ncp /cvmfs/cms.cern.ch/README ~/readme\n";

    @Test
    void theActionBuildsPushesAndGivesTheDigest(Rig rig) throws Exception {
        String tag = rig.in(Registry.plain(), "action:1");
        rig.write("setup.sh", SETUP);
        Path output = rig.home().resolve("output");
        Map.of(
                        "INPUT_TAGS", tag + "\n",
                        "INPUT_MOUNTS", "cms.cern.ch",
                        "INPUT_DOCKERFILE", "",
                        "INPUT_CONTEXT", "",
                        "INPUT_SETUP_FILE", "setup.sh",
                        "INPUT_PUSH", "true",
                        "INPUT_OPTIONS", "--strategy=commit\n--base-image=" + Rig.baseImage(),
                        "INPUT_ARCHIVE", Release.made().artifact(".tar.gz").toString(),
                        "INPUT_SHA256", "",
                        "GITHUB_OUTPUT", output.toString())
                .forEach(rig::set);
        rig.set("RUNNER_TEMP", rig.home().toString());

        Ran ran = Ran.of(
                rig.process(Path.of("packaging/github/build").toAbsolutePath().toString()));

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(output)
                .content()
                .containsPattern("digest=sha256:[0-9a-f]{64}\n")
                .containsPattern("imageid=sha256:[0-9a-f]{64}\n")
                .containsPattern("record=/.*record.json\n");
    }

    @Test
    void theContainerImageBuildsAnImage(Rig rig) throws Exception {
        Path context = Files.createDirectory(rig.home().resolve("image"));
        String jdk = System.getProperty("java.home");
        Ran.of(rig.process(
                        jdk + "/bin/jlink",
                        "--add-modules=java.se",
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output=" + context.resolve("java")))
                .answer();
        Files.copy(
                Path.of(Ran.of(rig.process("sh", "-c", "command -v docker")).answer())
                        .toRealPath(),
                context.resolve("docker"));
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM " + Rig.baseImage() + "\nCOPY java /opt/java\nCOPY docker /usr/bin/docker\n"
                        + "ENV JAVA_HOME=/opt/java\n");
        String base = rig.local("base:1");
        rig.docker("build", "--tag=" + base, context.toString()).answer();
        Files.delete(context.resolve("Dockerfile"));
        Path archive = Release.made().artifact(".tar.gz");
        Files.copy(archive, context.resolve(archive.getFileName()));
        String image = rig.local("tool:1");

        rig.docker(
                        "build",
                        "--build-arg=BASE=" + base,
                        "--build-arg=PACKAGES=",
                        "--build-arg=ARCHIVE=" + archive.getFileName(),
                        "--file=" + Path.of("packaging/image/Dockerfile").toAbsolutePath(),
                        "--tag=" + image,
                        context.toString())
                .answer();

        assertThat(rig.docker("run", "--rm", image, "--version").answer()).matches("\\S+ \\(.+\\)");
        assertThat(rig.docker("run", "--rm", image).answer()).contains("Usage: cvmfs-derived-image");
        String socket = System.getenv("DOCKER_HOST").replaceFirst("^unix://", "");
        String built = rig.local("built:1");
        Ran ran = rig.docker(
                "run",
                "--rm",
                "--env=DOCKER_HOST=unix:///engine.sock",
                "--volume=" + socket + ":/engine.sock",
                image,
                "build",
                "--strategy=commit",
                "--base-image=" + Rig.baseImage(),
                "--mounts=cms.cern.ch",
                "--setup=" + SETUP,
                "--tag=" + built);
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(rig.hasImage(built)).isTrue();
    }
}
