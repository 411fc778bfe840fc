package io.jenkins.plugins.cvmfs.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.cvmfs.engine.Specs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PASSWORD",
                "DB_PASSWORD",
                "dbPassword",
                "GITHUB_TOKEN",
                "token",
                "API_KEY",
                "apiKey",
                "APIKEY",
                "AWS_SECRET_ACCESS_KEY",
                "SSH_PRIVATE_KEY",
                "CLIENT_SECRET",
                "GRID_PASSPHRASE",
                "org.example.registry-password",
                "SERVICE_CREDENTIALS",
                "PASS",
                "DB_PASS",
                "dbPass",
                "GH_PAT",
                "AUTH",
                "NPM_AUTH",
                "AUTHORIZATION",
                "BEARER",
                "CI_JWT",
                "SENTRY_DSN",
                "COOKIE",
                "KEY"
            })
    void namesOfSecrets(String name) {
        assertThat(SecretNames.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_",
                "VERSION",
                "CACHE_KEY",
                "PUBLIC_KEY",
                "PASSWORD_FILE",
                "TOKEN_URL",
                "CREDENTIALS_ID",
                "TOKENIZER",
                "SECRETARY",
                "MONKEY",
                "KEYBOARD",
                "http_proxy",
                "org.opencontainers.image.title",
                "COMPASS",
                "PASSES",
                "AUTHOR",
                "GIT_AUTHOR_NAME",
                "AUTH_METHOD",
                "AUTH_SERVER",
                "PATH",
                "PATCH",
                "KEYS",
                "COOKIE_PATH"
            })
    void namesOfOtherThings(String name) {
        assertThat(SecretNames.isSecret(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghp_abcdefghijklmnopqrstuvwxyz0123",
                "glpat-abcdefghij_klmnop",
                "AKIAABCDEFGHIJKLMNOP",
                "dckr_pat_abcdefghij-klmnopq",
                "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abc-_",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n",
                "https://user:word@example.org/a.git",
                "http://:word@proxy:3128",
                "--token=ghp_abcdefghijklmnopqrstuvwxyz0123 --other",
                "Authorization: Bearer abcdefgh.ijkl",
                "bearer eyJhbGciOiJIUzI1",
                "--extra-index-url https://u:p@example.org/simple",
                "x https://token@example.org/a",
                "-Dpassword=hunter2",
                "prefix glpat-abcdefghij_klmnop suffix"
            })
    void valuesOfSecrets(String value) {
        assertThat(SecretNames.isSecretValue(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2",
                "https://example.org/a:b@c",
                "http://proxy:3128",
                "ssh://git@example.org:22/a",
                "CMSSW_14_0_1",
                "eyJhbGci",
                "the bearer of this",
                "git@example.org:a/b",
                "registry.example.org/a@sha256:0123",
                "passwordless=1",
                "token=a"
            })
    void valuesOfOtherThings(String value) {
        assertThat(SecretNames.isSecretValue(value)).isFalse();
    }

    @Test
    void aWarningSaysHowToPassASecretButNotItsValue() throws Exception {
        ImageSpec spec = Specs.dockerfile()
                .buildArgs(Map.of("DB_PASSWORD", "hunter2"))
                .labels(Map.of("org.example.ci", "ghp_abcdefghijklmnopqrstuvwxyz0123"))
                .annotations(List.of("manifest:api-key=hunter2", "a=b"))
                .build(WorkspaceFiles.UNCHECKED);

        List<String> warnings = SecretWarnings.of(spec, option -> "--" + option);

        assertThat(warnings).hasSize(3).noneMatch(warning -> warning.contains("hunter2") || warning.contains("ghp_"));
        assertThat(warnings.get(0))
                .startsWith("Warning: --buildArgs DB_PASSWORD looks like a secret.")
                .contains("--secrets", "RUN --mount=type=secret,id=db_password");
        assertThat(warnings.get(1)).startsWith("Warning: --labels org.example.ci looks like a secret.");
        assertThat(warnings.get(2)).startsWith("Warning: --annotations manifest:api-key looks like a secret.");
    }

    @Test
    void secretsOnDockersCommandLineAreReported() throws Exception {
        ImageSpec spec = Specs.dockerfile()
                .cacheTo(List.of("type=s3,bucket=b,secret_access_key=hunter2"))
                .cacheFrom(List.of("registry.example.org/cache"))
                .build(WorkspaceFiles.UNCHECKED);

        assertThat(SecretWarnings.of(spec, option -> option))
                .singleElement()
                .asString()
                .startsWith("Warning: cacheTo secret_access_key looks")
                .contains("command line")
                .doesNotContain("hunter2");
    }

    @Test
    void strategyCommitHidesNothing() throws Exception {
        ImageSpec spec =
                Specs.setup().strategy("commit").buildArgs(Map.of("TOKEN", "a")).build(WorkspaceFiles.UNCHECKED);

        assertThat(SecretWarnings.of(spec, option -> option))
                .singleElement()
                .asString()
                .contains("Strategy commit cannot hide it; use strategy buildx with secrets");
    }

    @Test
    void harmlessValuesCauseNoWarning() throws Exception {
        ImageSpec spec = Specs.dockerfile()
                .buildArgs(Map.of("VERSION", "1", "TOKEN", ""))
                .labels(Map.of("a", "b"))
                .annotations(List.of("c=d"))
                .build(WorkspaceFiles.UNCHECKED);

        assertThat(SecretWarnings.of(spec, option -> option)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "eyJ", "a://", "://a:", "ghp_", "https://a", "eyJ.", "-----BEGIN ", "bearer "})
    void aLongValueIsSearchedQuickly(String piece) {
        String value = piece.repeat(120_000 / piece.length());

        boolean secret = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> SecretNames.isSecretValue(value));
        assertThat(secret).isFalse();
    }
}
