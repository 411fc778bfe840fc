package io.jenkins.plugins.cvmfs.engine.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cvmfs.engine.Mutations;
import io.jenkins.plugins.cvmfs.engine.runner.SecretMask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever docker's config.json holds, a configuration is made of it or it is refused with the one clear message. */
class LoginMutationsTest {
    private static final int TIMES = 100_000;
    private static final int MASKS = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CONFIG = """
            {"auths":{"registry.example.org":{"auth":"cm9ib3Q6cmlnaHQtc2VjcmV0LTE="},"https://index.docker.io/v1/":{"identitytoken":"t"}},
            "credHelpers":{"a.example.org":"ecr-login"},"credsStore":"desktop","cliPluginsExtraDirs":["/a","/b"]}
            """;

    @Test
    void readsOrRefusesEveryMutationOfAFileOfLogins() {
        Mutations mutations = new Mutations(CONFIG);
        int[] read = {0};
        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < TIMES; i++) {
                String text = mutations.next();
                try {
                    List<String> hidden =
                            AuthFile.parse(text).map(AuthFile::hidden).orElse(List.of());
                    read[0] += hidden.isEmpty() ? 0 : 1;
                } catch (RuntimeException e) {
                    throw new AssertionError("of\n" + text, e);
                }
            }
        });
        assertThat(read[0]).isBetween(TIMES / 100, TIMES - TIMES / 100);
    }

    @Test
    void makesAConfigurationOfEveryMutationOrRefusesIt(@TempDir Path directory) {
        Mutations mutations = new Mutations(CONFIG);
        int[] made = {0};
        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < TIMES; i++) {
                String text = mutations.next();
                // A file that is written over may be flushed to the disk.
                Files.deleteIfExists(directory.resolve("config.json"));
                Files.write(directory.resolve("config.json"), text.getBytes(StandardCharsets.UTF_8));
                made[0] += isMade(directory, i, text) ? 1 : 0;
            }
        });
        assertThat(made[0]).isBetween(TIMES / 100, TIMES - TIMES / 100);
    }

    private static boolean isMade(Path users, int number, String text) {
        Map<String, String> variables =
                Map.of("DOCKER_CONFIG", users.toString(), "DOCKER_AUTH_CONFIG", number % 2 == 0 ? text : "");
        try {
            ObjectNode made =
                    new DockerConfig(variables, users.toString()).with(Map.of("registry.example.org", "YTpi"));
            assertThat(made.at("/auths/registry.example.org/auth").asText()).isEqualTo("YTpi");
            return true;
        } catch (IOException e) {
            assertThat(e)
                    .hasMessageContaining("is not valid JSON; fix it or remove it")
                    .hasMessageNotContaining("secret");
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError("of\n" + text, e);
        }
    }

    @Test
    void secretsOfEveryMutationCanBeMasked() {
        Mutations mutations = new Mutations(CONFIG);
        for (int i = 0; i < MASKS; i++) {
            List<String> hidden =
                    AuthFile.parse(mutations.next()).map(AuthFile::hidden).orElse(List.of());
            assertThat(new SecretMask(hidden).apply("nothing")).hasSizeLessThanOrEqualTo(70);
        }
    }
}
