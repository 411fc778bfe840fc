package io.jenkins.plugins.cvmfs.engine.tags;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Reads {@link RunFacts} from the variables of a run's environment. */
public final class RunEnvironment {
    private static final String HEADS = "refs/heads/";
    private static final String TAGS = "refs/tags/";
    private static final String PULL = "refs/pull/";

    private RunEnvironment() {}

    /**
     * The facts from Jenkins, with the variables of multibranch jobs and of the git plugin.
     *
     * @param scheduled whether a timer started the run
     * @param now when the run started
     */
    public static RunFacts jenkins(Map<String, String> env, boolean scheduled, Instant now) {
        Map<Fact, String> told = new EnumMap<>(Fact.class);
        String change = env.get("CHANGE_ID");
        String tag = env.get("TAG_NAME");
        String branch = env.getOrDefault(
                "BRANCH_NAME", env.getOrDefault("GIT_BRANCH", "").replaceFirst("^(?:refs/remotes/)?origin/", ""));
        if (change != null) {
            told.put(Fact.PULL_REQUEST, change);
        } else if (tag != null) {
            told.put(Fact.TAG, tag);
        } else {
            told.put(Fact.BRANCH, branch);
            told.put(Fact.DEFAULT_BRANCH, "true".equals(env.get("BRANCH_IS_PRIMARY")) ? branch : null);
        }
        told.put(Fact.COMMIT, env.get("GIT_COMMIT"));
        told.put(Fact.SOURCE, env.get("GIT_URL"));
        told.put(Fact.URL, env.get("BUILD_URL"));
        told.put(Fact.BUILD, env.get("BUILD_NUMBER"));
        return new RunFacts(told, scheduled, now);
    }

    /**
     * The facts from GitHub Actions. For {@code pull_request_target}, the variables have the branch and the commit of
     * the target, but the author of the pull request decides what is built.
     *
     * @param defaultBranch default branch of the repository, known only from the event, or null
     * @param pullRequest number of the pull request from the event, or null
     */
    public static RunFacts github(Map<String, String> env, String defaultBranch, String pullRequest, Instant now) {
        Map<Fact, String> told = new EnumMap<>(Fact.class);
        String ref = env.getOrDefault("GITHUB_REF", "");
        boolean ofTarget = "pull_request_target".equals(env.get("GITHUB_EVENT_NAME"));
        if (ofTarget) {
            told.put(Fact.PULL_REQUEST, pullRequest);
        } else if (ref.startsWith(HEADS)) {
            told.put(Fact.BRANCH, ref.substring(HEADS.length()));
        } else if (ref.startsWith(TAGS)) {
            told.put(Fact.TAG, ref.substring(TAGS.length()));
        } else if (ref.startsWith(PULL)) {
            told.put(Fact.PULL_REQUEST, ref.substring(PULL.length()).replaceFirst("/.*$", ""));
        }
        told.put(Fact.DEFAULT_BRANCH, defaultBranch);
        told.put(Fact.COMMIT, ofTarget ? null : env.get("GITHUB_SHA"));
        String repository = env.get("GITHUB_REPOSITORY");
        String source = repository == null ? null : env.get("GITHUB_SERVER_URL") + "/" + repository;
        told.put(Fact.SOURCE, source);
        told.put(Fact.URL, source);
        told.put(Fact.BUILD, env.get("GITHUB_RUN_NUMBER"));
        return new RunFacts(told, "schedule".equals(env.get("GITHUB_EVENT_NAME")), now);
    }

    /** The facts from GitLab CI. */
    public static RunFacts gitlab(Map<String, String> env, Instant now) {
        Map<Fact, String> told = new EnumMap<>(Fact.class);
        String change = env.get("CI_MERGE_REQUEST_IID");
        if (change != null) {
            told.put(Fact.PULL_REQUEST, change);
        } else {
            told.put(Fact.BRANCH, env.get("CI_COMMIT_BRANCH"));
            told.put(Fact.TAG, env.get("CI_COMMIT_TAG"));
        }
        told.put(Fact.DEFAULT_BRANCH, env.get("CI_DEFAULT_BRANCH"));
        told.put(Fact.COMMIT, env.get("CI_COMMIT_SHA"));
        told.put(Fact.SOURCE, env.get("CI_PROJECT_URL"));
        told.put(Fact.URL, env.get("CI_PROJECT_URL"));
        told.put(Fact.BUILD, env.get("CI_PIPELINE_IID"));
        return new RunFacts(told, "schedule".equals(env.get("CI_PIPELINE_SOURCE")), now);
    }
}
