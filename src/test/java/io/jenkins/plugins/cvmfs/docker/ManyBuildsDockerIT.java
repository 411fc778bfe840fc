package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sixteen builds at once that share one kept builder, as an agent's executors do: each is a process with a workspace of
 * its own.
 */
@ExtendWith(RealEngine.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ManyBuildsDockerIT {
    private static final int MANY = 16;

    // The builds wait for each other in a directory of the builder's, so they end only if all of them run at once.
    private static final String MEET = """
            FROM %s
            USER root
            ARG WORD
            RUN --mount=type=cache,target=/meeting touch "/meeting/$WORD" && n=0 && \\
                until [ "$(ls /meeting | wc -l)" -ge %d ]; do [ "$n" -lt 600 ] || exit 9; n=$((n + 1)); sleep 0.5; done && \\
                echo "$WORD" >/word
            """;

    /** What the builds have in common besides the engine. */
    enum Shared {
        EVERYTHING,
        /** As agents in containers with one volume for docker's configuration. */
        NO_LOCK,
        /** As agents in containers that have no more than the engine's socket in common. */
        ENGINE_ALONE
    }

    @BeforeEach
    void needsBuildKit(Rig rig) throws Exception {
        assumeTrue(
                rig.canHave(BuilderSpec.DEFAULT_IMAGE), "the image " + BuilderSpec.DEFAULT_IMAGE + " cannot be pulled");
        rig.write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
        // How long a build takes depends on what else the machine does, and a long one asks for its steps.
        rig.set("CVMFS_DERIVED_IMAGE_LONG", "100000");
    }

    @Test
    void useAnExistingBuilderWithoutAsking(Rig rig) throws Exception {
        assertThat(Ran.of(build(rig, "first", rig.workspace())).exitCode()).isZero();
        Set<String> made = rig.made();
        Path calls = ContainerBuilderDockerIT.logCalls(rig);

        buildMany(rig, Shared.EVERYTHING);

        assertThat(Files.readAllLines(calls)).hasSize(MANY).allMatch(call -> call.startsWith("buildx build "));
        assertThat(rig.made()).isEqualTo(made).hasSize(3);
        ContainerBuilderDockerIT.removeBuilder(rig);
    }

    @ParameterizedTest
    @EnumSource
    void makeTheOneBuilderWhenThereIsNone(Shared shared, Rig rig) throws Exception {
        Path calls = ContainerBuilderDockerIT.logCalls(rig);
        holdCreate(rig);

        buildMany(rig, shared);

        assertThat(Files.readAllLines(calls))
                .filteredOn(call -> call.startsWith("buildx create "))
                .hasSize(shared == Shared.EVERYTHING ? 1 : MANY);
        assertThat(rig.made())
                .filteredOn(thing -> thing.startsWith("container "))
                .hasSize(1);
        assertThat(rig.made()).filteredOn(thing -> thing.startsWith("volume ")).hasSize(1);
        if (shared == Shared.ENGINE_ALONE) {
            rig.set("BUILDX_CONFIG", rig.home().resolve("store-1").toString());
            String builder = Ran.of(rig.process(
                            "ls", rig.home().resolve("store-1/instances").toString()))
                    .answer();
            rig.docker("buildx", "rm", builder).answer();
            assertThat(rig.made()).isEmpty();
        } else {
            ContainerBuilderDockerIT.removeBuilder(rig);
        }
    }

    /** Nobody makes the builder before all have come to the lock, each to its own or all to the same one. */
    private static void holdCreate(Rig rig) throws Exception {
        Path bin = rig.workspace().resolve("bin");
        String flock = Ran.of(rig.process("sh", "-c", "command -v flock")).answer();
        Path arrived = Files.createDirectory(rig.home().resolve("arrived"));
        write(bin.resolve("flock"), "#!/bin/sh\ntouch '" + arrived + "'/$$\nexec '" + flock + "' \"$@\"\n");
        Path docker = bin.resolve("docker");
        write(docker, Files.readString(docker).replace("exec ", """
                if [ "$2" = create ]; then
                    n=0
                    until [ "$(ls '%s' | wc -l)" -ge %d ] || [ "$n" -ge 1200 ]; do n=$((n + 1)); sleep 0.1; done
                fi
                exec\s""".formatted(arrived, MANY)));
    }

    private static void write(Path command, String script) throws Exception {
        Files.writeString(command, script);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static ProcessBuilder build(Rig rig, String word, Path workspace) {
        return rig.cli(
                        "build",
                        "--builder-driver=docker-container",
                        "--builder-driver-opt=network=host",
                        "--builder-driver-opt=env.CVMFS_TEST=" + rig.id(),
                        "--build-arg=WORD=" + word,
                        "--tag=" + rig.in(Registry.plain(), word + ":1"),
                        "--push",
                        "--record=record.json")
                .directory(workspace.toFile());
    }

    /** Each pushes an image of its own, and not another's. */
    private static void buildMany(Rig rig, Shared shared) throws Exception {
        List<Callable<Ran>> builds = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            Path workspace = Files.createDirectory(rig.home().resolve("workspace-" + i));
            Files.writeString(workspace.resolve("Dockerfile"), MEET.formatted(Rig.baseImageInRegistry(), MANY));
            ProcessBuilder build = build(rig, "word-" + i, workspace);
            if (shared != Shared.EVERYTHING) {
                build.environment()
                        .put("XDG_STATE_HOME", rig.home().resolve("state-" + i).toString());
            }
            if (shared == Shared.ENGINE_ALONE) {
                build.environment()
                        .put("BUILDX_CONFIG", rig.home().resolve("store-" + i).toString());
            }
            builds.add(() -> Ran.of(build));
        }
        ExecutorService threads = Executors.newFixedThreadPool(MANY);
        try {
            List<String> failed = new ArrayList<>();
            for (Future<Ran> ended : threads.invokeAll(builds)) {
                if (ended.get().exitCode() != 0) {
                    failed.add(ended.get().err());
                }
            }
            // Those that were left alone end later, so the first to fail is not always the first in the list.
            assertThat(failed)
                    .as("of %d builds", MANY)
                    .filteredOn(text -> !text.contains("did not complete successfully: exit code: 9"))
                    .isEmpty();
            assertThat(failed).isEmpty();
        } finally {
            threads.shutdownNow();
        }
        Set<String> digests = new HashSet<>();
        for (int i = 1; i <= MANY; i++) {
            ImageRecord record =
                    ImageRecord.fromJson(Files.readString(rig.home().resolve("workspace-" + i + "/record.json")));
            assertThat(record.images())
                    .extracting(image -> image.tag())
                    .containsExactly(rig.in(Registry.plain(), "word-" + i + ":1"));
            assertThat(Registry.plain().digest(record.images().get(0).tag())).contains(record.digest());
            digests.add(record.digest());
        }
        assertThat(digests).hasSize(MANY);
    }
}
