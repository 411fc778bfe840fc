package io.jenkins.plugins.cvmfs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFactsTest {
    @TempDir
    private Path directory;

    private String git(String... words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", directory.toString(), "-c", "user.name=a", "-c", "user.email=a@example.org"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor()).as(answer).isZero();
        return answer;
    }

    @Test
    void gitIsUsedIfNoSystemProvidesTheFact() throws Exception {
        assertThat(LocalFacts.of(Map.of(), directory.toString())).hasToString("nothing");
        git("init", "-q", "--initial-branch=trunk");
        git("commit", "-q", "--allow-empty", "-m", "a");
        git("remote", "add", "origin", "git@git.example.org:cms/a.git");
        String commit = git("rev-parse", "HEAD");
        String source = ", where the source is 'https://git.example.org/cms/a'";

        assertThat(LocalFacts.of(Map.of(), directory.toString()))
                .hasToString("the branch 'trunk', the commit '" + commit + "'" + source);
        git("tag", "-m", "a", "v1.0.0");
        git("checkout", "-q", "--detach");
        git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
        assertThat(LocalFacts.of(Map.of(), directory.toString()))
                .hasToString("the default branch 'trunk', the tag 'v1.0.0', the commit '" + commit + "'" + source);
    }

    @Test
    void theEventOfAWorkflowNamesTheDefaultBranch() throws Exception {
        Path event =
                Files.writeString(directory.resolve("event.json"), "{\"repository\": {\"default_branch\": \"main\"}}");
        Map<String, String> env = Map.of(
                "GITHUB_ACTIONS", "true", "GITHUB_REF", "refs/heads/main", "GITHUB_EVENT_PATH", event.toString());

        assertThat(LocalFacts.of(env, ".")).hasToString("the branch 'main', the default branch 'main'");
        for (String other : List.of("", "[]", "{\"repository\": {\"default_branch\": {}}}")) {
            Files.writeString(event, other);
            assertThat(LocalFacts.of(env, ".")).as(other).hasToString("the branch 'main'");
        }
    }

    @Test
    void theEventSaysThePullRequestWhereTheVariablesAreThoseOfItsTarget() throws Exception {
        Path event = directory.resolve("event.json");
        Map<String, String> env = Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_EVENT_NAME", "pull_request_target",
                "GITHUB_REF", "refs/heads/main",
                "GITHUB_SHA", "0".repeat(40),
                "GITHUB_EVENT_PATH", event.toString());
        Files.writeString(event, "{\"pull_request\": {\"number\": 12}}");
        assertThat(LocalFacts.of(env, ".")).hasToString("the pull request '12'");
        for (String other : List.of("", "{\"pull_request\": {\"number\": \"12\"}}")) {
            Files.writeString(event, other);
            assertThat(LocalFacts.of(env, ".")).as(other).hasToString("nothing");
        }
    }

    @Test
    void theVariablesOfASystemTakePrecedenceOverGit() {
        assertThat(LocalFacts.of(Map.of("GITLAB_CI", "true", "CI_COMMIT_BRANCH", "a"), "."))
                .hasToString("the branch 'a'");
        assertThat(LocalFacts.of(Map.of("JENKINS_URL", "x", "BRANCH_NAME", "b"), "."))
                .hasToString("the branch 'b'");
    }
}
