package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The lab of {@code examples/lab}, started and used as its README says, on ports of its own. Where Docker Hub is not
 * reached, LAB_JENKINS and the like name copies of its images.
 */
@ExtendWith(RealEngine.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LabDockerIT {
    private static final Path COMPOSE = Path.of("examples/lab/compose.yaml");

    /** A variable whose default is an image. */
    private static final Pattern IMAGE = Pattern.compile("\\$\\{(LAB_[A-Z]+):-([a-z/-]+:[^}]+)}");

    private static final Pattern BUILT = Pattern.compile("Built (sha256:[0-9a-f]{64})");
    private static final List<String> FRONTENDS = List.of("docker/dockerfile:1", "docker/dockerfile:1-labs");
    private static final Duration LONGEST = Duration.ofMinutes(8);

    private final Map<String, String> environment = new TreeMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private String project;

    @BeforeEach
    void everythingIsHere(Rig rig) throws Exception {
        HostCvmfs.require();
        assumeTrue(docker("compose", "version").ok(), "docker compose is not installed");
        for (MatchResult image :
                IMAGE.matcher(Files.readString(COMPOSE)).results().toList()) {
            String name = System.getenv().getOrDefault(image.group(1), image.group(2));
            assumeTrue(
                    docker("image", "inspect", name).ok()
                            || docker("pull", "--quiet", name).ok(),
                    name + ", an image of the lab, cannot be pulled here");
        }
        project = "cvmfs-lab-" + rig.id();
        environment.put("LAB_PORT", freePort());
        environment.put("LAB_REGISTRY_PORT", freePort());
        environment.put("LAB_PASSWORD", rig.id());
        environment.put("LAB_CVMFS", HostCvmfs.directory());
        environment.put("LAB_BASE_IMAGE", "registry:5000/base:1");
    }

    @AfterEach
    void nothingOfItIsLeft() throws Exception {
        if (project != null) {
            compose("down", "--volumes", "--rmi=local", "--timeout=5").answer();
        }
    }

    @Test
    void bothJobsBuildAndPush() throws Exception {
        compose("up", "--build", "--detach").answer();
        Registry registry = Registry.at("127.0.0.1:" + environment.get("LAB_REGISTRY_PORT"));
        give(registry);
        await().atMost(LONGEST)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get("api/json").statusCode() == 200);

        for (Map.Entry<String, String> job : Map.of("first-image", "1", "first-image-host-access", "host-access")
                .entrySet()) {
            String built = built(job.getKey());
            assertThat(registry.digest(registry.address() + "/lab/first:" + job.getValue()))
                    .hasValue(built);
        }
    }

    /** What builds pull: the base image, and the frontends that the engine of this test has. */
    private void give(Registry registry) throws Exception {
        String base = registry.address() + "/base:1";
        docker("tag", Rig.baseImage(), base).answer();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> docker("push", "--quiet", base).ok());
        docker("rmi", base).answer();
        for (String frontend : FRONTENDS) {
            if (docker("image", "inspect", frontend).ok()) {
                String load = "docker save " + frontend + " | docker compose --project-name=" + project + " --file="
                        + COMPOSE + " exec -T engine docker --host=unix:///engine/docker.sock load";
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> run(List.of("sh", "-c", load)).ok());
            }
        }
    }

    /** Builds the job once; the digest that its log tells. */
    private String built(String job) throws Exception {
        JsonNode crumb = json("crumbIssuer/api/json");
        HttpRequest.Builder build = request("job/" + job + "/build")
                .header(
                        crumb.path("crumbRequestField").asText(),
                        crumb.path("crumb").asText())
                .POST(BodyPublishers.noBody());
        assertThat(client.send(build.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(201);
        await().atMost(LONGEST)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() ->
                        !json("job/" + job + "/1/api/json").path("building").asBoolean(true));

        String log = get("job/" + job + "/1/consoleText").body();
        assertThat(json("job/" + job + "/1/api/json").path("result").asText())
                .as(log)
                .isEqualTo("SUCCESS");
        assertThat(log).containsPattern(BUILT);
        return BUILT.matcher(log)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(path).body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + environment.get("LAB_PORT") + "/" + path))
                .header("Authorization", "Basic " + Registry.login("admin", environment.get("LAB_PASSWORD")));
    }

    private Ran compose(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("docker", "compose", "--project-name=" + project, "--file=" + COMPOSE));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Ran docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** With the DOCKER_CONFIG of whoever runs the tests, which may have the compose plugin. */
    private Ran run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return Ran.of(builder);
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
