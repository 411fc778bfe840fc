package io.jenkins.plugins.cvmfs.engine.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    void whatIsHiddenOfAFile() {
        AuthFile file = AuthFile.parse(
                        "{\"auths\": {\"a\": {\"auth\": \"cm9ib3Q6Y29ycmVjdDpob3JzZQ==\"}, \"b\": {\"identitytoken\": \"idtoken\", \"password\": \"pass\"}}}")
                .orElseThrow();

        assertThat(file.hidden())
                .contains("cm9ib3Q6Y29ycmVjdDpob3JzZQ==", "robot:correct:horse", "correct:horse", "idtoken", "pass")
                .doesNotContain("robot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON: secret", "[]", "{}", "{\"auths\": []}", "\"a\""})
    void whatIsNoFileOfLogins(String text) {
        assertThat(AuthFile.parse(text)).isEmpty();
    }

    @Test
    void aBrokenConfigurationIsToldWithoutItsText() throws IOException {
        Files.writeString(users.resolve("config.json"), "{\"auths\": {\"a\": secret}}");

        assertThatThrownBy(() -> config().write(directory, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not valid JSON")
                .hasMessageNotContaining("secret");
    }

    @Test
    void ofAnotherConfigurationOnlyTheLoginsCount() throws IOException {
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
}
