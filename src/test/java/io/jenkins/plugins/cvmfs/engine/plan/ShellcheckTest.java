package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.dockerfile.HelperContext;
import io.jenkins.plugins.cvmfs.engine.dockerfile.SetupDockerfile;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** shellcheck accepts every script. */
class ShellcheckTest {
    /**
     * A user's dollar sign in single quotes is no mistake: that it is not expanded is what is wanted. Variables and
     * functions of a script are used in its library, and the other way round; a directory that may be another one is
     * checked by whoever sources it.
     */
    private static final String WANTED = "SC2016,SC2034,SC2154,SC2317,SC2329,SC1091";

    private static final String HEX = "0123456789abcdef".repeat(4);

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsShellcheck() {
        assumeTrue(
                Shells.find("shellcheck").isPresent(), "skipped: this machine has no shellcheck (package shellcheck)");
    }

    @Test
    void acceptsWhatAllBuildsHaveInCommon() throws Exception {
        Set<String> posix = new TreeSet<>(Set.of(
                ShellLibrary.text(), ShellLibrary.reap(true, Path.of("list")).get(2)));
        Set<String> bash = new TreeSet<>();
        for (String access : List.of("client", "host")) {
            ImageSpec spec = Specs.valid(Specs.commit().smokeTest("true").cvmfsAccess(access));
            BuildPlan plan = BuildPlan.of(spec, "id");
            posix.addAll(List.of(file(plan, SmokeTest.FILE), HelperContext.mount(spec)));
            bash.addAll(List.of(file(plan, CommitPlan.INSIDE), SetupDockerfile.derive(spec)));
        }

        assertThat(posix).hasSize(6);
        assertThat(complaints("sh", posix)).isEmpty();
        assertThat(bash).hasSize(4);
        assertThat(complaints("bash", bash)).isEmpty();
    }

    @Test
    void acceptsEveryScript() throws Exception {
        Set<String> scripts = new TreeSet<>();
        Set<String> calls = new TreeSet<>();
        for (ImageSpecBuilder options : combinations()) {
            BuildPlan plan = BuildPlan.of(Specs.valid(options), "id");
            scripts.add(plan.script());
            plan.files().stream()
                    .filter(file -> file.path().equals(CommitPlan.CALL))
                    .forEach(file -> calls.add("#!/bin/bash\n" + file.content()));
        }
        assertThat(scripts).hasSizeGreaterThan(100);
        assertThat(calls).hasSizeGreaterThan(1);

        assertThat(complaints("sh", scripts)).isEmpty();
        assertThat(complaints("bash", calls)).isEmpty();
    }

    @Test
    void acceptsTheScriptsOfSeveralImages() throws Exception {
        Set<String> scripts = new TreeSet<>();
        for (boolean together : List.of(true, false)) {
            for (UnaryOperator<ImageSpecBuilder> options : List.<UnaryOperator<ImageSpecBuilder>>of(
                    in -> in.push(true),
                    in -> in.push(true).builderDriver("auto").builderKeep(false).smokeTest("it's"),
                    in -> in.push(true).load(false).setup("echo 'x'").strategy("commit"))) {
                SeveralImagesTest.plan(2, together, options, "a", "b").files().stream()
                        .filter(file -> file.path().endsWith(BuildPlan.SCRIPT))
                        .forEach(file -> scripts.add(file.content()));
            }
        }

        assertThat(scripts).hasSizeGreaterThan(12);
        assertThat(complaints("sh", scripts)).isEmpty();
    }

    private static String file(BuildPlan plan, String path) {
        return plan.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private static List<ImageSpecBuilder> combinations() {
        Map<String, UnaryOperator<ImageSpecBuilder>> sources = new LinkedHashMap<>();
        sources.put("Dockerfile", in -> in.dockerfile("a b").context("it's"));
        sources.put("inline", in -> in.setup("echo 'x'"));
        sources.put("file", in -> in.setupFile("s.sh"));
        sources.put("url", in -> in.setupUrl("https://example.org/s").setupSha256(HEX));
        Map<String, UnaryOperator<ImageSpecBuilder>> builders = new LinkedHashMap<>();
        builders.put("auto", in -> in);
        builders.put("nothing insecure", in -> in.insecure(false).mounts("none"));
        builders.put("kept", in -> in.builderDriver("docker-container"));
        builders.put("auto, ephemeral", in -> in.builderDriver("auto").builderKeep(false));
        builders.put("named", in -> in.builderName("mine").builderDriver("docker-container"));
        builders.put(
                "nodes",
                in -> in.builderNodes(List.of("endpoint=arm platform=linux/arm64", "endpoint=ssh://a"))
                        .builderGc(Map.of("maxUsedSpace", "1GB")));
        builders.put("nodes of this build alone", in -> in.builderKeep(false).builderNodes(List.of("endpoint=arm")));
        builders.put(
                "ephemeral", in -> in.builderKeep(false).buildkitdConfig("x").buildkitdFlags(List.of("--debug")));
        builders.put("own", in -> in.builderDriver("docker"));
        builders.put("existing", in -> in.builderName("mine"));
        builders.put("commit", in -> in.strategy("commit"));
        List<UnaryOperator<ImageSpecBuilder>> results = List.of(
                in -> in.load(true),
                in -> in.push(true),
                in -> in.push(true).load(true),
                in -> in.push(true).tags(List.of("b", "c:2")).load(false).smokeTest("it's"),
                in -> in.load(true).smokeTest("true"));
        List<UnaryOperator<ImageSpecBuilder>> extras = List.of(
                in -> in,
                in -> in.uid("1")
                        .gid("2")
                        .mounts("a.b c.d")
                        .cvmfsPins(List.of("a.b=tag:v"))
                        .insecure(true)
                        .buildArgs(Map.of("A", "$b `c`"))
                        .labels(Map.of("k", "it's")));

        List<ImageSpecBuilder> all = new ArrayList<>();
        sources.forEach((source, from) -> builders.forEach((builder, by) -> {
            if (!(source.equals("Dockerfile") && builder.equals("commit"))) {
                results.forEach(to -> extras.forEach(
                        with -> all.add(with.apply(to.apply(by.apply(from.apply(Specs.dockerfile())))))));
            }
        }));
        return all;
    }

    private String complaints(String dialect, Set<String> scripts) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("shellcheck", "--shell=" + dialect, "--exclude=" + WANTED, "--format=gcc", "--color=never"));
        for (String script : scripts) {
            Path file = directory.resolve(dialect + command.size());
            Files.writeString(file, script);
            command.add(file.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0
                ? ""
                : "shellcheck failed: " + output.lines().limit(40).toList();
    }
}
