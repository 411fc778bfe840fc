package io.jenkins.plugins.cvmfs.docker;

import static io.jenkins.plugins.cvmfs.docker.FaultRig.BUILDER;
import static io.jenkins.plugins.cvmfs.docker.FaultRig.CONTAINER;
import static io.jenkins.plugins.cvmfs.docker.FaultRig.DIRECTORY;
import static io.jenkins.plugins.cvmfs.docker.FaultRig.LOGIN;
import static io.jenkins.plugins.cvmfs.docker.FaultRig.NOTE;
import static io.jenkins.plugins.cvmfs.docker.FaultRig.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Builds that are stopped, or of which a part is killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FaultStopDockerIT {
    private static final int FOR_EVER = 3000;

    private FaultRig faults;

    @BeforeAll
    void prepare() throws Exception {
        FaultRig.needsEngine();
        faults = new FaultRig();
    }

    @AfterAll
    void close() throws Exception {
        if (faults != null) {
            faults.close();
        }
    }

    @AfterEach
    void clear() throws Exception {
        faults.clear();
    }

    private void row(String what, FaultWay way, FaultBuild build, int code, String told, Set<String> left)
            throws Exception {
        assertThat(build.end()).as("exit code; it wrote: %s", build.output()).isEqualTo(code);
        assertThat(build.told()).as("it wrote: %s", build.output()).isEqualTo(told);
        faults.row(what, way, build, build.outcome(), left);
    }

    private static String failed(FaultWay way) {
        return way == FaultWay.COMMIT
                ? "The setup script failed with exit code "
                : "Building the image failed with exit code ";
    }

    @ParameterizedTest
    @EnumSource
    void stopWhileBuilding(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultBuild build = faults.start(way, FOR_EVER)) {
            build.awaitMiddle().signal("TERM");
            row("SIGTERM while it builds", way, build, 143, "", Set.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopOfTheScript(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultBuild build = faults.start(way, FOR_EVER)) {
            build.awaitMiddle().signalScript("TERM");
            row("SIGTERM to the script", way, build, 1, failed(way) + "143.", Set.of());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"KEPT", "EPHEMERAL"})
    void stopWhileTheBuilderIsCreated(FaultWay way) throws Exception {
        faults.needs(way);
        Map<String, String> held = faults.docker(
                "case \"$1 $2\" in 'buildx create') \"$docker\" \"$@\"; touch \"$here/made\"; exec sleep 600 ;; esac");
        String own = "--builder-driver-opt=env.CVMFS_ROW=" + faults.name();
        try (FaultBuild build = faults.start(way, 0, held, own)) {
            build.await("the builder is made", () -> Files.exists(Path.of(held.get("HERE"), "made")))
                    .signal("TERM");
            if (way == FaultWay.EPHEMERAL) {
                row("SIGTERM while the builder is made", way, build, 143, "", Set.of());
                return;
            }
            // Only noted, not started: the next build does the rest.
            assertThat(build.end()).as(build.output()).isEqualTo(143);
            Set<String> left = faults.awaitLeft(build, Set.of(BUILDER));
            try (FaultBuild next = faults.start(way, 0, own)) {
                assertThat(next.end()).as(next.output()).isZero();
            }
            FaultTable.add(
                    "SIGTERM while the builder is made",
                    way.text(),
                    build.outcome(),
                    left,
                    "the builder, which it uses");
            faults.removeBuilders();
            faults.awaitLeft(build, Set.of());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "EPHEMERAL", mode = EnumSource.Mode.EXCLUDE)
    void stopWhilePushing(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultyRegistry registry = new FaultyRegistry(FaultyRegistry.Fault.SILENCE, Integer.MAX_VALUE);
                FaultBuild build = faults.start(way, 0, "--push", faults.in(registry))) {
            registry.awaitRequest();
            build.signal("TERM");
            row("SIGTERM while it pushes", way, build, 143, "", Set.of());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "COMMIT")
    void stopWhileCommitting(FaultWay way) throws Exception {
        Map<String, String> held = faults.docker("case $1 in commit) touch \"$here/commits\"; exec sleep 600 ;; esac");
        try (FaultBuild build = faults.start(way, 0, held)) {
            build.await("it commits", () -> Files.exists(Path.of(held.get("HERE"), "commits")))
                    .signal("TERM");
            row("SIGTERM while it commits", way, build, 143, "", Set.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void killOfTheScript(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultBuild build = faults.start(way, FOR_EVER)) {
            build.awaitMiddle().signalScript("KILL");
            Set<String> left = way == FaultWay.COMMIT
                    ? Set.of(CONTAINER, NOTE)
                    : way == FaultWay.EPHEMERAL ? Set.of(CONTAINER, VOLUME, BUILDER, NOTE) : Set.of();
            String what = way == FaultWay.COMMIT ? "Running the setup script" : "Building the image";
            row("SIGKILL to the script", way, build, 1, what + " failed with exit code 137.", left);
        }
    }

    @ParameterizedTest
    @EnumSource
    void killOfDocker(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultBuild build = faults.start(way, FOR_EVER, dockerThatStartsItsPlugin())) {
            build.awaitMiddle().signalDocker("KILL");
            row("SIGKILL to docker", way, build, 1, failed(way) + "137.", Set.of());
        }
    }

    /** A script in the place of docker, which builds do not pass over. */
    private Map<String, String> dockerThatStartsItsPlugin() throws Exception {
        return faults.docker("");
    }

    @ParameterizedTest
    @EnumSource(names = "COMMIT", mode = EnumSource.Mode.EXCLUDE)
    void killOfBuildx(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultBuild build = faults.start(way, FOR_EVER, dockerThatStartsItsPlugin())) {
            build.awaitMiddle().signalBuildx("KILL");
            row("SIGKILL to the buildx plugin of docker", way, build, 1, failed(way) + "255.", Set.of());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "COMMIT", mode = EnumSource.Mode.EXCLUDE)
    void killOfBuildxWithoutDocker(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultBuild build = faults.start(way, FOR_EVER)) {
            build.awaitMiddle().signalBuildx("KILL");
            row("SIGKILL to buildx", way, build, 1, failed(way) + "137.", Set.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void killOfTheCommandLine(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultBuild build = faults.start(way, FOR_EVER)) {
            build.awaitMiddle().signal("KILL");
            row("SIGKILL to the command line", way, build, 137, "", Set.of(DIRECTORY, LOGIN));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KEPT, kill",
        "KEPT, rm --force",
        "EPHEMERAL, kill",
        "EPHEMERAL, rm --force",
        "COMMIT, kill",
        "COMMIT, rm --force"
    })
    void killOfTheContainer(FaultWay way, String how) throws Exception {
        faults.needs(way);
        try (FaultBuild build = faults.start(way, FOR_EVER)) {
            build.awaitMiddle();
            faults.rig()
                    .docker(("container " + how + " " + faults.container(way)).split(" "))
                    .answer();
            row(
                    "`docker " + how + "` of the container that builds",
                    way,
                    build,
                    1,
                    failed(way) + (way == FaultWay.COMMIT ? "137." : "1."),
                    Set.of());
        }
    }

    /** As the machine's own want of memory, or the end of a user's session, does it. */
    @ParameterizedTest
    @EnumSource
    void killOfAll(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultBuild build = faults.start(way, FOR_EVER)) {
            build.awaitMiddle().close();
            Set<String> left = way == FaultWay.COMMIT
                    ? Set.of(CONTAINER, NOTE, DIRECTORY, LOGIN)
                    : way == FaultWay.EPHEMERAL
                            ? Set.of(CONTAINER, VOLUME, BUILDER, NOTE, DIRECTORY, LOGIN)
                            : Set.of(DIRECTORY, LOGIN);
            row("SIGKILL to all of its processes", way, build, 137, "", left);
        }
    }

    /** What the next build would do, by hand. */
    @ParameterizedTest
    @EnumSource(names = {"EPHEMERAL", "COMMIT"})
    void reap(FaultWay way) throws Exception {
        faults.needs(way);
        Set<String> left = way == FaultWay.COMMIT
                ? Set.of(CONTAINER, NOTE, DIRECTORY, LOGIN)
                : Set.of(CONTAINER, VOLUME, BUILDER, NOTE, DIRECTORY, LOGIN);
        try (FaultBuild build = faults.start(way, FOR_EVER)) {
            build.awaitMiddle().close();
            faults.awaitLeft(build, left);

            String thing =
                    way == FaultWay.COMMIT ? "The container cvmfs-derived-image-" : "The builder cvmfs-derived-image-";
            String dry = Ran.of(faults.cli(Map.of(), "reap", "--dry-run")).answer();
            assertThat(dry)
                    .contains(thing, "The directory " + faults.rig().temporary())
                    .contains("would be removed")
                    .doesNotContain("is removed");
            faults.awaitLeft(build, left);

            String said = Ran.of(faults.cli(Map.of(), "reap")).answer();
            assertThat(said).isEqualTo(dry.replace("would be removed", "is removed"));
            FaultTable.add(
                    "SIGKILL to all of its processes, then `reap`",
                    way.text(),
                    "exit code 0",
                    faults.awaitLeft(build, Set.of()),
                    "nothing");
            assertThat(Ran.of(faults.cli(Map.of(), "reap")).answer())
                    .isEqualTo("Nothing was left by builds that were killed.");
        }
    }
}
