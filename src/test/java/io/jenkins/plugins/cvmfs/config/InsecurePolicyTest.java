package io.jenkins.plugins.cvmfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Node;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that need no agent; those that do are tested in Jenkins. */
class InsecurePolicyTest {
    private static final String WHO =
            "An administrator can change this under Manage Jenkins, System, CVMFS derived images.";

    private static final String CONFIGURED = "registry.example.org/buildkit:v1";
    private static final Node AGENT = new Node() {
        @Override
        public Launcher createLauncher(TaskListener listener) {
            throw new AssertionError("asked for a launcher");
        }

        @Override
        public FilePath getRootPath() {
            throw new AssertionError("asked for its directory");
        }
    };

    private final InsecurePolicy policy = new InsecurePolicy();

    @BeforeEach
    void allow() {
        policy.setAllowed(true);
    }

    private Optional<String> refusal(ImageSpecBuilder image, boolean ownBuilder, String job, String dockerfile) {
        return refusal(image, new Asker(job, ownBuilder, CONFIGURED, List.of()), dockerfile, AGENT);
    }

    private Optional<String> refusal(ImageSpecBuilder image, Asker asker, String dockerfile, Node node) {
        try {
            return policy.refusal(
                    new AskedPowers(image.build(WorkspaceFiles.UNCHECKED), Optional.ofNullable(dockerfile), asker),
                    node);
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

    /** It mounts nothing, whatever else the build may ask for. */
    @Test
    void readingTheAgentsOwnCvmfsNeedsNoPermission() {
        policy.setAllowed(false);

        for (ImageSpecBuilder image : List.of(
                Specs.dockerfile(),
                Specs.setup().mounts("cms.cern.ch"),
                Specs.setup().strategy("commit"))) {
            assertThat(refusal(image.smokeTest("true").cvmfsAccess("client")))
                    .get()
                    .asString()
                    .contains("insecure policy: allowed", "cvmfs: [access: 'host'] needs no permission");
            assertThat(refusal(image.cvmfsAccess("host"))).isEmpty();
            assertThat(refusal(image.network("host"))).get().asString().contains("insecure policy: hostNetwork");
        }
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
    void otherFormatsAreRefused(String dockerfile) {
        assertThat(refusal(Specs.dockerfile(), false, "job", dockerfile))
                .get()
                .asString()
                .contains("frontend of the Dockerfile is not known, because line ", "* allows");
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
    void theArgumentTakesPrecedenceOverTheFile() {
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
    void aJobCannotDecideWhatBuildKitRuns() {
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
                Specs.dockerfile()
                        .insecure(false)
                        .builderDriver("remote")
                        .builderEndpoint("tcp://a:1")
                        .builderDriverOpts(Map.of("cacert", "/c")),
                Specs.dockerfile().insecure(false).builderDriver("remote").builderEndpoint("unix:///run/evil.sock"),
                Specs.dockerfile().insecure(false).builderDriver("remote").builderEndpoint("tcp://a:1 tcp://evil:1"),
                Specs.dockerfile()
                        .builderDriver("remote")
                        .builderEndpoint("tcp://a:1")
                        .builderNodes(List.of("endpoint=tcp://b:1")),
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
                        .builderDriver("kubernetes")
                        .builderDriverOpts(Map.of("namespace", "kube-system"))))
                .isPresent();
        policy.setBuilderSettings(true);
        assertThat(asking).allSatisfy(image -> assertThat(refusal(image)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "moby/buildkit:v0.28.1, true",
        "moby/buildkit:v0.28.1-rootless, true",
        "docker.io/moby/buildkit:v0.29.0, true",
        "moby/buildkit:v0.100.0, true",
        "moby/buildkit:v1.0.0, true",
        "registry.example.org/buildkit:v1, true",
        "moby/buildkit:v0.28.0, false",
        "moby/buildkit:v0.12.4, false",
        "moby/buildkit:v0.27.9-rootless, false",
        "moby/buildkit:v0.28.1-rc1, false",
        "moby/buildkit:v0.28, false",
        "moby/buildkit:0.32.2, false",
        "moby/buildkit:latest, false",
        "moby/buildkit:master, false",
        "moby/buildkit:rootless, false",
        "moby/buildkit:buildx-stable-1, false",
        "moby/buildkit, false",
        "moby/buildkit@sha256:0123456789012345678901234567890123456789012345678901234567890123, false",
        "moby/buildkit:v0.32.2@sha256:0123456789012345678901234567890123456789012345678901234567890123, false",
        "mirror.example.org/moby/buildkit:v0.32.2, false"
    })
    void onlyReleasesOfBuildKitWithoutKnownHolesAreAJobsChoice(String image, boolean allowed) {
        ImageSpecBuilder asking = Specs.dockerfile().insecure(false).builderImage(image);

        assertThat(refusal(asking).isEmpty()).isEqualTo(allowed);
        assertThat(refusal(asking).orElse("insecure policy: builderSettings"))
                .contains("insecure policy: builderSettings");
        policy.setBuilderSettings(true);
        assertThat(refusal(asking)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--oci-worker-binary=/x/network.host",
                "--addr=tcp://0.0.0.0:1/network.host",
                "--allow-insecure-entitlement=network.host,security.insecure"
            })
    void aFlagThatOnlyContainsTheNameOfTheEntitlementIsRefused(String flag) {
        policy.setHostNetwork(true);

        assertThat(refusal(Specs.dockerfile().insecure(false).buildkitdFlags(List.of(flag))))
                .get()
                .asString()
                .contains("buildkitdFlags have '" + flag + "'", "insecure policy: builderSettings");
        assertThat(refusal(Specs.dockerfile()
                        .insecure(false)
                        .buildkitdFlags(List.of("--allow-insecure-entitlement=network.host", "--debug"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "container:db", "database", "service:x", "Default"})
    void aNetworkOfTheEngineIsRefusedToAll(String network) {
        List<ImageSpecBuilder> asking = new ArrayList<>(List.of(
                Specs.setup().strategy("commit").network(network),
                Specs.dockerfile().insecure(false).builderDriverOpts(Map.of("network", network))));
        if (network.equals("host")) {
            // BuildKit knows no other network of the engine.
            asking.add(Specs.dockerfile().insecure(false).network(network));
        }

        assertThat(asking)
                .allSatisfy(image -> assertThat(refusal(image))
                        .get()
                        .asString()
                        .contains(network + "'", "insecure policy: hostNetwork"));
        policy.setHostNetwork(true);
        assertThat(asking).allSatisfy(image -> assertThat(refusal(image)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "none", "bridge"})
    void aPlainNetworkIsAllowed(String network) {
        if (!network.equals("bridge")) {
            assertThat(refusal(Specs.dockerfile().insecure(false).network(network)))
                    .isEmpty();
        }
        assertThat(refusal(Specs.setup().strategy("commit").network(network))).isEmpty();
    }

    @Test
    void anUnknownAgentBuildsNothingInsecure() {
        Asker asker = new Asker("job", false, null, List.of());

        assertThat(refusal(Specs.dockerfile(), asker, "FROM a\n", null))
                .get()
                .asString()
                .contains("no longer part of this Jenkins", "insecure policy: agents, builtInNode", WHO);
        assertThat(refusal(Specs.dockerfile().insecure(false), asker, "FROM a\n", null))
                .isEmpty();
    }

    @Test
    void theBuiltInNodeIsNoAgent() throws Exception {
        Node builtIn = new Jenkins(null, null) {};
        Asker asker = new Asker("job", false, null, List.of());

        assertThat(refusal(Specs.dockerfile(), asker, "FROM a\n", builtIn))
                .get()
                .asString()
                .contains("insecure policy: builtInNode");
        policy.setBuiltInNode(true);
        assertThat(refusal(Specs.dockerfile(), asker, "FROM a\n", builtIn)).isEmpty();
    }

    @Test
    void aJobsEnvironmentCannotRedirectAnInsecureBuild() {
        Asker asker = new Asker("job", false, null, List.of("BUILDX_CONFIG", "DOCKER_HOST"));

        for (ImageSpecBuilder image : List.of(Specs.dockerfile(), Specs.setup().strategy("commit"))) {
            policy.setEngineVariables(false);
            assertThat(refusal(image, asker, "FROM a\n", AGENT))
                    .get()
                    .asString()
                    .contains("The job changes BUILDX_CONFIG, DOCKER_HOST", "insecure policy: engineVariables", WHO);
            policy.setEngineVariables(true);
            assertThat(refusal(image, asker, "FROM a\n", AGENT)).isEmpty();
        }
        policy.setEngineVariables(false);
        assertThat(refusal(Specs.dockerfile().insecure(false), asker, "FROM a\n", AGENT))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "docker/dockerfile:1, docker-image://evil.example/frontend:1, false",
        "docker/dockerfile, docker-image://evil.example/frontend:1, false",
        "docker.io/docker/dockerfile:1, docker-image://evil.example/frontend:1, false",
        "index.docker.io/docker/dockerfile:1.7, docker-image://evil.example/frontend:1, false",
        "docker/dockerfile:1, oci-layout://layout, false",
        "docker/dockerfile:1, ., false",
        "docker/dockerfile:1, https://evil.example/frontend.git, false",
        "docker/dockerfile:1, docker-image://docker/dockerfile:1.20, true",
        "docker/dockerfile2:1, docker-image://evil.example/frontend:1, true",
        "other, docker-image://evil.example/frontend:1, true"
    })
    void aBuildContextThatReplacesAFrontendMustFollowTheRule(String name, String value, boolean allowed) {
        for (ImageSpecBuilder image : List.of(Specs.dockerfile(), Specs.setup())) {
            ImageSpecBuilder asking = image.buildContexts(Map.of(name, value));
            policy.setFrontends(List.of());

            assertThat(refusal(asking, false, "job", "# syntax=docker/dockerfile:1\nFROM a\n")
                            .isEmpty())
                    .isEqualTo(allowed);
            assertThat(refusal(asking, false, "job", "# syntax=docker/dockerfile:1\nFROM a\n")
                            .orElse("insecure policy: frontends"))
                    .contains("insecure policy: frontends");
            policy.setFrontends(List.of("*"));
            assertThat(refusal(asking, false, "job", "# syntax=docker/dockerfile:1\nFROM a\n"))
                    .isEmpty();
        }
    }

    @Test
    void anAllowedFrontendIsNotReplacedEither() {
        policy.setFrontends(List.of("registry.example.org/frontend:1"));

        assertThat(refusal(
                        Specs.dockerfile()
                                .buildContexts(
                                        Map.of("registry.example.org/frontend:1", "docker-image://evil.example/x")),
                        false,
                        "job",
                        "# syntax=registry.example.org/frontend:1\nFROM a\n"))
                .get()
                .asString()
                .contains("buildContexts replaces a frontend", "docker-image://evil.example/x");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobGetsNoNetworkAndNoDeviceThroughAnEntitlement(boolean ownBuilder) {
        ImageSpecBuilder network = Specs.dockerfile().insecure(false).allow(List.of("network.host"));
        ImageSpecBuilder device = Specs.dockerfile().insecure(false).allow(List.of("device=vendor.example/gpu=0"));

        assertThat(refusal(network, ownBuilder, "job", "FROM a\n"))
                .get()
                .asString()
                .contains("allow has network.host", "insecure policy: hostNetwork", WHO);
        assertThat(refusal(device, ownBuilder, "job", "FROM a\n"))
                .get()
                .asString()
                .contains("allow has device", "insecure policy: builderSettings", WHO);
        policy.setHostNetwork(true);
        policy.setBuilderSettings(true);
        assertThat(refusal(network, ownBuilder, "job", "FROM a\n")).isEmpty();
        assertThat(refusal(device, ownBuilder, "job", "FROM a\n")).isEmpty();
    }

    /** It is an option of the step, so the configured builder does not change whose choice it is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobCannotLeaveTheLimitsOfItsAgent(boolean ownBuilder) {
        ImageSpecBuilder image =
                Specs.dockerfile().insecure(false).builderDriver("docker").cgroupParent("/system.slice");

        assertThat(refusal(image, ownBuilder, "job", "FROM a\n"))
                .get()
                .asString()
                .contains("cgroupParent is '/system.slice'", "insecure policy: builderSettings", WHO);
        policy.setBuilderSettings(true);
        assertThat(refusal(image, ownBuilder, "job", "FROM a\n")).isEmpty();
    }
}
