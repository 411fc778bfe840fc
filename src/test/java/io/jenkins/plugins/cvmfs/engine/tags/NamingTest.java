package io.jenkins.plugins.cvmfs.engine.tags;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.NameTable;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.shell.HostileStrings;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Facts and rules in, tags, labels and annotations out. */
class NamingTest {
    private static final Instant NOW = Instant.parse("2026-11-29T23:05:09.123Z");
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String OCI = "org.opencontainers.image.";
    private static final String NAME = "example.org/cms/analysis";

    private static final Map<Fact, String> BRANCH = Map.of(
            Fact.BRANCH, "main",
            Fact.DEFAULT_BRANCH, "main",
            Fact.COMMIT, COMMIT,
            Fact.BUILD, "17",
            Fact.SOURCE, "https://git.example.org/cms/analysis.git",
            Fact.URL, "https://ci.example.org/job/a/17/");
    private static final Map<Fact, String> OTHER_BRANCH = Map.of(
            Fact.BRANCH, "feature/New Thing_1".replace(' ', '-'), Fact.DEFAULT_BRANCH, "main", Fact.COMMIT, COMMIT);
    private static final Map<Fact, String> TAG = Map.of(Fact.TAG, "v1.2.3", Fact.COMMIT, COMMIT);
    private static final Map<Fact, String> PRERELEASE = Map.of(Fact.TAG, "v2.0.0-RC.1");
    private static final Map<Fact, String> CHANGE = Map.of(Fact.PULL_REQUEST, "42", Fact.COMMIT, COMMIT);

    static Stream<Arguments> rules() {
        return Stream.of(
                row("type=ref,event=branch", BRANCH, "main"),
                row("type=ref,event=branch", OTHER_BRANCH, "feature-new-thing_1"),
                row("type=ref,event=branch", TAG),
                row("type=ref,event=branch,prefix=b-,suffix=-x", BRANCH, "b-main-x"),
                row("type=ref,event=tag", TAG, "v1.2.3"),
                row("type=ref,event=tag", BRANCH),
                row("type=ref,event=pr", CHANGE, "pr-42"),
                row("type=ref,event=pr,prefix=change-", CHANGE, "change-42"),
                row("type=ref,event=pr", BRANCH),
                row("type=semver,pattern={{version}}", TAG, "1.2.3"),
                row("type=semver,pattern={{major}}.{{minor}}", TAG, "1.2"),
                row("type=semver,pattern={{ major }}", TAG, "1"),
                row("type=semver,pattern=v{{major}}.{{minor}}.{{patch}}", TAG, "v1.2.3"),
                row("type=semver,pattern={{raw}}", TAG, "v1.2.3"),
                row("type=semver,pattern={{version}}", PRERELEASE, "2.0.0-rc.1"),
                row("type=semver,pattern={{major}}.{{minor}}", PRERELEASE, "2.0.0-rc.1"),
                row("type=semver,pattern={{raw}}", PRERELEASE, "v2.0.0-rc.1"),
                row("type=semver,pattern={{version}}", BRANCH),
                row("type=semver,pattern={{version}}", Map.of(Fact.TAG, "release-1")),
                row("type=semver,pattern={{major}},value=3.4.5", BRANCH, "3"),
                row("type=semver,pattern={{major}},value=03.4.5", BRANCH),
                row("type=sha", BRANCH, "sha-0123456"),
                row("type=sha,format=long,prefix=", BRANCH, COMMIT),
                row("type=sha", PRERELEASE),
                row("type=edge", BRANCH, "edge"),
                row("type=edge", OTHER_BRANCH),
                row("type=edge,branch=develop", BRANCH),
                row("type=edge,branch=main", BRANCH, "edge"),
                row("type=schedule", BRANCH),
                row("type=raw,value=latest,enable={{is_default_branch}}", BRANCH, "latest"),
                row("type=raw,value=latest,enable={{is_default_branch}}", OTHER_BRANCH),
                row("type=raw,value=latest,enable={{is_default_branch}}", Map.of(Fact.BRANCH, "main")),
                row("type=raw,value=x,enable=false", BRANCH),
                row("type=raw,value=Build_{{build_number}}-{{ sha }}", BRANCH, "build_17-0123456"),
                row("type=raw,value={{branch}}-{{date 'YYYYMMDD'}}", BRANCH, "main-20261129"),
                row("type=raw,value={{date 'YYYY.MM.DD-HHmmss' tz='Europe/Zurich'}}", BRANCH, "2026.11.30-000509"),
                row("type=raw,value={{date 'X'}}", BRANCH, "1795993509"),
                row("type=raw,value={{date 'YYYY' tz='Nowhere/Land'}}", BRANCH),
                row("type=raw,value={{tag}}", BRANCH),
                row("type=raw,value=-.a b/ü:c..-", BRANCH, "a-b-c"));
    }

