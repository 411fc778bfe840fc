package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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
                Path.of(tls.file("buildkitd.toml")), "insecure-entitlements = [\"security.insecure\"]\n" + mirror(rig));
        container = rig.docker(
                        "create",
                        "--privileged",
                        "--network=host",
                        BuilderSpec.DEFAULT_IMAGE,
                        "--config=/tls/buildkitd.toml",
                        "--addr=tcp://127.0.0.1:" + port,
                        "--tlscacert=/tls/ca.pem",
                        "--tlscert=/tls/server.pem",
                        "--tlskey=/tls/server-key.pem")
                .answer();
        rig.docker("cp", tls.file(""), container + ":/tls").answer();
        rig.docker("start", container).answer();
    }

    @AfterEach
    void stopBuildkitd(Rig rig) throws Exception {
        if (container != null) {
            rig.docker("container", "rm", "--force", "--volumes", container).answer();
        }
    }

    private static String mirror(Rig rig) {
        return "[registry.\"" + Registry.plain().address() + "\"]\n  http = true\n";
    }

    private ImageSpecBuilder image(Rig rig, String... tags) throws Exception {
        rig.write(
                "Dockerfile",
                "FROM " + Rig.baseImageInRegistry() + "\nUSER root\nARG ARG_CVMFS_MOUNTS\n"
                        + "RUN --security=insecure --mount=type=bind,from=cvmfs-helper,target=/cvmfs-helper \\\n"
                        + "    /cvmfs-helper/mount && cp /cvmfs/cms.cern.ch/README /readme\n");
        return new ImageSpecBuilder()
                .tags(List.of(tags))
                .mounts("cms.cern.ch")
                .builderDriver("remote")
                .builderEndpoint("tcp://127.0.0.1:" + port)
                .builderDriverOpts(certificates("ca.pem"));
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

    @Test
    void anEphemeralOneLeavesNothingAndBuildkitdRunsOn(Rig rig) throws Exception {
        rig.build(image(rig, rig.in(Registry.plain(), "a:1")).push(true).builderKeep(false));
        assertThat(builders(rig)).isEmpty();
        assertThat(rig.docker("container", "inspect", "--format={{.State.Running}}", container)
                        .answer())
                .isEqualTo("true");
    }

    @Test
    void aRecordThatIsGoneOrTornIsMadeAgain(Rig rig) throws Exception {
        TestSite site = new TestSite(rig);
        rig.build(image(rig, rig.in(Registry.plain(), "a:1")).push(true));
        Path made = builders(rig).get(0);
        Files.writeString(made, Files.readString(made).substring(0, 200));
        rig.build(image(rig, rig.in(Registry.plain(), "a:2")).push(true), site);
        assertThat(site.output()).contains("it is made again");

        Files.delete(made);
        rig.build(image(rig, rig.in(Registry.plain(), "a:3")).push(true));
        removeBuilder(rig);
    }

    @Test
    void tellsThatBuildkitdOrItsCertificatesAreNotRight(Rig rig) throws Exception {
        Certificates others = new Certificates(rig.home().resolve("others"));
        Map<String, String> options = certificates("ca.pem");
        options.put("cacert", others.file("ca.pem"));
        assertThatThrownBy(() -> rig.build(
                        image(rig, rig.in(Registry.plain(), "a:1")).push(true).builderDriverOpts(options)))
                .isInstanceOfSatisfying(Rig.BuildFailed.class, failure -> {
                    assertThat(failure.finding())
                            .contains("was not reached", "does not accept the certificates", "cacert");
                    assertThat(failure.getMessage()).doesNotContain("it is made again");
                });
        removeBuilder(rig);
    }
}
