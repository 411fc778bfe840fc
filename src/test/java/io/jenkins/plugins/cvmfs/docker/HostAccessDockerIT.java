package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds that read the agent's own CVMFS, with no more power than any container of the engine. */
@ExtendWith(RealEngine.class)
class HostAccessDockerIT {
    private static final String COMMIT = "commit";
    private static final String BUILDX = "buildx";

    private static final String SETUP = """
            #!/bin/bash
            set -e
            cp /cvmfs/cms.cern.ch/README /home/cmsusr/readme
            sed -n 's/^CapBnd:[[:space:]]*//p' /proc/self/status >/home/cmsusr/capabilities
            touch /cvmfs/cms.cern.ch/a 2>/home/cmsusr/writing && exit 1
            touch /cvmfs/a 2>>/home/cmsusr/writing && exit 1
            [ ! -e /dev/fuse ]
            """;

    private static ImageSpecBuilder image(Rig rig, String strategy, String... tags) throws Exception {
        if (strategy.equals(BUILDX)) {
            HostCvmfs.requireDevice(rig);
        } else {
            HostCvmfs.require();
        }
        return new ImageSpecBuilder()
                .tags(List.of(tags))
                .strategy(strategy)
                .cvmfsAccess("host")
                .cvmfsHostPath(HostCvmfs.directory())
                .baseImage(Rig.baseImage())
                .mounts(HostCvmfs.CMS)
                .setup(SETUP);
    }

    private static void assertFails(Rig rig, ImageSpecBuilder options, String... finding) {
        assertThatThrownBy(() -> rig.build(options))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding()).contains(finding));
    }

    @ParameterizedTest
    @ValueSource(strings = {COMMIT, BUILDX})
    void aSetupScriptReadsWithOrdinaryCapabilities(String strategy, Rig rig) throws Exception {
        String tag = rig.local("a:1");
        ImageRecord record = rig.build(image(rig, strategy, tag)
                .smokeTest("diff /home/cmsusr/readme /cvmfs/cms.cern.ch/README && grep -q 'CapBnd:.*"
                        + HostCvmfs.ORDINARY + "' /proc/self/status"));

        Cvmfs.assertCopied(rig, tag, "/home/cmsusr/readme");
        Cvmfs.assertRevisions(rig, tag, record);
        assertThat(rig.inside(tag, "cat /home/cmsusr/capabilities")).isEqualTo(HostCvmfs.ORDINARY);
        assertThat(rig.inside(tag, "cat /home/cmsusr/writing").lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).endsWith("Read-only file system"));
        assertThat(Cvmfs.cachedFiles(rig, tag)).isZero();
        assertThat(rig.made()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {COMMIT, BUILDX})
    void missingThingsOfTheAgentAreNamed(String strategy, Rig rig) throws Exception {
        String mounts = String.join(" ", HostCvmfs.CMS, HostCvmfs.LATE, HostCvmfs.ABSENT);
        assertFails(
                rig,
                image(rig, strategy, rig.local("a:1")).mounts(mounts),
                "Mounting CVMFS for the setup script failed.",
                "sft.cern.ch (on the agent: an empty directory, on which nothing is mounted)",
                "atlas.cern.ch (on the agent: No such file or directory)",
                "cvmfs_config probe sft.cern.ch");
        assertThat(rig.hasImage(rig.local("a:1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {COMMIT, BUILDX})
    void aRepositoryThatIsMountedWhileTheBuildRunsIsSeen(String strategy, Rig rig) throws Exception {
        String tag = rig.local("a:1");
        ImageSpecBuilder options = image(rig, strategy, tag).setup("""
                        #!/bin/bash
                        for _ in $(seq 300); do
                            ls /cvmfs/sft.cern.ch/lcg >/home/cmsusr/seen 2>/dev/null && exit
                            sleep 0.1
                        done
                        exit 1
                        """).noCache(strategy.equals(BUILDX));
        CompletableFuture<Void> later = CompletableFuture.runAsync(
                () -> {
                    try {
                        HostCvmfs.mount(HostCvmfs.LATE);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
        try {
            rig.build(options);
        } finally {
            later.join();
            HostCvmfs.unmount(HostCvmfs.LATE);
        }
        assertThat(rig.inside(tag, "cat /home/cmsusr/seen")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {COMMIT, BUILDX})
    void aPinIsComparedWithWhatIsMounted(String strategy, Rig rig) throws Exception {
        ImageRecord record = rig.build(image(rig, strategy, rig.local("a:1")));
        String hash = record.repositories().get(0).rootHash();

        rig.build(image(rig, strategy, rig.local("b:1")).cvmfsPins(List.of("cms.cern.ch=" + hash)));
        String other = "0".repeat(40);
        assertFails(
                rig,
                image(rig, strategy, rig.local("c:1")).cvmfsPins(List.of("cms.cern.ch=" + other)),
                "Mounting CVMFS for the setup script failed.",
                "has the root hash " + hash + " on the agent, but is pinned to " + other,
                "cvmfsPins");
        assertThat(rig.hasImage(rig.local("c:1"))).isFalse();
    }

    @Test
    void aDockerfileVerifiesWithTheHelper(Rig rig) throws Exception {
        HostCvmfs.requireDevice(rig);
        String run = "RUN --device=cern.ch/cvmfs=all,required "
                + "--mount=type=bind,from=cvmfs-helper,target=/cvmfs-helper /cvmfs-helper/mount";
        String head = "# syntax=docker/dockerfile:1-labs\nFROM " + Rig.baseImage() + "\nARG ARG_CVMFS_MOUNTS\n";
        rig.write("Dockerfile", head + run + " && cp /cvmfs/cms.cern.ch/README /readme\n");
        String tag = rig.local("a:1");
        ImageSpecBuilder options =
                new ImageSpecBuilder().tags(List.of(tag)).cvmfsAccess("host").cvmfsHostPath(HostCvmfs.directory());
        ImageRecord record = rig.build(options.mounts(HostCvmfs.CMS));
        Cvmfs.assertCopied(rig, tag, "/readme");
        Cvmfs.assertRevisions(rig, tag, record);

        rig.write("Dockerfile", head + run.replaceFirst("--device=\\S+ ", "") + "\n");
        assertFails(
                rig,
                options,
                "was not given the agent's /cvmfs",
                "(on the agent: nothing gives this container the agent's /cvmfs)",
                "--device=cern.ch/cvmfs=all,required");
    }

    @Test
    void aMachineWithoutTheDirectoryIsNamed(Rig rig) throws Exception {
        assertFails(
                rig,
                image(rig, COMMIT, rig.local("a:1")).cvmfsHostPath(rig.home() + "/cvmfs"),
                "Starting the container of the setup script failed",
                "The machine of the engine has no directory " + rig.home() + "/cvmfs",
                "cvmfsHostPath");
    }
}
