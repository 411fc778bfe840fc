package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The buildx strategy with two buildkitds, which talk to those alone who have a certificate (driver remote). */
@ExtendWith(RealEngine.class)
class RemotePoolDockerIT {
    private static final List<String> NAMES = List.of("a", "b", "c");

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
        containers.add(Buildkitds.start(
                rig,
                List.of("--network=host"),
                tls.file(""),
                "/tls",
                "--config=/tls/buildkitd.toml",
                "--addr=" + endpoint,
                "--tlscacert=/tls/ca.pem",
                "--tlscert=/tls/server.pem",
                "--tlskey=/tls/server-key.pem"));
        endpoints.add(endpoint);
    }

    @AfterEach
    void stopBuildkitds(Rig rig) throws Exception {
        Buildkitds.stop(rig, containers);
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

    private static void several(Rig rig) throws Exception {
        StringBuilder dockerfile = new StringBuilder("FROM " + Rig.baseImageInRegistry() + " AS common\n");
        StringBuilder images = new StringBuilder();
        for (String name : NAMES) {
            dockerfile.append("FROM common AS " + name + "\nRUN echo " + rig.id() + name + " >/stage\n");
            images.append(images.isEmpty() ? "[" : ",")
                    .append("{\"name\": \"" + name + "\", \"target\": \"" + name + "\", \"tags\": [\""
                            + rig.in(Registry.plain(), name + ":1") + "\"]}");
        }
        rig.write("Dockerfile", dockerfile.toString());
        rig.write("images.json", images + "]");
    }

    private Ran buildSeveral(Rig rig, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "build",
                "--images-file=images.json",
                "--parallel=3",
                "--push",
                "--no-insecure",
                "--record=records.json",
                "--builder-driver=remote",
                "--no-builder-keep",
                "--builder-endpoint=" + String.join(" ", endpoints),
                "--builder-cacert=" + tls.file("ca.pem"),
                "--builder-cert=" + tls.file("client.pem"),
                "--builder-key=" + tls.file("client-key.pem")));
        words.addAll(List.of(more));
        return Ran.of(rig.cli(words.toArray(String[]::new)));
    }

    private static List<ImageRecord> records(Rig rig) throws Exception {
        List<ImageRecord> records = new ArrayList<>();
        for (JsonNode record :
                new ObjectMapper().readTree(Files.readString(rig.workspace().resolve("records.json")))) {
            records.add(ImageRecord.fromJson(record.toString()));
        }
        return records;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachOfSeveralImagesGoesToItsOwn(boolean together, Rig rig) throws Exception {
        several(rig);
        String[] more = together ? new String[] {"--push-together"} : new String[] {};
        Ran build = buildSeveral(rig, more);
        assertThat(build.exitCode()).as(build.err()).isZero();
        List<ImageRecord> first = records(rig);
        assertThat(first).hasSize(NAMES.size());
        for (int i = 0; i < NAMES.size(); i++) {
            ImageRecord record = first.get(i);
            Asserts.registriesHave(rig, record);
            String said = "[" + NAMES.get(i) + "] Building at ";
            assertThat(build.err().lines().filter(line -> line.startsWith(said)))
                    .as("both parts of a build, at the same endpoint")
                    .hasSize(together ? 2 : 1)
                    .containsOnly(said + record.builderEndpoint() + ".");
        }
        assertThat(rig.made()).isEmpty();

        Ran again = buildSeveral(rig, more);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(records(rig))
                .extracting(ImageRecord::builderEndpoint)
                .containsExactlyElementsOf(
                        first.stream().map(ImageRecord::builderEndpoint).toList());
        assertThat(again.err().lines().filter(line -> line.matches("\\[[a-c]] #[0-9]+ CACHED")))
                .as("a step of each image")
                .hasSize(NAMES.size() * (together ? 2 : 1));

        String lost = first.get(0).builderEndpoint();
        kill(rig, lost);
        Ran moved = buildSeveral(rig, more);
        assertThat(moved.exitCode()).as(moved.err()).isZero();
        assertThat(records(rig))
                .extracting(ImageRecord::builderEndpoint)
                .containsOnly(endpoints.get(1 - endpoints.indexOf(lost)));
        assertThat(moved.err()).contains("[a] Warning: the buildkitd at " + lost + " cannot be reached: Failed to");
        for (ImageRecord record : records(rig)) {
            Asserts.registriesHave(rig, record);
        }

        kill(rig, endpoints.get(1 - endpoints.indexOf(lost)));
        Ran failed = buildSeveral(rig, more);
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err())
                .contains("Image 'a': ", "None of the endpoints of the builder can be reached")
                .doesNotContain("Exception");
        assertThat(rig.made()).isEmpty();
    }

    @Test
    void wrongCertificatesAreTheCauseThatIsTold(Rig rig) throws Exception {
        Certificates others = new Certificates(rig.home().resolve("others"));
        others.sign("client");
        ImageSpecBuilder authority = image(rig.in(Registry.plain(), "a:1"))
                .builderDriverOpts(Map.of(
                        "cacert", others.file("ca.pem"),
                        "cert", tls.file("client.pem"),
                        "key", tls.file("client-key.pem")));
        assertCause(rig, authority, "SSL certificate");
        ImageSpecBuilder client = image(rig.in(Registry.plain(), "a:1"))
                .builderDriverOpts(Map.of(
                        "cacert", tls.file("ca.pem"),
                        "cert", others.file("client.pem"),
                        "key", others.file("client-key.pem")));
        assertCause(rig, client, "it does not accept the client's certificate: ");
    }

    private void assertCause(Rig rig, ImageSpecBuilder wrong, String cause) {
        assertThatThrownBy(() -> rig.build(wrong))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.getMessage())
                                .contains(endpoints.get(0) + ": " + cause, endpoints.get(1) + ": " + cause));
    }
}