    private static Arguments row(String rule, Map<Fact, String> facts, String... tags) {
        return Arguments.of(rule, facts, List.of(tags));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleGeneratesATagOrNone(String rule, Map<Fact, String> facts, List<String> tags) {
        GivenOptions given = naming(facts)
                .tagged(Specs.dockerfile()
                        .tagRules(List.of(rule, "type=raw,value=always,priority=0"))
                        .tags(List.of(NAME))
                        .given());

        assertThat(given.list(ImageTable.TAGS))
                .containsExactlyElementsOf(Stream.of(
                                Stream.of(Specs.TAG),
                                tags.stream().map(tag -> NAME + ":" + tag),
                                Stream.of(NAME + ":always"))
                        .flatMap(names -> names)
                        .toList());
    }

    private static Naming naming(Map<Fact, String> facts) {
        return new Naming(new RunFacts(facts, false, NOW));
    }

    @Test
    void aRunOfATimerHasTagsByItsSchedule() {
        ImageSpecBuilder image = new ImageSpecBuilder().tags(List.of(NAME));
        Naming naming = new Naming(new RunFacts(BRANCH, true, NOW));

        assertThat(naming.tagged(image.tagRules(List.of("type=schedule", "type=schedule,pattern={{date 'YYYYMMDD'}}"))
                                .given())
                        .list(ImageTable.TAGS))
                .containsExactly(NAME + ":nightly", NAME + ":20261129");
    }

    @Test
    void tagsComeByPriorityAndEachOnce() {
        GivenOptions given = naming(Map.of(Fact.TAG, "v1.2.3", Fact.COMMIT, COMMIT))
                .tagged(new ImageSpecBuilder()
                        .tags(List.of(NAME, "other.example.org/a"))
                        .tagRules(List.of(
                                "type=sha",
                                "type=ref,event=tag,prefix=,priority=50",
                                "type=raw,value=1.2.3",
                                "type=semver,pattern={{version}}"))
                        .given());

        assertThat(given.list(ImageTable.TAGS))
                .containsExactly(
                        NAME + ":1.2.3",
                        NAME + ":sha-0123456",
                        NAME + ":v1.2.3",
                        "other.example.org/a:1.2.3",
                        "other.example.org/a:sha-0123456",
                        "other.example.org/a:v1.2.3");
    }

    @Test
    void rulesThatGenerateNothingAreAMistake() {
        ImageSpecBuilder bare = new ImageSpecBuilder().tags(List.of(NAME)).tagRules(List.of("type=ref,event=tag"));
        assertThat(naming(Map.of(Fact.BRANCH, "main")).tagged(bare.given()).malformed())
                .extracting(Problem::message)
                .containsExactly("Invalid tagRules 'type=ref,event=tag': none of them generates a tag in this run, "
                        + "which knows the branch 'main'");
        ImageSpecBuilder complete = Specs.dockerfile().tagRules(List.of("type=sha"));
        assertThat(naming(BRANCH).tagged(complete.given()).malformed())
                .extracting(Problem::message)
                .containsExactly("Invalid tagRules 'type=sha': they generate tags for names in tags without a tag, "
                        + "but each name has one");
    }

    @Test
    void onlyValidTagsComeOutOfAnyEnvironment() {
        HostileStrings strings = new HostileStrings(23);
        for (int run = 0; run < 5_000; run++) {
            Map<Fact, String> facts = new EnumMap<>(Fact.class);
            for (Fact fact : Fact.values()) {
                facts.put(fact, strings.next());
            }
            GivenOptions given = new ImageSpecBuilder()
                    .tags(List.of(NAME))
                    .tagRules(List.of(
                            "type=ref,event=branch",
                            "type=ref,event=tag",
                            "type=ref,event=pr",
                            "type=semver,pattern={{raw}}",
                            "type=raw,value={{branch}}{{sha}}",
                            "type=sha",
                            "type=raw,value=x"))
                    .ociMetadata("all")
                    .given();
            Naming naming = naming(facts);
            GivenOptions described = naming.described(naming.tagged(given), Optional.empty());

            assertThat(described.list(ImageTable.TAGS))
                    .allMatch(tag -> ImageReference.parse(tag)
                            .filter(reference -> reference.name().equals(NAME)
                                    && reference.tag().matches("[a-z0-9_][a-z0-9._-]{0,127}")
                                    && reference.digest() == null)
                            .isPresent());
            assertThat(described.map(BuildTable.LABELS).values())
                    .allMatch(value -> value.chars().noneMatch(Character::isISOControl));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--push, push",
        "-,",
        "feature/$(id), feature-id",
        "a;`id`, a-id",
        "RELEASE/1.0, release-1.0",
        "_x, _x",
        "a..b, a..b",
        "{{sha}}, sha",
        "'a,enable=false', a-enable-false",
        "x@sha256, x-sha256",
        "größe, gr-e",
        "\u540d\u524d,",
        "\u212aelvin, kelvin",
        "a\u0130b, ai-b",
        // Of these nothing is known, since a log would show another name.
        "a\u202eb,",
        "a\u200bb,",
        "a\u0085b,",
        "a\u009bb,",
        "a\u2028b,",
        "a b,",
        "'a\nb',",
    })
    void aBranchGivesATagOrNoneWhateverItsName(String branch, String tag) {
        assertThat(ofBranch(branch)).isEqualTo(tag == null ? List.of() : List.of(NAME + ":" + tag));
    }

    @Test
    void aLongBranchGivesAShortTag() {
        assertThat(ofBranch("x".repeat(255))).containsExactly(NAME + ":" + "x".repeat(128));
        assertThat(ofBranch("x".repeat(256))).isEmpty();
    }

    private static List<String> ofBranch(String branch) {
        GivenOptions given = naming(Map.of(Fact.BRANCH, branch))
                .tagged(new ImageSpecBuilder()
                        .tags(List.of(NAME))
                        .tagRules(List.of("type=ref,event=branch", "type=raw,value=always,priority=0"))
                        .given());
        return given.list(ImageTable.TAGS).stream()
                .filter(name -> !name.equals(NAME + ":always"))
                .toList();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(
                        RunEnvironment.jenkins(
                                Map.of(
                                        "CHANGE_ID", "4",
                                        "CHANGE_FORK", "somebody",
                                        "CHANGE_BRANCH", "main",
                                        "BRANCH_NAME", "main",
                                        "BRANCH_IS_PRIMARY", "true",
                                        "GIT_BRANCH", "origin/main",
                                        "TAG_NAME", "v1.2.3",
                                        "GIT_COMMIT", COMMIT),
                                false,
                                NOW),
                        List.of(NAME + ":pr-4", NAME + ":sha-0123456")),
                // Its commit is that of the target, whose tag would be given to something else.
                Arguments.of(
                        RunEnvironment.github(
                                Map.of(
                                        "GITHUB_EVENT_NAME",
                                        "pull_request_target",
                                        "GITHUB_REF",
                                        "refs/heads/main",
                                        "GITHUB_SHA",
                                        COMMIT),
                                "main",
                                "7",
                                NOW),
                        List.of(NAME + ":pr-7")),
                Arguments.of(
                        RunEnvironment.gitlab(
                                Map.of(
                                        "CI_MERGE_REQUEST_IID",
                                        "9",
                                        "CI_COMMIT_BRANCH",
                                        "main",
                                        "CI_DEFAULT_BRANCH",
                                        "main",
                                        "CI_COMMIT_TAG",
                                        "v1.2.3",
                                        "CI_COMMIT_SHA",
                                        COMMIT),
                                NOW),
                        List.of(NAME + ":pr-9", NAME + ":sha-0123456")));
    }

