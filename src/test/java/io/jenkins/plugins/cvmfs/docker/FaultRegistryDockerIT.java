package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.docker.FaultyRegistry.Fault;
import java.io.IOException;
import java.io.OutputStream;
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

/** Builds whose registry, disk or result file fails them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FaultRegistryDockerIT {
    private static final int ALWAYS = Integer.MAX_VALUE;
    private static final int A_MOMENT = 5;

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

    private void row(String what, FaultWay way, FaultBuild build, String outcome) throws Exception {
        faults.row(what, way, build, outcome, Set.of());
    }

    /** docker itself asks again, and so do we where it gives up. */
    @ParameterizedTest
    @EnumSource(names = "EPHEMERAL", mode = EnumSource.Mode.EXCLUDE)
    void aRegistryWithATemporaryProblem(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultyRegistry registry = new FaultyRegistry(Fault.ERROR, 2);
                FaultBuild build = faults.start(way, 0, "--push", faults.in(registry))) {
            assertThat(build.end()).as(build.output()).isZero();
            row("the registry answers 500 twice", way, build, "exit code 0");
        }
    }

    /** One pause instead of three; the engine's own pushes would take almost a minute each time. */
    @ParameterizedTest
    @EnumSource(names = "KEPT")
    void aRegistryThatStaysDown(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultyRegistry registry = new FaultyRegistry(Fault.ERROR, ALWAYS);
                FaultBuild build = faults.start(
                        way, 0, Map.of("CVMFS_DERIVED_IMAGE_PAUSES", "0"), "--push", faults.in(registry))) {
            assertThat(build.end()).as(build.output()).isEqualTo(1);
            assertThat(build.output()).containsOnlyOnce("The push failed, perhaps only temporarily; retrying");
            assertThat(build.why()).contains("500 Internal Server Error");
            row("the registry answers 500 for ever", way, build, build.outcome());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "EPHEMERAL", mode = EnumSource.Mode.EXCLUDE)
    void aRegistryThatRefuses(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultyRegistry registry = new FaultyRegistry(Fault.REFUSAL, ALWAYS);
                FaultBuild build = faults.start(way, 0, "--push", faults.in(registry))) {
            assertThat(build.end()).as(build.output()).isEqualTo(1);
            assertThat(build.why()).endsWith("refuses access with the build's login.");
            assertThat(build.output()).doesNotContain("done again");
            row("the registry answers 401", way, build, build.outcome());
        }
    }

    @ParameterizedTest
    @CsvSource({"ENGINE, before", "COMMIT, before", "ENGINE, while", "KEPT, while", "COMMIT, while"})
    void aFullDisk(FaultWay way, String when) throws Exception {
        faults.needs(way);
        Path disk = faults.rig().temporary();
        assumeTrue(
                Ran.of(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", disk.toString()))
                        .ok(),
                "a small disk cannot be mounted");
        try {
            Path filler = disk.resolve("filler");
            if (when.equals("before")) {
                fill(filler);
            }
            try (FaultBuild build = faults.start(way, A_MOMENT)) {
                if (!when.equals("before")) {
                    build.awaitMiddle();
                    fill(filler);
                }
                assertThat(build.end()).as(build.output()).isEqualTo(1);
                assertThat(build.output()).containsIgnoringCase("no space left on device");
                Files.delete(filler);
                row(
                        "the disk of the temporary files is full "
                                + (when.equals("before") ? "from the start" : "while it builds"),
                        way,
                        build,
                        build.outcome());
            }
        } finally {
            Ran.of(new ProcessBuilder("umount", disk.toString())).answer();
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ENGINE, is empty, : >\"$file\"",
        "KEPT, is cut off, head -c 40 \"$file\" >\"$here/start\"; cat \"$here/start\" >\"$file\"",
        "ENGINE, cannot be read, rm \"$file\"; mkdir \"$file\""
    })
    void aDamagedMetadataFile(FaultWay way, String how, String damage) throws Exception {
        faults.needs(way);
        Map<String, String> damaging = faults.docker("case \"$1 $2\" in 'buildx build') \"$docker\" \"$@\" || exit\n"
                + "for word; do case $word in --metadata-file=*) file=${word#*=}; " + damage
                + " ;; esac; done; exit 0 ;; esac");
        try (FaultBuild build = faults.start(way, 0, damaging)) {
            assertThat(build.end()).as(build.output()).isEqualTo(1);
            assertThat(build.output()).contains("metadata");
            row("the metadata file " + how, way, build, build.outcome());
        }
    }
}
