package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.dockerfile.CvmfsDevice;
import io.jenkins.plugins.cvmfs.engine.options.HostDirectory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * This machine as an agent with a CVMFS of its own, which bin/lib/host-cvmfs.sh plays: cms.cern.ch and
 * oasis.opensciencegrid.org are mounted, sft.cern.ch is an automounter's empty place, and the others are not there.
 */
final class HostCvmfs {
    /** Mounted. */
    static final String CMS = "cms.cern.ch";

    /** A directory on which nothing is mounted until a test does. */
    static final String LATE = "sft.cern.ch";

    /** Not there at all. */
    static final String ABSENT = "atlas.cern.ch";

    /** What docker gives a container unless asked: CAP_CHOWN to CAP_SETFCAP, and no SYS_ADMIN. */
    static final String ORDINARY = "00000000a80425fb";

    private HostCvmfs() {}

    /** Whether something plays the agent. */
    static boolean isHere() {
        return System.getenv("HOST_CVMFS") != null;
    }

    /** Skips a test where nothing plays the agent. */
    static void require() {
        assumeTrue(isHere(), "this machine cannot play an agent with CVMFS (bin/test says why)");
    }

    /** Skips a test where the frontend whose RUN has {@code --device} cannot be had. */
    static void requireFrontend(Rig rig) throws Exception {
        assumeTrue(
                rig.canHave(CvmfsDevice.FRONTEND), CvmfsDevice.FRONTEND + ", whose RUN has --device, cannot be pulled");
    }

    /** Skips a test of a RUN where its device or its frontend cannot be had. */
    static void requireDevice(Rig rig) throws Exception {
        require();
        assumeTrue(
                rig.docker("info", "--format", "{{json .DiscoveredDevices}}")
                        .answer()
                        .contains("\"cern.ch/cvmfs=all\""),
                "the engine was not started by bin/test with the CDI device cern.ch/cvmfs=all, or is too old for CDI");
        requireFrontend(rig);
    }

    /** Where this machine has its repositories. */
    static String directory() {
        String directory = System.getenv("HOST_CVMFS");
        assertThat(HostDirectory.isAllowed(directory)).isTrue();
        return directory;
    }

    /** Mounts a repository. */
    static void mount(String repository) throws Exception {
        Path point = Files.createDirectories(Path.of(directory(), repository));
        Ran.of(new ProcessBuilder(
                        "squashfuse",
                        "-o",
                        "allow_other,nosuid,nodev,ro",
                        Path.of(System.getenv("HOST_CVMFS_DATA"), repository + ".squashfs")
                                .toString(),
                        point.toString()))
                .answer();
    }

    /** Takes it off again. */
    static void unmount(String repository) throws Exception {
        Ran.of(new ProcessBuilder("umount", "--lazy", directory() + "/" + repository))
                .answer();
    }
}
