package io.jenkins.plugins.cvmfs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.cvmfs.engine.tags.Fact;
import io.jenkins.plugins.cvmfs.engine.tags.RunEnvironment;
import io.jenkins.plugins.cvmfs.engine.tags.RunFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line knows about its run, from the variables of GitHub Actions, GitLab CI or Jenkins, or otherwise
 * from git.
 */
final class LocalFacts {
    private static final int LONGEST = 64 * 1024;
    private static final long EVENT_LONGEST = 8L << 20;

    private LocalFacts() {}

    /** @param directory where git runs */
    static RunFacts of(Map<String, String> env, String directory) {
        if ("true".equals(env.get("GITHUB_ACTIONS"))) {
            return github(env);
        } else if ("true".equals(env.get("GITLAB_CI"))) {
            return RunEnvironment.gitlab(env, Instant.now());
        } else if (env.containsKey("JENKINS_URL")) {
            return RunEnvironment.jenkins(env, false, Instant.now());
        }
        return git(directory);
    }

    /** Only the file of the event that started a workflow has the default branch and the pull request. */
    private static RunFacts github(Map<String, String> env) {
        JsonNode event = event(env.get("GITHUB_EVENT_PATH"));
        JsonNode number = event.at("/pull_request/number");
        return RunEnvironment.github(
                env,
                event.at("/repository/default_branch").textValue(),
                number.isIntegralNumber() ? number.asText() : null,
                Instant.now());
    }

    private static JsonNode event(String path) {
        try {
            if (path != null && Files.size(Path.of(path)) <= EVENT_LONGEST) {
                return new ObjectMapper().readTree(Files.readString(Path.of(path)));
            }
        } catch (IOException e) {
            // The event is unknown.
        }
        return MissingNode.getInstance();
    }

    private static RunFacts git(String directory) {
        Map<Fact, String> told = new EnumMap<>(Fact.class);
        told.put(Fact.COMMIT, git(directory, "rev-parse", "--verify", "--quiet", "HEAD"));
        if (told.get(Fact.COMMIT) != null) {
            told.put(Fact.BRANCH, git(directory, "symbolic-ref", "--short", "--quiet", "HEAD"));
            told.put(Fact.TAG, git(directory, "describe", "--tags", "--exact-match", "HEAD"));
            told.put(Fact.SOURCE, git(directory, "config", "--get", "remote.origin.url"));
            String head = git(directory, "symbolic-ref", "--short", "--quiet", "refs/remotes/origin/HEAD");
            told.put(Fact.DEFAULT_BRANCH, head == null ? null : head.replaceFirst("^origin/", ""));
        }
        return new RunFacts(told, false, Instant.now());
    }

    /** The answer of git; null if git is missing or does not know. */
    private static String git(String directory, String... words) {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            byte[] answer = process.getInputStream().readNBytes(LONGEST);
            String text = new String(answer, StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 && !text.isEmpty() ? text : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
