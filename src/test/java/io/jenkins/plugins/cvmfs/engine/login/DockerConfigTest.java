package io.jenkins.plugins.cvmfs.engine.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {
    private static final String USERS = """
            {"auths": {"users.example.org": {"auth": "dTpw"}}, "credsStore": "desktop", "proxies": {"default": {"httpProxy": "http://proxy"}}}
            """;

    @TempDir
    private Path temporary;

    private Path users;
    private Path directory;

    @BeforeEach
    void usersConfiguration() throws IOException {
        users = Files.createDirectories(temporary.resolve("users"));
        directory = temporary.resolve("private");
        Files.createDirectories(users.resolve("cli-plugins"));
        Files.createDirectories(users.resolve("contexts"));
        Files.writeString(users.resolve("config.json"), USERS);
    }

    private DockerConfig config() {
        return new DockerConfig(Map.of("DOCKER_CONFIG", users.toString()), users.toString());
    }

    private JsonNode written() throws IOException {
        return new ObjectMapper().readTree(directory.resolve("config.json").toFile());
    }

    /** A Docker installation of Jenkins may have its own buildx. */
    @Test
    void pluginsOfTheCommandsHomeComeFirst() throws IOException {
        Path home = temporary.resolve("tool");
        Path plugins = Files.createDirectories(home.resolve("libexec/docker/cli-plugins"));
        new DockerConfig(Map.of(), users.toString(), home).write(directory, Map.of());

        assertThat(written().path("cliPluginsExtraDirs"))
                .extracting(JsonNode::asText)
                .startsWith(plugins.toString())
                .contains(users.resolve("cli-plugins").toString())
                .doesNotContain(home.resolve("cli-plugins").toString());
    }

    @Test
    void hasTheUsersSettingsAndTheLoginsOfTheBuild() throws IOException {
        Map<String, String> environment = config().write(directory, Map.of("registry.example.org", "YTpi"));

        assertThat(environment)
                .containsEntry("DOCKER_CONFIG", directory.toString())
                .containsKey("BUILDX_CONFIG");
        assertThat(written().at("/auths/registry.example.org/auth").asText()).isEqualTo("YTpi");
        assertThat(written().at("/auths/users.example.org/auth").asText()).isEqualTo("dTpw");
        assertThat(written().at("/credHelpers/registry.example.org").asText("none"))
                .as("the store is not asked for it")
                .isEmpty();
        assertThat(written().at("/proxies/default/httpProxy").asText()).isEqualTo("http://proxy");
        assertThat(written().path("cliPluginsExtraDirs").findValuesAsText("")).isEmpty();
        assertThat(written().path("cliPluginsExtraDirs").toString())
                .contains(users.resolve("cli-plugins").toString());
        assertThat(directory.resolve("contexts")).isSymbolicLink();
    }

    @Test
    void isForItsUserAlone() throws IOException {
        config().write(directory, Map.of());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("config.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void hasTheLoginsOfAFileInsteadOfTheUsers() throws IOException {
        AuthFile file = AuthFile.parse("{\"auths\": {\"a\": {\"auth\": \"YTpi\"}}, \"HttpHeaders\": {\"X\": \"y\"}}")
                .orElseThrow();
        config().write(directory, file);

        assertThat(written().path("auths").toString()).isEqualTo("{\"a\":{\"auth\":\"YTpi\"}}");
        assertThat(written().has("credsStore")).isFalse();
        assertThat(written().has("HttpHeaders")).as("only its logins").isFalse();
        assertThat(written().has("proxies")).isTrue();
    }

    @Test
    void secretsOfAFileAreMasked() {
        AuthFile file = AuthFile.parse(
                        "{\"auths\": {\"a\": {\"auth\": \"cm9ib3Q6Y29ycmVjdDpob3JzZQ==\"}, \"b\": {\"identitytoken\": \"idtoken\", \"password\": \"pass\"}}}")
                .orElseThrow();

        assertThat(file.hidden())
                .contains("cm9ib3Q6Y29ycmVjdDpob3JzZQ==", "robot:correct:horse", "correct:horse", "idtoken", "pass")
                .doesNotContain("robot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON: secret", "[]", "{}", "{\"auths\": []}", "\"a\""})
    void filesWithoutLogins(String text) {
        assertThat(AuthFile.parse(text)).isEmpty();
    }

    @Test
    void aBrokenConfigurationIsReportedWithoutItsText() throws IOException {
        Files.writeString(users.resolve("config.json"), "{\"auths\": {\"a\": secret}}");

        assertThatThrownBy(() -> config().write(directory, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not valid JSON")
                .hasMessageNotContaining("secret");
    }

    @Test
    void onlyTheLoginsOfAnotherConfigurationAreUsed() throws IOException {
        Path other = Files.createDirectories(temporary.resolve("of the job"));
        Files.createDirectories(other.resolve("cli-plugins"));
        Files.createDirectories(other.resolve("contexts"));
        Files.writeString(other.resolve("config.json"), """
                {"auths": {"other.example.org": {"auth": "bzpw"}}, "currentContext": "evil", "credHelpers": {"h": "x"},
                 "cliPluginsExtraDirs": ["/evil"], "proxies": {"default": {"httpProxy": "http://evil"}}}
                """);

        new DockerConfig(Map.of("DOCKER_CONFIG", other.toString()), users.toString()).write(directory, Map.of());

        assertThat(written().path("auths").toString()).isEqualTo("{\"other.example.org\":{\"auth\":\"bzpw\"}}");
        assertThat(written().path("credHelpers").toString()).isEqualTo("{\"h\":\"x\"}");
        assertThat(written().has("credsStore")).isFalse();
        assertThat(written().toString()).doesNotContain("evil");
        assertThat(written().at("/proxies/default/httpProxy").asText()).isEqualTo("http://proxy");
        assertThat(written().path("cliPluginsExtraDirs").toString())
                .isEqualTo("[\"" + users.resolve("cli-plugins") + "\"]");
        assertThat(directory.resolve("contexts").toRealPath())
                .isEqualTo(users.resolve("contexts").toRealPath());
    }

    @Test
    void aGivenLoginTakesPrecedenceOverThoseOfTheEnvironment() throws IOException {
        Map<String, String> variables = Map.of(
                "DOCKER_CONFIG",
                users.toString(),
                "DOCKER_AUTH_CONFIG",
                "{\"auths\":{\"r:5000\":{\"auth\":\"c3RhbGU6eA==\"},\"users.example.org\":{\"auth\":\"bmV3Ong=\"},\"e\":{\"auth\":\"ZTp4\"}}}");

        Map<String, String> environment =
                new DockerConfig(variables).write(directory, Map.of("r:5000", "cmlnaHQ6eA=="));

        assertThat(environment).as("docker prefers its logins to the file's").containsEntry("DOCKER_AUTH_CONFIG", "");
        assertThat(written().at("/auths/r:5000/auth").asText()).isEqualTo("cmlnaHQ6eA==");
        assertThat(written().at("/auths/users.example.org/auth").asText()).isEqualTo("bmV3Ong=");
        assertThat(written().at("/auths/e/auth").asText()).isEqualTo("ZTp4");
        assertThat(written().at("/credHelpers/e").asText("none")).isEmpty();
    }

    @Test
    void theLoginsOfAFileAreTheOnlyOnes() throws IOException {
        Map<String, String> variables =
                Map.of("DOCKER_AUTH_CONFIG", "{\"auths\":{\"r:5000\":{\"auth\":\"c3RhbGU6eA==\"}}}");
        AuthFile file =
                AuthFile.parse("{\"auths\":{\"a\":{\"auth\":\"YTpi\"}}}").orElseThrow();

        assertThat(new DockerConfig(variables).write(directory, file)).containsEntry("DOCKER_AUTH_CONFIG", "");
        assertThat(written().path("auths").toString()).isEqualTo("{\"a\":{\"auth\":\"YTpi\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{\"auths\":[]}", "[]"})
    void invalidLoginsInTheEnvironmentAreIgnored(String text) throws IOException {
        new DockerConfig(Map.of("DOCKER_CONFIG", users.toString(), "DOCKER_AUTH_CONFIG", text))
                .write(directory, Map.of());

        assertThat(written().path("auths").toString()).isEqualTo("{\"users.example.org\":{\"auth\":\"dTpw\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io",
                "index.docker.io",
                "https://index.docker.io/v1/",
                "registry.hub.docker.com",
                "https://registry.hub.docker.com"
            })
    void dockerHubIsOneRegistryUnderAllItsNames(String name) throws IOException {
        config().write(directory, Map.of(name, "YTpi"));
        JsonNode given = written();
        Path second = temporary.resolve("second");
        directory = second;
        config().write(
                        second,
                        AuthFile.parse("{\"auths\":{\"" + name + "\":{\"auth\":\"YTpi\"}}}")
                                .orElseThrow());

        for (JsonNode config : List.of(given, written())) {
            for (String key : List.of("https://index.docker.io/v1/", "registry.hub.docker.com")) {
                assertThat(config.path("auths").path(key).path("auth").asText())
                        .as(key)
                        .isEqualTo("YTpi");
            }
        }
    }

    @Test
    void whatIsHiddenOfAFileWhoseBase64IsBrokenIntoLines() {
        AuthFile file = AuthFile.parse("{\"auths\":{\"r:5000\":{\"auth\":\"cm9ib3Q6cmlnaHQtc2Vj\\ncmV0LTE=\"}}}")
                .orElseThrow();

        assertThat(file.hidden()).contains("right-secret-1", "robot:right-secret-1", "cm9ib3Q6cmlnaHQtc2VjcmV0LTE=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"credsStore\":\"ecr-login\"}", "{\"credHelpers\":{\"a\":\"b\"}}", "{\"auths\":{}}"})
    void oneKindOfLoginsIsEnough(String text) throws IOException {
        config().write(directory, AuthFile.parse(text).orElseThrow());

        JsonNode expected = new ObjectMapper().readTree(text);
        for (Map.Entry<String, JsonNode> member : expected.properties()) {
            assertThat(written().get(member.getKey())).isEqualTo(member.getValue());
        }
        assertThat(written().has("credsStore")).isEqualTo(expected.has("credsStore"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"auths\":[]}",
                "{\"auths\":7,\"credHelpers\":[]}",
                "{\"cliPluginsExtraDirs\":{\"a\":[]}}",
                "[]"
            })
    void loginsAreAddedToAConfigurationOfAnyShape(String text) throws IOException {
        Files.writeString(users.resolve("config.json"), text);
        config().write(directory, Map.of("a", "YTpi"));

        assertThat(written().at("/auths/a/auth").asText()).isEqualTo("YTpi");
    }

    @Test
    void aConfigurationWithoutEndIsRefused() throws IOException {
        Files.writeString(users.resolve("config.json"), "{" + " ".repeat(5_000_000) + "}");

        assertThatThrownBy(() -> config().write(directory, Map.of())).hasMessageContaining("is larger than 4096 KiB");
    }

    @Test
    void theLoginsOfTheEnvironmentAreHidden() {
        assertThat(DockerConfig.hidden(Map.of(
                        "DOCKER_AUTH_CONFIG", "{\"auths\": {\"r\": {\"auth\": \"cm9ib3Q6Y29ycmVjdCBob3JzZQ==\"}}}")))
                .contains("cm9ib3Q6Y29ycmVjdCBob3JzZQ==", "correct horse");
        assertThat(DockerConfig.hidden(Map.of("DOCKER_AUTH_CONFIG", "not JSON")))
                .isEmpty();
        assertThat(DockerConfig.hidden(Map.of())).isEmpty();
    }

    @Test
    void aConfigurationThatIsNotAFileIsIgnored() throws Exception {
        Files.delete(users.resolve("config.json"));
        assertThat(new ProcessBuilder("mkfifo", users.resolve("config.json").toString())
                        .start()
                        .waitFor())
                .isZero();
        config().write(directory, Map.of("a", "YTpi"));

        assertThat(written().at("/auths/a/auth").asText()).isEqualTo("YTpi");
    }
}
