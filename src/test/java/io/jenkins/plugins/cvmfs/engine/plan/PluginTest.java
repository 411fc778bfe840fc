package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a build starts buildx itself. Programs that print their arguments stand for docker and for its plugin. */
@ParameterizedClass
@MethodSource("shells")
class PluginTest {
    private static final String NAME = "docker-buildx";
    private static final Pattern BY_DOCKER = Pattern.compile("^buildx build --", Pattern.MULTILINE);
    private static final Pattern BY_ITSELF = Pattern.compile("^build --", Pattern.MULTILINE);

    @Parameter
    private List<String> shell;

    private Path root;
    private StubMachine machine;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare(@TempDir Path directory) throws Exception {
        root = directory;
        machine = new StubMachine(root, shell);
        program(docker());
        program(users());
    }

    private Path docker() {
        return root.resolve("bin/docker");
    }

    private Path users() {
        return root.resolve("config/cli-plugins/" + NAME);
    }

    /** A program, not a script, that prints its arguments. */
    private static Path program(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path echo = Shells.find("echo").orElseThrow(() -> new AssertionError("this machine has no echo"));
        return Files.copy(echo, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void configuration(String text) throws IOException {
        Files.writeString(root.resolve("config/config.json"), text);
    }

    private String built() throws Exception {
        StubMachine.Ended ended = machine.run(BuildPlan.of(
                Specs.valid(Specs.dockerfile().builderDriver("docker").push(true)), "id"));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return ended.output();
    }

    @Test
    void thePluginThatDockerWouldStartIsStarted() throws Exception {
        assertThat(built()).containsPattern(BY_ITSELF).doesNotContainPattern(BY_DOCKER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cliPluginsExtraDirs\":[\"%s/none\",\"%s/more\"]}",
                "{\n  \"cliPluginsExtraDirs\" : [\n    \"%s/more\"\n  ]\n}"
            })
    void directoriesOfTheConfigurationAreSearchedFirst(String text) throws Exception {
        configuration(text.replace("%s", root.toString()));
        Files.delete(users());
        Files.createSymbolicLink(users(), root.resolve("missing"));
        program(root.resolve("more/" + NAME));

        assertThat(built()).containsPattern(BY_ITSELF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"cliPluginsExtraDirs\":[\"a\\u002fb\"]}", "{\"cliPluginsExtraDirs\":[\"relative\"]}"})
    void dockerIsAskedIfTheConfigurationIsNotPlain(String text) throws Exception {
        configuration(text);

        assertThat(built()).containsPattern(BY_DOCKER);
    }

    @Test
    void aScriptInThePlaceOfDockerIsUsed() throws Exception {
        machine.stub("docker", "echo \"$@\"");

        assertThat(built()).containsPattern(BY_DOCKER);
    }

    @Test
    void aScriptInThePlaceOfThePluginIsStartedByDocker() throws Exception {
        Files.writeString(users(), "#!/bin/sh\necho wrapped\n");

        assertThat(built()).containsPattern(BY_DOCKER).doesNotContain("wrapped");
    }

    @Test
    void aPluginThatCannotBeStartedIsLeftToDocker() throws Exception {
        Files.setPosixFilePermissions(users(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(built()).containsPattern(BY_DOCKER);
    }

    @Test
    void aLinkInThePlaceOfDockerIsUsed() throws Exception {
        Files.delete(docker());
        Files.createSymbolicLink(docker(), program(root.resolve("podman")));

        assertThat(built()).containsPattern(BY_DOCKER);
    }

    @Test
    void aDockerWithMoreRightsThanItsCallerIsUsed() throws Exception {
        Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(docker()));
        assertThat(new ProcessBuilder("chmod", "g+s", docker().toString())
                        .start()
                        .waitFor())
                .as("chmod of %s", mode)
                .isZero();

        assertThat(built()).containsPattern(BY_DOCKER);
    }

    /** Older versions of buildx take the variables of TLS from docker alone. */
    @Test
    void dockerConnectsToOtherMachines() throws Exception {
        machine.with("DOCKER_HOST", "tcp://127.0.0.1:2376");

        assertThat(built()).containsPattern(BY_DOCKER);
    }
}