    /** Whoever may open one would choose the name of an image that others take. */
    @ParameterizedTest
    @MethodSource("changes")
    void aPullRequestHasNoTagOfABranchOrARelease(RunFacts facts, List<String> tags) {
        GivenOptions given = new Naming(facts)
                .tagged(new ImageSpecBuilder()
                        .tags(List.of(NAME))
                        .tagRules(List.of(
                                "type=ref,event=branch",
                                "type=ref,event=tag",
                                "type=ref,event=pr",
                                "type=semver,pattern={{version}}",
                                "type=edge",
                                "type=edge,branch=main",
                                "type=sha",
                                "type=raw,value={{branch}}",
                                "type=raw,value=latest,enable={{is_default_branch}}"))
                        .given());

        assertThat(given.list(ImageTable.TAGS)).containsExactlyElementsOf(tags);
    }

    @Test
    void theRunDescribesTheImage() {
        GivenOptions given = new ImageSpecBuilder()
                .tags(List.of(NAME + ":1.2"))
                .mounts("cms.cern.ch sft.cern.ch")
                .cvmfsPins(List.of("cms.cern.ch=tag:v5"))
                .ociMetadata("all")
                .labels(Map.of(OCI + "url", "https://example.org/"))
                .annotations(List.of("manifest:" + OCI + "source=mine"))
                .given();
        GivenOptions described = naming(BRANCH)
                .described(given, Optional.of("ARG EL=9\nFROM example.org/base:el${EL} AS a\nRUN x\nFROM a\n"));

        assertThat(described.map(BuildTable.LABELS))
                .containsOnly(
                        Map.entry(OCI + "source", "https://git.example.org/cms/analysis"),
                        Map.entry(OCI + "revision", COMMIT),
                        Map.entry(OCI + "created", "2026-11-29T23:05:09Z"),
                        Map.entry(OCI + "url", "https://example.org/"),
                        Map.entry(OCI + "version", "1.2"),
                        Map.entry(OCI + "base.name", "example.org/base:el9"),
                        Map.entry("io.jenkins.plugins.cvmfs.repositories", "cms.cern.ch@tag:v5 sft.cern.ch"));
        assertThat(described.list(BuildTable.ANNOTATIONS))
                .hasSize(7)
                .contains("manifest:" + OCI + "source=mine", OCI + "revision=" + COMMIT)
                .doesNotContain(OCI + "source=https://git.example.org/cms/analysis");
    }

