package io.jenkins.plugins.cvmfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that need no agent; those that do are tested in Jenkins. */
class InsecurePolicyTest {
    private static final String WHO =
            "An administrator can change this under Manage Jenkins, System, CVMFS derived images.";

    private final InsecurePolicy policy = new InsecurePolicy();

    @BeforeEach
    void allow() {
        policy.setAllowed(true);
    }

    private Optional<String> refusal(ImageSpecBuilder image, boolean ownBuilder, String job, String dockerfile) {
        try {
            AskedPowers asked = new AskedPowers(
                    image.build(WorkspaceFiles.UNCHECKED), job, ownBuilder, Optional.ofNullable(dockerfile));
            return policy.refusal(asked, null);
        } catch (InvalidSpecException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<String> refusal(ImageSpecBuilder image) {
        return refusal(image, true, "folder/job", "FROM a\n");
    }

    @Test
    void nothingInsecureIsAllowedAtFirst() {
        policy.setAllowed(false);

        assertThat(refusal(Specs.dockerfile()))
                .get()
                .asString()
                .contains("insecure policy: allowed", WHO, "can set insecure to false");
        assertThat(refusal(Specs.setup().strategy("commit")))
                .get()
                .asString()
                .contains("insecure policy: allowed", WHO)
                .doesNotContain("set insecure");
        assertThat(refusal(Specs.dockerfile().insecure(false))).isEmpty();
    }

    @Test
    void whatIsAllowedIsAllowed() {
        assertThat(refusal(Specs.dockerfile())).isEmpty();
        assertThat(refusal(Specs.setup())).isEmpty();
        assertThat(refusal(Specs.setup().strategy("commit"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "team, team/job, true",
        "team, team/sub/job, true",
        "team, team, true",
        "team, teammate/job, false",
        "team, other/team/job, false",
        "te*, team/job, true",
        "te*, team/sub/job, true",
        "*/images, team/images/job, true",
        "*/images, a/b/images/job, false",
        "te*s, team/s, false",
        "team/job, team/job, true",
        "team/job, team/job2, false",
        "a.b, aXb/c, false",
        "'a\\Eb', 'a\\Eb/c', true"
    })
    void insecureBuildsAreForJobsInFolders(String folder, String job, boolean allowed) {
        policy.setFolders(List.of("first", folder));

        Optional<String> refusal = refusal(Specs.dockerfile(), false, job, "FROM a\n");
        assertThat(refusal.isEmpty()).isEqualTo(allowed);
        assertThat(refusal.orElse("insecure policy: folders")).contains("insecure policy: folders");
        assertThat(refusal(Specs.dockerfile().insecure(false), false, job, "FROM a\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM a\n",
                "",
                "# syntax=docker/dockerfile:1\nFROM a\n",
                "#syntax = docker.io/docker/dockerfile:1.20@sha256:0123456789012345678901234567890123456789012345678901234567890123\n",
                "FROM a\n# syntax=evil/front\n",
                "# a comment\n#syntax=docker/dockerfile\n"
            })
    void dockersOwnFrontendIsAllowed(String dockerfile) {
        assertThat(refusal(Specs.dockerfile(), false, "job", dockerfile)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# syntax=evil/front\nFROM a\n", "#SYNTAX=evil/front:1 and arguments\r\nFROM a\r\n",
                        "// syntax=evil/front\nFROM a\n",
                "#!/bin/sh\n# syntax=evil/front\n", "\uFEFF# syntax=evil/front\n",
                        "# escape=`\n# check=skip=all\n# syntax=evil/front\n",
                "# foo=bar\rFROM x\n# syntax=evil/front\n", "\n\n \t# syntax=evil/front\n",
                        "# syntax=docker/dockerfile:1\n# syntax=evil/front\n",
                "# syntax=evil.example.org/docker/dockerfile:1\n", "# syntax=docker/dockerfile-upstream\n",
                        "# syntax=../x\n"
            })
    void anotherFrontendIsRefused(String dockerfile) {
        assertThat(refusal(Specs.dockerfile(), false, "job", dockerfile))
                .get()
                .asString()
                .contains(
                        "The Dockerfile is read with the frontend",
                        "docker/dockerfile (insecure policy: frontends)",
                        WHO);
        assertThat(refusal(Specs.dockerfile().insecure(false), false, "job", dockerfile))
                .isEmpty();
        policy.setFrontends(List.of("*"));
        assertThat(refusal(Specs.dockerfile(), false, "job", dockerfile)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"syntax\":\"evil/front\"}", " \n{\"s\\u0079ntax\":\"evil/front\"}"})
    void whatIsReadAnotherWayIsRefused(String dockerfile) {
        assertThat(refusal(Specs.dockerfile(), false, "job", dockerfile))
                .get()
                .asString()
                .contains("nobody knows its frontend", "* allows");
    }

    @Test
    void aDockerfileThatCannotBeReadIsRefusedUnlessAllAre() {
        ImageSpecBuilder image = Specs.dockerfile().context("https://example.org/a.git");

        assertThat(refusal(image, false, "job", null))
                .get()
                .asString()
                .contains("cannot be read before the build", "insecure policy: frontends");
        policy.setFrontends(List.of("docker/dockerfile", "*"));
        assertThat(refusal(image, false, "job", null)).isEmpty();
    }

    @Test
    void theArgumentCountsAndTheFileDoesNot() {
        assertThat(refusal(Specs.dockerfile().buildArgs(Map.of("BUILDKIT_SYNTAX", "evil/front a"))))
                .get()
                .asString()
                .contains("frontend 'evil/front'");
        assertThat(refusal(Specs.setup().buildArgs(Map.of("BUILDKIT_SYNTAX", "evil/front"))))
                .isPresent();
        ImageSpecBuilder official = Specs.dockerfile().buildArgs(Map.of("BUILDKIT_SYNTAX", "docker/dockerfile:1"));
        assertThat(refusal(official, false, "job", "# syntax=evil/front\n")).isEmpty();
        assertThat(refusal(
                        Specs.dockerfile().buildArgs(Map.of("BUILDKIT_SYNTAX", "")),
                        false,
                        "job",
                        "# syntax=evil/front\n"))
                .isPresent();
    }

    @Test
    void onlyTheListedFrontendsAreAllowed() {
        policy.setFrontends(List.of("registry.example.org/dockerfile\ndocker/dockerfile:1.20"));

        assertThat(refusal(Specs.dockerfile(), false, "job", "# syntax=registry.example.org/dockerfile:2\n"))
                .isEmpty();
        assertThat(refusal(Specs.dockerfile(), false, "job", "# syntax=docker/dockerfile:1.20\n"))
                .isEmpty();
        assertThat(refusal(Specs.dockerfile(), false, "job", "# syntax=docker/dockerfile:1\n"))
                .isPresent();
        assertThat(refusal(Specs.setup())).get().asString().contains("frontend 'docker/dockerfile:1'");
        assertThat(refusal(Specs.setup().strategy("commit"))).isEmpty();
    }

    @Test
    void theHostsNetworkIsRefusedToAll() {
        List<ImageSpecBuilder> asking = List.of(
                Specs.dockerfile().insecure(false).network("host"),
                Specs.setup().strategy("commit").network("container:db"),
                Specs.dockerfile().builderDriverOpts(Map.of("network", "host")),
                Specs.dockerfile().builderDriver("kubernetes").builderNodes(List.of("network=host")),
                Specs.dockerfile().buildkitdFlags(List.of("--allow-insecure-entitlement=network.host")));

        assertThat(asking)
                .allSatisfy(image -> assertThat(refusal(image))
                        .get()
                        .asString()
                        .contains("insecure policy: hostNetwork", WHO)
                        .doesNotContain("set insecure"));
        assertThat(refusal(Specs.dockerfile().network("none"))).isEmpty();
        assertThat(refusal(asking.get(2), false, "job", "FROM a\n"))
                .as("builder of the configuration")
                .isEmpty();
        policy.setHostNetwork(true);
        assertThat(asking).allSatisfy(image -> assertThat(refusal(image)).isEmpty());
    }

    @Test
    void aJobDoesNotSayWhatBuildKitRuns() {
        List<ImageSpecBuilder> asking = List.of(
                Specs.dockerfile().insecure(false).builderImage("evil/buildkit"),
                Specs.dockerfile().builderImage("moby/buildkit2:v1"),
                Specs.dockerfile()
                        .insecure(false)
                        .builderDriver("auto")
                        .builderImage("evil/buildkit")
                        .annotations(List.of("a=b"))
                        .push(true),
                Specs.dockerfile().builderDriver("auto").builderNodes(List.of("endpoint=tcp://evil:2375")),
                Specs.dockerfile().buildkitdConfig("debug = true"),
                Specs.dockerfile().builderDriverOpts(Map.of("cgroup-parent", "/")),
                Specs.dockerfile().builderDriverOpts(Map.of("env.LD_PRELOAD", "x")),
                Specs.dockerfile().builderNodes(List.of("endpoint=ssh://a")),
                Specs.dockerfile().builderDriver("kubernetes").builderNodes(List.of("env.LD_PRELOAD=x")),
                Specs.dockerfile().buildkitdFlags(List.of("--addr=tcp://0.0.0.0:1234")));

        assertThat(asking)
                .allSatisfy(image ->
                        assertThat(refusal(image)).get().asString().contains("insecure policy: builderSettings", WHO));
        assertThat(asking)
                .allSatisfy(image ->
                        assertThat(refusal(image, false, "job", "FROM a\n")).isEmpty());
        assertThat(refusal(Specs.dockerfile()
                        .builderImage("moby/buildkit:v0.30.0")
                        .builderDriverOpts(Map.of("memory", "4g"))
                        .builderGc(Map.of("maxUsedSpace", "5GB"))))
                .isEmpty();
        assertThat(refusal(Specs.dockerfile().builderName("theirs"))).isEmpty();
        assertThat(refusal(Specs.dockerfile()
                        .builderDriver("remote")
                        .builderEndpoint("tcp://a:1")
                        .builderDriverOpts(Map.of("cacert", "/c"))))
                .isEmpty();
        assertThat(refusal(Specs.dockerfile()
                        .builderDriver("kubernetes")
                        .builderDriverOpts(Map.of("namespace", "kube-system"))))
                .isPresent();
        policy.setBuilderSettings(true);
        assertThat(asking).allSatisfy(image -> assertThat(refusal(image)).isEmpty());
    }
}
