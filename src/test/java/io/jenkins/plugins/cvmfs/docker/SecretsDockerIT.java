package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Builds with passwords and secrets, while every process of the machine is looked at, and everything that is left
 * afterwards.
 */
@ExtendWith(RealEngine.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecretsDockerIT {
    private static final String BUILD_SECRET = "build-secret-" + UUID.randomUUID();

    private final List<String> secrets = new ArrayList<>();
    private Path given;

    @BeforeEach
    void write(Rig rig) throws Exception {
        given = Files.createDirectory(rig.home().resolve("given"));
        for (Registry registry : List.of(Registry.secret(), Registry.other())) {
            secrets.add(registry.login());
        }
        secrets.addAll(List.of(BUILD_SECRET, base64(BUILD_SECRET), Registry.password(), Registry.otherPassword()));
        Files.writeString(given.resolve("secret"), BUILD_SECRET);
        Files.writeString(
                given.resolve("logins"),
                "{\"auths\": {\"%s\": {\"auth\": \"%s\"}, \"%s\": {\"auth\": \"%s\"}}}"
                        .formatted(
                                Registry.secret().address(),
                                Registry.secret().login(),
                                Registry.other().address(),
                                Registry.other().login()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void forgetLogins(Rig rig) throws IOException {
        Files.writeString(
                rig.config().resolve("config.json"),
                "{\"cliPluginsExtraDirs\": [\"%s\"]}".formatted(System.getenv("ENGINE_PLUGINS")));
    }

    private static ProcessBuilder build(Rig rig, String strategy, String[] tags, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("build", "--push", "--load", "--record=record.json"));
        for (String tag : tags) {
            arguments.add("--tag=" + tag);
        }
        if (strategy.equals("commit")) {
            arguments.addAll(List.of(
                    "--strategy=commit",
                    "--base-image=" + Rig.baseImage(),
                    "--mounts=cms.cern.ch",
                    "--setup=#!/bin/bash\necho " + rig.id() + "; sleep 1\n"));
        } else {
            rig.write(
                    "Dockerfile",
                    "FROM " + Rig.baseImage() + "\nRUN --mount=type=secret,id=x echo " + rig.id()
                            + "; sha256sum </run/secrets/x >/digest; sleep 1\n");
            arguments.addAll(List.of(
                    "--builder-driver=docker", "--secret=id=x,src=" + rig.home().resolve("given/secret")));
        }
        arguments.addAll(List.of(more));
        return rig.cli(arguments.toArray(String[]::new));
    }

    private static String[] tags(Rig rig) {
        return new String[] {rig.in(Registry.secret(), "a:1"), rig.in(Registry.other(), "b/c:2")};
    }

    private static void pushed(Rig rig) throws Exception {
        ImageRecord record =
                ImageRecord.fromJson(Files.readString(rig.workspace().resolve("record.json")));
        assertThat(record.images()).hasSize(2);
        for (TaggedImage image : record.images()) {
            assertThat(Asserts.registryOf(image.tag()).digest(image.tag()))
                    .as(image.tag())
                    .isPresent()
                    .contains(image.digest());
        }
    }

    /** Files of a directory that have a secret. */
    private List<Path> filesWithSecrets(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).filter(this::hasSecret).toList();
        }
    }

    private boolean hasSecret(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return secrets.stream().anyMatch(text::contains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"buildx", "commit"})
    void noSecretIsSeenOfAPushToTwoRegistriesWithTwoPasswords(String strategy, Rig rig) throws Exception {
        forgetLogins(rig);
        Ran refused = Ran.of(build(rig, strategy, tags(rig)));
        assertThat(refused.exitCode()).as("without logins: %s", refused.err()).isEqualTo(1);

        Ran ran;
        try (ProcessSampler sampler = new ProcessSampler(secrets)) {
            ran = Ran.of(build(rig, strategy, tags(rig), "--registry-auth-file=" + given.resolve("logins")));
            assertThat(sampler.found()).isEmpty();
            assertThat(sampler.saw(strategy.equals("commit") ? "docker push" : "buildx build"))
                    .as("the build was seen")
                    .isTrue();
        }
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        pushed(rig);

        assertThat(ran.out() + ran.err()).contains(rig.id()).doesNotContain(secrets);
        for (Path directory : List.of(rig.workspace(), rig.temporary(), rig.config())) {
            assertThat(filesWithSecrets(directory)).as(directory.toString()).isEmpty();
        }
        assertThat(filesWithSecrets(rig.home()))
                .as("the search finds what is there")
                .hasSize(2);
        String tag = tags(rig)[0];
        assertThat(rig.docker("image", "history", "--no-trunc", tag).answer() + rig.image(tag))
                .doesNotContain(secrets);
    }

    @Test
    void theUsersOwnLoginsWorkForTwoRegistries(Rig rig) throws Exception {
        try (ProcessSampler sampler = new ProcessSampler(secrets)) {
            Ran ran = Ran.of(build(rig, "buildx", tags(rig)));
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(sampler.found()).isEmpty();
            assertThat(ran.out() + ran.err()).doesNotContain(secrets);
        }
        pushed(rig);
    }

    @Test
    void aSecretOnACommandLineIsFound(Rig rig) throws Exception {
        try (ProcessSampler sampler = new ProcessSampler(secrets)) {
            Ran ran = Ran.of(build(rig, "buildx", tags(rig), "--build-arg=TOKEN=" + BUILD_SECRET));
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(sampler.found())
                    .anyMatch(line -> line.startsWith("command line: ") && line.contains("buildx build"));
            assertThat(ran.err()).contains("Warning: --build-arg TOKEN looks like a secret.");
        }
    }

    @Test
    void aSecretInAnEnvironmentIsFound(Rig rig) throws Exception {
        try (ProcessSampler sampler = new ProcessSampler(secrets)) {
            ProcessBuilder build = build(rig, "commit", tags(rig));
            build.environment().put("TOKEN", BUILD_SECRET);
            Ran ran = Ran.of(build);
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(sampler.found())
                    .anyMatch(line -> line.startsWith("environment of: ") && line.contains("docker run"));
        }
    }
}
