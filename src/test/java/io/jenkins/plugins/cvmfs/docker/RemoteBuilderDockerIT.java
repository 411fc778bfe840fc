package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.dockerfile.CvmfsDevice;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The buildx strategy with a buildkitd that was there before and talks to those alone who have a certificate (driver
 * remote).
 */
@ExtendWith(RealEngine.class)
class RemoteBuilderDockerIT {
    private Certificates tls;
    private String container;
    private int port;

    @BeforeEach
    void startBuildkitd(Rig rig) throws Exception {
        assumeTrue(
                rig.canHave(BuilderSpec.DEFAULT_IMAGE), "the image " + BuilderSpec.DEFAULT_IMAGE + " cannot be pulled");
        tls = new Certificates(rig.home().resolve("tls"));
        tls.sign("server");
        tls.sign("client");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(
                Path.of(tls.file("buildkitd.toml")),
                "insecure-entitlements = [\"security.insecure\"]\n" + registries());
        List<String> create = new ArrayList<>(List.of("create", "--privileged", "--network=host"));
        if (HostCvmfs.isHere()) {
            create.add("--mount=type=bind,source=" + HostCvmfs.directory()
                    + ",target=/cvmfs,readonly,bind-propagation=rslave");
        }
        create.addAll(List.of(
                BuilderSpec.DEFAULT_IMAGE,
                "--config=/tls/buildkitd.toml",
                "--addr=tcp://127.0.0.1:" + port,
                "--tlscacert=/tls/ca.pem",
                "--tlscert=/tls/server.pem",
                "--tlskey=/tls/server-key.pem"));
        container = rig.docker(create.toArray(String[]::new)).answer();
        rig.docker("cp", tls.file(""), container + ":/tls").answer();
        rig.docker("start", container).answer();
    }

    @AfterEach
    void stopBuildkitd(Rig rig) throws Exception {
        if (container != null) {
            rig.docker("container", "rm", "--force", "--volumes", container).answer();
        }
    }

    private static String registries() {
        String plain = Registry.plain().address();
        return "[registry.\"" + plain + "\"]\n  http = true\n[registry.\"docker.io\"]\n  mirrors = [\"" + plain
                + "\"]\n";
    }

    private ImageSpecBuilder image(Rig rig, String... tags) throws Exception {
        return withoutCertificates(rig, tags).builderDriverOpts(certificates("ca.pem"));
    }

    private ImageSpecBuilder withoutCertificates(Rig rig, String... tags) throws Exception {
        rig.write(
                "Dockerfile",
                "FROM " + Rig.baseImageInRegistry() + "\nUSER root\nARG ARG_CVMFS_MOUNTS\n"
                        + "RUN --security=insecure --mount=type=bind,from=cvmfs-helper,target=/cvmfs-helper \\\n"
                        + "    /cvmfs-helper/mount && cp /cvmfs/cms.cern.ch/README /readme\n");
        return new ImageSpecBuilder()
                .tags(List.of(tags))
                .mounts("cms.cern.ch")
                .builderDriver("remote")
                .builderEndpoint("tcp://127.0.0.1:" + port);
    }

