package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.dockerfile.HelperContext;
import io.jenkins.plugins.cvmfs.engine.dockerfile.MountScript;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** shellcheck accepts every script. */
class ShellcheckTest {
    private static final Set<String> BASH = Set.of("inside", "context/derive");
    private static final Set<String> POSIX = Set.of(BuildPlan.SCRIPT, "smoke");

    /** A user's dollar sign in single quotes is no mistake: that it is not expanded is what is wanted. */
    private static final String WANTED = "SC2016";

    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void acceptsEveryCombination(@TempDir Path directory) throws Exception {
        assumeTrue(
                Shells.find("shellcheck").isPresent(), "skipped: this machine has no shellcheck (package shellcheck)");
        Set<String> posix = new TreeSet<>();
        Set<String> bash = new TreeSet<>();
        for (ImageSpecBuilder options : combinations()) {
            for (PlannedFile file : BuildPlan.of(Specs.valid(options), "id").files()) {
                if (POSIX.contains(file.path())) {
                    posix.add(file.content());
                } else if (BASH.contains(file.path())) {
                    bash.add(file.content());
                }
            }
        }
        posix.add(HelperContext.mount());
        posix.add("#!/bin/sh\nset -e\n" + MountScript.MOUNT + MountScript.SETTINGS
                + "apply_settings /s\nmount_repositories\ndrop_settings\n");
        assertThat(posix).hasSizeGreaterThan(100);
        assertThat(bash).hasSizeGreaterThanOrEqualTo(BASH.size());

        assertThat(complaints("sh", posix, directory)).isEmpty();
        assertThat(complaints("bash", bash, directory)).isEmpty();
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

    private static String complaints(String dialect, Set<String> scripts, Path directory) throws Exception {
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
