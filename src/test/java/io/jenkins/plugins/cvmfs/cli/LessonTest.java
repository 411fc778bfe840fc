package io.jenkins.plugins.cvmfs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image of the lesson that the plugin replaces, every option at its default: what {@code plan --json} shows is what
 * the lesson types, what makes it safe to repeat, and nothing else.
 */
class LessonTest {
    /** What the lesson types, in the spelling of one word for each option, but for what replaces it below. */
    private static final List<String> TYPED = List.of(
            "docker",
            "buildx",
            "build",
            "--load",
            "--allow=security.insecure",
            "--build-arg=ARG_CVMFS_MOUNTS=cms.cern.ch oasis.opensciencegrid.org",
            "--build-arg=ARG_MY_UID=$uid",
            "--build-arg=ARG_MY_GID=$gid",
            "--tag=cms-cvmfs-docker:derived",
            ".");

    /**
     * What is added: the builder by its name instead of {@code --use}, the Dockerfile that was checked, an image
     * instead of an index, the files that say what was made, and the end of the options.
     */
    private static final List<String> ADDED = List.of(
            "--builder=$builder",
            "--file=$dir/dockerfile/Dockerfile",
            "--provenance=false",
            "--metadata-file=$dir/results/metadata.json",
            "--iidfile=$dir/results/iid",
            "--");

    private static final List<String> TYPED_FOR_THE_BUILDER = List.of(
            "docker",
            "buildx",
            "create",
            "--name=$builder",
            "--buildkitd-flags=--allow-insecure-entitlement=security.insecure");

    @TempDir
    private Path context;

    private JsonNode plan(String... more) throws Exception {
        Files.writeString(context.resolve("Dockerfile"), """
                # syntax=docker/dockerfile:1
                FROM aperloff/cms-cvmfs-docker:latest
                USER root
                SHELL ["/bin/bash", "-c"]
                ARG ARG_CVMFS_MOUNTS
                ARG ARG_MY_UID
                ARG ARG_MY_GID
                ENV CVMFS_MOUNTS=$ARG_CVMFS_MOUNTS
                ENV MY_UID=$ARG_MY_UID
                ENV MY_GID=$ARG_MY_GID
                RUN --security=insecure source /mount_cvmfs.sh && mount_cvmfs && ls /cvmfs/cms.cern.ch
                ENTRYPOINT ["/run.sh"]
                """);
        List<String> arguments = new ArrayList<>(List.of(
                "plan",
                "--json",
                "--tag=cms-cvmfs-docker:derived",
                "--mounts=cms.cern.ch oasis.opensciencegrid.org",
                "--context=" + context));
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private List<String> words(JsonNode step) {
        List<String> words = new ArrayList<>();
        for (JsonNode word : step.path("command")) {
            String text = word.isTextual() ? word.asText() : word.path("shell").asText();
            words.add(text.equals(context.toString()) ? "." : text);
        }
        return words;
    }

    private static List<String> together(List<String> one, List<String> other) {
        List<String> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    @Test
    void theBuildHasTheLessonsArgumentsAndThoseThatMakeItSafeToRepeat() throws Exception {
        JsonNode steps = plan().path("steps");

        assertThat(steps)
                .extracting(step -> String.join(
                        " ", words(step).subList(0, Math.min(3, words(step).size()))))
                .containsExactly(
                        "choose_builder grant", "docker buildx create", "docker buildx build", "docker image inspect");
        assertThat(words(steps.get(2))).containsExactlyInAnyOrderElementsOf(together(TYPED, ADDED));
        assertThat(words(steps.get(1)))
                .containsExactlyInAnyOrderElementsOf(together(
                        TYPED_FOR_THE_BUILDER,
                        List.of("--driver=docker-container", "--driver-opt=image=moby/buildkit:v0.32.2")));
    }

    @Test
    void aPushReplacesALoad() throws Exception {
        List<String> expected = new ArrayList<>(together(TYPED, ADDED));
        expected.set(expected.indexOf("--load"), "--push");

        assertThat(words(plan("--push").path("steps").get(2))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void thePlanWritesTheScriptAndTheDockerfile() throws Exception {
        assertThat(plan().path("files"))
                .extracting(file -> file.path("path").asText())
                .containsExactlyInAnyOrder("build.sh", "lib.sh", "dockerfile/Dockerfile");
    }
}
