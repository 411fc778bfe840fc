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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The buildx strategy with two buildkitds, which talk to those alone who have a certificate (driver remote). */
@ExtendWith(RealEngine.class)
class RemotePoolDockerIT {
    private final List<String> containers = new ArrayList<>();
    private final List<String> endpoints = new ArrayList<>();
    private Certificates tls;

    @BeforeEach
    void startBuildkitds(Rig rig) throws Exception {
        assumeTrue(
                rig.canHave(BuilderSpec.DEFAULT_IMAGE), "the image " + BuilderSpec.DEFAULT_IMAGE + " cannot be pulled");
        tls = new Certificates(rig.home().resolve("tls"));
        tls.sign("server");
        tls.sign("client");
        String plain = Registry.plain().address();
        Files.writeString(Path.of(tls.file("buildkitd.toml")), "[registry.\"" + plain + "\"]\n  http = true\n");
        for (int i = 0; i < 2; i++) {
            start(rig);
        }
        rig.write("Dockerfile", "FROM " + Rig.baseImageInRegistry() + "\nRUN echo made >/made\n");
    }

    private void start(Rig rig) throws Exception {
        String endpoint;
        try (ServerSocket free = new ServerSocket(0)) {
            endpoint = "tcp://127.0.0.1:" + free.getLocalPort();
        }
        String container = rig.docker(
                        "create",
                        "--privileged",
                        "--network=host",
                        BuilderSpec.DEFAULT_IMAGE,
                        "--config=/tls/buildkitd.toml",
                        "--addr=" + endpoint,
                        "--tlscacert=/tls/ca.pem",
                        "--tlscert=/tls/server.pem",
                        "--tlskey=/tls/server-key.pem")
                .answer();
        containers.add(container);
        endpoints.add(endpoint);
        rig.docker("cp", tls.file(""), container + ":/tls").answer();
        rig.docker("start", container).answer();
        ready(rig, container);
    }

    private static void ready(Rig rig, String container) throws Exception {
        Ran logs = rig.docker("logs", container);
        while (!(logs.out() + logs.err()).contains("running server on")) {
            assertThat(rig.docker("container", "inspect", "--format={{.State.Running}}", container)
                            .answer())
                    .as(logs.out() + logs.err())
                    .isEqualTo("true");
            Thread.sleep(50);
            logs = rig.docker("logs", container);
        }
    }

    @AfterEach
    void stopBuildkitds(Rig rig) throws Exception {
        for (String container : containers) {
            rig.docker("container", "rm", "--force", "--volumes", container).answer();
        }
    }

    /** Builders of a build alone, of which nothing is left. */
    private ImageSpecBuilder image(String tag) {
        return new ImageSpecBuilder()
                .tags(List.of(tag))
                .push(true)
                .insecure(false)
                .builderDriver("remote")
                .builderEndpoint(String.join(" ", endpoints))
                .builderDriverOpts(Map.of(
                        "cacert", tls.file("ca.pem"),
                        "cert", tls.file("client.pem"),
                        "key", tls.file("client-key.pem")))
                .builderKeep(false);
    }

    private void kill(Rig rig, String endpoint) throws Exception {
        rig.docker("kill", containers.get(endpoints.indexOf(endpoint))).answer();
    }

    @Test
    void anImageGoesToItsOwnAndToTheOtherWhenThatIsKilled(Rig rig) throws Exception {
        String tag = rig.in(Registry.plain(), "a:1");
        ImageRecord first = rig.build(image(tag));
        assertThat(endpoints).contains(first.builderEndpoint());
        Asserts.registriesHave(rig, first);

        TestSite cached = new TestSite(rig);
        ImageRecord again = rig.build(image(rig.in(Registry.plain(), "a:2")), cached);
        assertThat(again.builderEndpoint()).isEqualTo(first.builderEndpoint());
        assertThat(cached.output()).contains("CACHED", "Building at " + first.builderEndpoint() + ".");

        kill(rig, first.builderEndpoint());
        TestSite moved = new TestSite(rig);
        ImageRecord other = rig.build(image(rig.in(Registry.plain(), "a:3")), moved);
        assertThat(endpoints).contains(other.builderEndpoint());
        assertThat(other.builderEndpoint()).isNotEqualTo(first.builderEndpoint());
        assertThat(moved.output())
                .contains("Warning: the buildkitd at " + first.builderEndpoint() + " cannot be reached: ");
        Asserts.registriesHave(rig, other);

        kill(rig, other.builderEndpoint());
        assertThatThrownBy(() -> rig.build(image(tag))).isInstanceOfSatisfying(Rig.BuildFailed.class, failure -> {
            assertThat(failure.finding()).contains("None of the endpoints of the builder can be reached");
            assertThat(failure.getMessage())
                    .contains(endpoints.get(0) + ": Failed to connect", endpoints.get(1) + ": Failed to");
        });
    }

    @Test
    void oneThatIsKilledDuringABuildIsReplaced(Rig rig) throws Exception {
        String tag = rig.in(Registry.plain(), "a:1");
        String first = rig.build(image(tag)).builderEndpoint();
        // It ends once the file is away, which is before the build is given to the other one.
        rig.write("wait", "");
        rig.write(
                "Dockerfile",
                "FROM " + Rig.baseImageInRegistry()
                        + "\nRUN --mount=type=bind,target=/context [ ! -e /context/wait ] || sleep 4242\n");
        String container = containers.get(endpoints.indexOf(first));
        CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> {
            try {
                while (!rig.docker("top", container).answer().contains("sleep 4242")) {
                    Thread.sleep(50);
                }
                Files.delete(rig.workspace().resolve("wait"));
                kill(rig, first);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        TestSite site = new TestSite(rig);
        ImageRecord record = rig.build(image(tag), site);
        killed.join();

        assertThat(record.builderEndpoint()).isNotEqualTo(first);
        assertThat(site.output()).contains("; the image is built by the next one.");
        Asserts.registriesHave(rig, record);
    }

    @Test
    void aWrongAuthorityIsTheCauseThatIsTold(Rig rig) throws Exception {
        Certificates others = new Certificates(rig.home().resolve("others"));
        ImageSpecBuilder wrong = image(rig.in(Registry.plain(), "a:1"))
                .builderDriverOpts(Map.of(
                        "cacert", others.file("ca.pem"),
                        "cert", tls.file("client.pem"),
                        "key", tls.file("client-key.pem")));
        assertThatThrownBy(() -> rig.build(wrong))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.getMessage())
                                .contains(
                                        endpoints.get(0) + ": SSL certificate",
                                        endpoints.get(1) + ": SSL certificate"));
    }
}
