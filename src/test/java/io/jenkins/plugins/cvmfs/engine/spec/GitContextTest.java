package io.jenkins.plugins.cvmfs.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitContextTest {
    @ParameterizedTest
    @CsvSource({
        "https://git.example.org/a/b.git, git.example.org",
        "https://git.example.org:8443/a.git#main:sub/dir, git.example.org:8443",
        "https://git.example.org/a.git?ref=x&subdir=y, git.example.org",
        "http://127.0.0.1:9000/a.git, 127.0.0.1:9000",
        "http://localhost/a.git, localhost",
    })
    void onlyTheHostGetsTheLogin(String context, String host) {
        assertThat(GitContext.of(context)).contains(new GitContext(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "http://git.example.org/a.git",
                "http://127.0.0.1.example.org/a.git",
                "https://user@git.example.org/a.git",
                "https://git.example.org@evil.example/a.git",
                "https://git.example.org\\@evil.example/a.git",
                "https://git.example.org/a.tar.gz",
                "https://git.example.org,src=/etc/passwd/a.git",
                "https://git.example.org/?x.git",
                "https:///a.git",
                "ssh://git@git.example.org/a.git",
                "git@git.example.org:a.git",
                "git://git.example.org/a.git",
            })
    void othersGetNone(String context) {
        assertThat(GitContext.of(context)).isEmpty();
    }

    private static GivenOptions given(String context, String credentials) {
        GivenOptions given = new GivenOptions().give(ImageTable.CONTEXT, context);
        GitContext.give(given, credentials);
        return given;
    }

    @Test
    void theCommandLineNamesAFileOrAVariable() throws Exception {
        String context = "https://git.example.org:8443/a.git";

        assertThat(given(context, "token,env=GIT_TOKEN").list(BuildTable.SECRETS))
                .containsExactly("id=GIT_AUTH_TOKEN.git.example.org:8443,env=GIT_TOKEN");
        GivenOptions header = given(context, "header,src=a,b \"c\"");
        assertThat(header.list(BuildTable.SECRETS))
                .containsExactly("id=GIT_AUTH_HEADER.git.example.org:8443,\"src=a,b \"\"c\"\"\"");
        assertThat(ImageSpec.of(header.give(ImageTable.TAGS, List.of("a")), WorkspaceFiles.UNCHECKED)
                        .options()
                        .secrets())
                .hasSize(1);
        for (String bad : List.of("ghp_0123", "token", "token,x=y", "password,env=A", "token,env=A B")) {
            assertThat(given(context, bad).malformed()).as(bad).hasSize(1);
        }
        assertThat(given("sub", "token,env=A").malformed())
                .extracting(problem -> problem.text())
                .allMatch(text -> text.startsWith("it needs a {context} such as https://"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:hunter2@git.example.org/a.git, https://****@git.example.org/a.git",
        "HTTPS://:hunter2@git.example.org/a.tar, HTTPS://****@git.example.org/a.tar",
        "ssh://me:hunter2@git.example.org/a.git, ssh://****@git.example.org/a.git",
        "https://ghp_0123456789abcdefghijklmnopqrstuvwxyz@github.com/a.git, https://****@github.com/a.git",
    })
    void aPasswordInAnAddressIsRefusedAndNotShown(String address, String shown) {
        assertThatThrownBy(() -> Specs.dockerfile().context(address).build(WorkspaceFiles.UNCHECKED))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("Invalid context '" + shown + "'")
                .hasMessageContaining("gitCredentialsId")
                .hasMessageNotContainingAny("hunter2", "ghp_0");
        assertThatThrownBy(() -> Specs.dockerfile()
                        .buildContexts(Map.of("more", address))
                        .build(WorkspaceFiles.UNCHECKED))
                .hasMessageContaining("Invalid buildContexts 'more=" + shown + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh://git@git.example.org:2222/a.git",
                "git@git.example.org:a.git",
                "https://me@example.org/a.git"
            })
    void aUserNameAloneIsNotAPassword(String address) {
        assertThat(Specs.valid(Specs.dockerfile().context(address))).isNotNull();
    }
}
