package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cvmfs.packaging.GitlabTemplate;
import io.jenkins.plugins.cvmfs.packaging.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a release offers beside the plugin, used on a real engine: the scripts of the GitHub action and of the GitLab
 * template, and the container image.
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
    void theGitlabJobLogsInBuildsPushesAndKeepsTheRecord(Rig rig) throws Exception {
        GitlabTemplate template = GitlabTemplate.read();
        Registry registry = Registry.secret();
        Ran.of(rig.process(
                        "tar",
                        "-xzf",
                        Release.made().artifact(".tar.gz").toString(),
                        "--strip-components=1",
                        "-C",
                        rig.home().toString()))
                .answer();
        rig.write("setup.sh", SETUP);
        // The job's login is the only one.
        Files.writeString(
                rig.config().resolve("config.json"),
                "{\"cliPluginsExtraDirs\": [\"" + System.getenv("ENGINE_PLUGINS") + "\"]}");
        rig.set("PATH", rig.home().resolve("bin") + ":" + System.getenv("PATH"));
        template.variables(Map.of(
                        "CI_REGISTRY", registry.address(),
                        "CI_REGISTRY_IMAGE", rig.in(registry, "gitlab"),
                        "CI_REGISTRY_USER", System.getenv("REGISTRY_USER"),
                        "CI_REGISTRY_PASSWORD", Registry.password(),
                        "CI_COMMIT_REF_SLUG", "main",
                        "CVMFS_MOUNTS", "cms.cern.ch",
                        "CVMFS_OPTIONS", "--strategy=commit --setup-file=setup.sh --base-image=" + Rig.baseImage()))
                .forEach(rig::set);

        Ran ran = Ran.of(rig.process("bash", "-c", template.script()));

        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out() + ran.err()).doesNotContain(Registry.password(), registry.login());
        assertThat(template.artifacts())
                .allSatisfy(path -> assertThat(rig.workspace().resolve(path)).isRegularFile());
        assertThat(registry.digest(rig.in(registry, "gitlab:main")))
                .contains(new ObjectMapper()
                        .readTree(rig.workspace().resolve("record.json").toFile())
                        .path("digest")
                        .asText());
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