    @Test
    void aBaseImageIsIdentifiedByItsReference() {
        String digest = "sha256:" + "a".repeat(64);
        assertThat(base(Specs.setup().baseImage("debian@" + digest), null))
                .containsEntry(OCI + "base.name", "docker.io/library/debian")
                .containsEntry(OCI + "base.digest", digest);
        assertThat(base(Specs.setup(), null))
                .containsEntry(OCI + "base.name", "docker.io/aperloff/cms-cvmfs-docker:latest");
        assertThat(base(Specs.dockerfile().target("b"), "FROM one AS a\nFROM two AS b\nFROM three\n"))
                .containsEntry(OCI + "base.name", "docker.io/library/two:latest");
        for (String none : List.of("FROM scratch\n", "ARG A\nFROM x$A\n", "FROM $A\n", "nothing\n", "")) {
            assertThat(base(Specs.dockerfile(), none)).as(none).doesNotContainKey(OCI + "base.name");
        }
        assertThat(base(Specs.dockerfile().buildContexts(Map.of("a", "b")), "FROM a\n"))
                .doesNotContainKey(OCI + "base.name");
    }

    private static Map<String, String> base(ImageSpecBuilder image, String dockerfile) {
        return naming(Map.of())
                .described(image.ociMetadata("labels").given(), Optional.ofNullable(dockerfile))
                .map(BuildTable.LABELS);
    }

    @Test
    void nothingIsAddedUnlessItIsAskedFor() {
        GivenOptions given = Specs.dockerfile().mounts("cms.cern.ch").given();
        assertThat(Naming.isAsked(given)).isFalse();
        assertThat(naming(BRANCH).described(naming(BRANCH).tagged(given), Optional.of("FROM a\n")))
                .isSameAs(given);
        assertThat(Naming.isAsked(Specs.dockerfile().ociMetadata("none").given()))
                .isFalse();
        assertThat(Naming.isAsked(Specs.dockerfile().ociMetadata("labels").given()))
                .isTrue();
        assertThat(Naming.isAsked(Specs.dockerfile().tagRules(List.of("x")).given()))
                .isTrue();
        GivenOptions bad = new ImageSpecBuilder()
                .tags(List.of(NAME))
                .tagRules(List.of("type=sha", "x"))
                .given();
        assertThat(naming(BRANCH).tagged(bad)).isSameAs(bad);
        assertThat(given.has(NameTable.TAG_RULES)).isFalse();
    }