    private Map<String, String> certificates(String authority) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("cacert", tls.file(authority));
        options.put("cert", tls.file("client.pem"));
        options.put("key", tls.file("client-key.pem"));
        return options;
    }

    /** What buildx has noted of builders for this test's user; asking it would ask buildkitd. */
    private static List<Path> builders(Rig rig) throws Exception {
        try (Stream<Path> files = Files.list(rig.config().resolve("buildx/instances"))) {
            return files.toList();
        }
    }

    private static void removeBuilder(Rig rig) throws Exception {
        assertThat(builders(rig)).hasSize(1);
        rig.docker("buildx", "rm", builders(rig).get(0).getFileName().toString())
                .answer();
    }

    @Test
    void mountsInAnInsecureRunLoadsAndPushes(Rig rig) throws Exception {
        ImageRecord record = rig.build(image(rig, rig.in(Registry.plain(), "a:1"), rig.in(Registry.secret(), "a:1"))
                .load(true)
                .push(true));

        assertThat(record.builderDriver()).isEqualTo("remote");
        Asserts.registriesHave(rig, record);
        Asserts.engineHas(rig, record);
        Cvmfs.assertCopied(rig, record.images().get(0).tag(), "/readme");
        removeBuilder(rig);
    }

    /** The test's buildkitd has the machine's CVMFS, and gives it to no RUN until a device says so. */
    @Test
    void readsTheCvmfsOfItsMachineOnceItHasTheDevice(Rig rig) throws Exception {
        HostCvmfs.require();
        HostCvmfs.requireFrontend(rig);
        String frontend = Registry.plain().address() + "/" + CvmfsDevice.FRONTEND;
        rig.docker("tag", CvmfsDevice.FRONTEND, frontend).answer();
        rig.docker("push", "--quiet", frontend).answer();
        rig.docker("image", "rm", frontend).answer();
        String tag = rig.in(Registry.plain(), "a:1");
        assertThatThrownBy(() -> rig.build(readsHost(rig, tag)))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding())
                                .contains(
                                        "has no CDI device " + CvmfsDevice.NAME, "/etc/cdi", "buildctl debug workers"));

        Path cdi = Files.createDirectory(rig.home().resolve("cdi"));
        Files.writeString(cdi.resolve("cvmfs.yaml"), CvmfsDevice.file("/cvmfs"));
        rig.docker("cp", cdi.toString(), container + ":/etc/cdi").answer();
        ImageRecord record = rig.build(readsHost(rig, tag));
        Cvmfs.assertCopied(rig, tag, "/home/cmsusr/readme");
        Cvmfs.assertRevisions(rig, tag, record);
        assertThat(rig.inside(tag, "cat /home/cmsusr/capabilities")).isEqualTo(HostCvmfs.ORDINARY);

        assertThatThrownBy(() -> rig.build(readsHost(rig, tag).mounts(HostCvmfs.LATE)))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding()).contains("sft.cern.ch (on the agent: an empty"));
        removeBuilder(rig);
    }

    private ImageSpecBuilder readsHost(Rig rig, String tag) throws Exception {
        return image(rig, tag)
                .load(true)
                .push(true)
                .cvmfsAccess("host")
                .baseImage(Rig.baseImageInRegistry())
                .setup("""
                        #!/bin/bash
                        set -e
                        cp /cvmfs/cms.cern.ch/README /home/cmsusr/readme
                        sed -n 's/^CapBnd:[[:space:]]*//p' /proc/self/status >/home/cmsusr/capabilities
                        ! touch /cvmfs/cms.cern.ch/a 2>/dev/null
                        """);
    }

    @Test
    void anEphemeralOneLeavesNothingAndBuildkitdRunsOn(Rig rig) throws Exception {
        rig.build(image(rig, rig.in(Registry.plain(), "a:1")).push(true).builderKeep(false));
        assertThat(builders(rig)).isEmpty();
        assertThat(rig.docker("container", "inspect", "--format={{.State.Running}}", container)
                        .answer())
                .isEqualTo("true");
    }

    @Test
    void aMissingOrIncompleteRecordIsCreatedAgain(Rig rig) throws Exception {
        TestSite site = new TestSite(rig);
        rig.build(image(rig, rig.in(Registry.plain(), "a:1")).push(true));
        Path made = builders(rig).get(0);
        Files.writeString(made, Files.readString(made).substring(0, 200));
        rig.build(image(rig, rig.in(Registry.plain(), "a:2")).push(true), site);
        assertThat(site.output()).contains("creating it again");

        Files.delete(made);
        rig.build(image(rig, rig.in(Registry.plain(), "a:3")).push(true));
        removeBuilder(rig);
    }

    /** Found out before the build, so that nobody waits for buildx. */
    @Test
    void reportsAWrongBuildkitdOrWrongCertificates(Rig rig) throws Exception {
        Certificates others = new Certificates(rig.home().resolve("others"));
        others.sign("client");
        Map<String, String> authority = certificates("ca.pem");
        authority.put("cacert", others.file("ca.pem"));
        Map<String, String> client = certificates("ca.pem");
        client.put("cert", others.file("client.pem"));
        client.put("key", others.file("client-key.pem"));
        Map<String, String> mixed = certificates("ca.pem");
        mixed.put("key", others.file("client-key.pem"));
        Map<Map<String, String>, String> causes = Map.of(
                authority,
                "SSL certificate",
                client,
                "it does not accept the client's certificate: ",
                Map.of("cacert", tls.file("ca.pem")),
                "it does not accept the client's certificate: ",
                mixed,
                "unable to set private key file",
                Map.of(),
                "it closes a connection without TLS, so it may need certificates");

        for (Map.Entry<Map<String, String>, String> each : causes.entrySet()) {
            ImageSpecBuilder image = withoutCertificates(rig, rig.in(Registry.plain(), "a:1"))
                    .push(true)
                    .builderDriverOpts(each.getKey());
            assertThatThrownBy(() -> rig.build(image))
                    .isInstanceOfSatisfying(
                            Rig.BuildFailed.class,
                            failure -> assertThat(failure.finding())
                                    .contains(
                                            "The buildkitd at tcp://127.0.0.1:" + port + " cannot be reached: "
                                                    + each.getValue(),
                                            "check cacert, cert, key and servername"));
        }
        assertThat(rig.made()).as("no builder was made").isEmpty();

        rig.docker("kill", container).answer();
        assertThatThrownBy(() ->
                        rig.build(image(rig, rig.in(Registry.plain(), "a:1")).push(true)))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding())
                                .contains("The buildkitd at tcp://127.0.0.1:" + port
                                        + " cannot be reached: Failed to connect"));
        assertThat(rig.made()).isEmpty();
    }
}
