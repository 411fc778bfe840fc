package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds that mount CVMFS, by buildkitds that listen on Unix sockets, as a sidecar of an agent does. */
@ExtendWith(RealEngine.class)
class SocketPoolDockerIT {
    private final List<String> containers = new ArrayList<>();
    private final List<String> endpoints = new ArrayList<>();

    @BeforeEach
    void prepare(Rig rig) throws Exception {
        assumeTrue(
                rig.canHave(BuilderSpec.DEFAULT_IMAGE), "the image " + BuilderSpec.DEFAULT_IMAGE + " cannot be pulled");
        rig.write(
                "Dockerfile",
                "FROM " + Rig.baseImageInRegistry() + "\nUSER root\nARG ARG_CVMFS_MOUNTS\n"
                        + "RUN --security=insecure --mount=type=bind,from=cvmfs-helper,target=/cvmfs-helper \\\n"
                        + "    /cvmfs-helper/mount && cp /cvmfs/cms.cern.ch/README /readme\n");
    }

    private void start(Rig rig, String name, boolean insecure) throws Exception {
        Path files = Files.createDirectory(rig.home().resolve(name + "-files"));
        String plain = Registry.plain().address();
        Files.writeString(
                files.resolve("buildkitd.toml"),
                (insecure ? "insecure-entitlements = [\"security.insecure\"]\n" : "") + "[registry.\"" + plain
                        + "\"]\n  http = true\n[registry.\"docker.io\"]\n  mirrors = [\"" + plain + "\"]\n");
        Path directory = Files.createDirectory(rig.home().resolve(name));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        containers.add(Buildkitds.start(
                rig,
                List.of("--network=host", "--mount=type=bind,source=" + directory + ",target=/run/shared"),
                files + "/.",
                "/etc/buildkit",
                "--config=/etc/buildkit/buildkitd.toml",
                "--group=" + Files.getAttribute(directory, "unix:gid"),
                "--addr=unix:///run/shared/buildkitd.sock"));
        Path socket = directory.resolve("buildkitd.sock");
        assumeTrue(Files.isWritable(socket), "the engine has another file system than the tests");
        endpoints.add("unix://" + socket);
    }

    @AfterEach
    void stopBuildkitds(Rig rig) throws Exception {
        Buildkitds.stop(rig, containers);
    }

    private ImageSpecBuilder image(String tag, List<String> of) {
        return new ImageSpecBuilder()
                .tags(List.of(tag))
                .mounts("cms.cern.ch")
                .push(true)
                .builderDriver("remote")
                .builderEndpoint(String.join(" ", of))
                .builderKeep(false);
    }

    @Test
    void anInsecureRunMountsAndGoesToTheOtherWhenItsOwnIsKilled(Rig rig) throws Exception {
        start(rig, "one", true);
        start(rig, "two", true);
        ImageRecord first = rig.build(image(rig.in(Registry.plain(), "a:1"), endpoints));
        assertThat(endpoints).contains(first.builderEndpoint());
        Asserts.registriesHave(rig, first);
        Cvmfs.assertCopied(rig, first.images().get(0).tag(), "/readme");
        Cvmfs.assertRevisions(rig, first.images().get(0).tag(), first);

        // Its socket stays.
        rig.docker("kill", containers.get(endpoints.indexOf(first.builderEndpoint())))
                .answer();
        TestSite site = new TestSite(rig);
        ImageRecord second = rig.build(image(rig.in(Registry.plain(), "a:2"), endpoints), site);
        assertThat(second.builderEndpoint()).isNotEqualTo(first.builderEndpoint());
        assertThat(site.output())
                .contains("Warning: the buildkitd at " + first.builderEndpoint() + " cannot be reached: Failed to"
                        + " connect");
        Asserts.registriesHave(rig, second);
        Cvmfs.assertRevisions(rig, second.images().get(0).tag(), second);
    }

    /** Asked one by one and together: what the build needs is the same everywhere, so it fails once. */
    @Test
    void oneThatDoesNotGrantItIsTheCause(Rig rig) throws Exception {
        start(rig, "one", false);
        start(rig, "two", false);
        for (List<String> of : List.of(endpoints, endpoints.subList(0, 1))) {
            assertThatThrownBy(() -> rig.build(image(rig.in(Registry.plain(), "a:1"), of)))
                    .isInstanceOfSatisfying(
                            Rig.BuildFailed.class,
                            failure -> assertThat(failure.finding())
                                    .contains(
                                            "does not grant the entitlement security.insecure",
                                            "insecure-entitlements"));
        }
        assertThat(rig.made()).isEmpty();
    }

    @Test
    void aSingleSocketBuildsOrIsTheCause(Rig rig) throws Exception {
        start(rig, "one", true);
        String tag = rig.in(Registry.plain(), "a:1");
        Asserts.registriesHave(rig, rig.build(image(tag, endpoints)));

        rig.docker("kill", containers.get(0)).answer();
        assertThatThrownBy(() -> rig.build(image(tag, endpoints)))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding())
                                .contains("The buildkitd at " + endpoints.get(0)
                                        + " cannot be reached: Failed to connect"));
        Files.delete(Path.of(endpoints.get(0).substring("unix://".length())));
        assertThatThrownBy(() -> rig.build(image(tag, endpoints)))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure ->
                                assertThat(failure.finding()).contains("cannot be reached: there is no such socket"));
        assertThat(rig.made()).isEmpty();
    }
}