    static Stream<Arguments> environments() {
        return Stream.of(
                Arguments.of(
                        "a branch in Jenkins",
                        RunEnvironment.jenkins(
                                Map.of(
                                        "BRANCH_NAME",
                                        "main",
                                        "BRANCH_IS_PRIMARY",
                                        "true",
                                        "GIT_COMMIT",
                                        COMMIT,
                                        "GIT_URL",
                                        "git@git.example.org:cms/a.git",
                                        "BUILD_NUMBER",
                                        "3",
                                        "BUILD_URL",
                                        "http://ci.example.org:8080/job/a/3/"),
                                false,
                                NOW),
                        "the branch 'main', the default branch 'main', the commit '" + COMMIT
                                + "', where the source is 'https://git.example.org/cms/a', where the build is "
                                + "described "
                                + "'http://ci.example.org:8080/job/a/3/', the build number '3'"),
                Arguments.of(
                        "a job in Jenkins that is of no branch",
                        RunEnvironment.jenkins(Map.of("GIT_BRANCH", "origin/develop"), false, NOW),
                        "the branch 'develop'"),
                Arguments.of(
                        "a change in Jenkins",
                        RunEnvironment.jenkins(
                                Map.of("BRANCH_NAME", "PR-4", "CHANGE_ID", "4", "BRANCH_IS_PRIMARY", "true"),
                                false,
                                NOW),
                        "the pull request '4'"),
                Arguments.of(
                        "a tag in Jenkins",
                        RunEnvironment.jenkins(Map.of("BRANCH_NAME", "v1", "TAG_NAME", "v1"), false, NOW),
                        "the tag 'v1'"),
                Arguments.of(
                        "a branch on GitHub",
                        RunEnvironment.github(
                                Map.of(
                                        "GITHUB_REF",
                                        "refs/heads/a/b",
                                        "GITHUB_SHA",
                                        COMMIT,
                                        "GITHUB_SERVER_URL",
                                        "https://github.com",
                                        "GITHUB_REPOSITORY",
                                        "cms/a",
                                        "GITHUB_RUN_NUMBER",
                                        "9"),
                                "main",
                                null,
                                NOW),
                        "the branch 'a/b', the default branch 'main', the commit '" + COMMIT
                                + "', where the source is 'https://github.com/cms/a', where the build is described "
                                + "'https://github.com/cms/a', the build number '9'"),
                Arguments.of(
                        "a change on GitHub",
                        RunEnvironment.github(Map.of("GITHUB_REF", "refs/pull/7/merge"), null, null, NOW),
                        "the pull request '7'"),
                Arguments.of(
                        "a tag on GitLab",
                        RunEnvironment.gitlab(
                                Map.of(
                                        "CI_COMMIT_TAG",
                                        "v1",
                                        "CI_DEFAULT_BRANCH",
                                        "main",
                                        "CI_PIPELINE_IID",
                                        "5",
                                        "CI_PROJECT_URL",
                                        "https://gitlab.example.org/a/b"),
                                NOW),
                        "the default branch 'main', the tag 'v1', where the source is "
                                + "'https://gitlab.example.org/a/b', "
                                + "where the build is described 'https://gitlab.example.org/a/b', the build number "
                                + "'5'"),
                Arguments.of("nothing", RunEnvironment.jenkins(Map.of(), false, NOW), "nothing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("environments")
    void theFactsOfARunAreInItsVariables(String name, RunFacts facts, String told) {
        assertThat(facts).hasToString(told);
        assertThat(facts.warnings()).isEmpty();
    }

    @Test
    void aLoginInAnAddressIsNotShown() {
        RunFacts facts = new RunFacts(
                Map.of(
                        Fact.SOURCE, "https://user:password@git.example.org/a.git",
                        Fact.URL, "https://user:password@ci.example.org/",
                        Fact.COMMIT, "HEAD password"),
                false,
                NOW);

        assertThat(facts.get(Fact.SOURCE)).contains("https://git.example.org/a");
        assertThat(facts.get(Fact.URL)).isEmpty();
        assertThat(facts.get(Fact.COMMIT)).isEmpty();
        assertThat(facts.warnings())
                .hasSize(2)
                .allMatch(line -> line.startsWith("Warning: ") && !line.contains("password"));
        assertThat(new RunFacts(Map.of(Fact.SOURCE, "ssh://git@h.example.org/a/b.git"), false, NOW).get(Fact.SOURCE))
                .contains("https://h.example.org/a/b");
        assertThat(new RunFacts(Map.of(Fact.SOURCE, "/srv/git/a"), false, NOW).get(Fact.SOURCE))
                .isEmpty();
    }
}
