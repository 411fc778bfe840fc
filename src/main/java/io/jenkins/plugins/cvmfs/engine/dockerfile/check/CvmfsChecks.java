package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Instruction;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.RunDevice;
import java.util.List;
import java.util.Optional;

/** Checks of the use of CVMFS, or of content copied from elsewhere than a mount. */
final class CvmfsChecks {
    private final boolean host;
    private final Stages stages;
    private final Findings findings;

    /** @param host whether the build reads the agent's own /cvmfs instead of mounting */
    CvmfsChecks(boolean host, Stages stages, Findings findings) {
        this.host = host;
        this.stages = stages;
        this.findings = findings;
    }

    void check(Stage stage) {
        boolean mounted = stage.parent() != null && stage.parent().mounts();
        boolean told = false;
        for (Run run : stage.runs()) {
            device(run);
            helper(stage, run);
            probe(run);
            if (!told && !run.mounts() && !run.isGivenCvmfs() && !stage.bringsCvmfs() && run.any(Command::uses)) {
                told = true;
                unmounted(run, mounted);
            }
            mounted |= run.mounts();
        }
        stage.copies().forEach(this::copy);
    }

    private void unmounted(Run run, boolean earlier) {
        if (host) {
            findings.warn(
                    DockerfileRule.DEVICE_MISSING,
                    run.instruction(),
                    "this RUN uses /cvmfs, but nothing gives it the agent's own, so it is empty",
                    DockerfileChecks.WITH_DEVICE);
        } else if (earlier) {
            findings.warn(
                    DockerfileRule.MOUNT_LOST,
                    run.instruction(),
                    "/cvmfs is empty in this RUN, because a mount ends with the RUN that made it",
                    "mount and use CVMFS in the same RUN");
        } else {
            findings.warn(
                    DockerfileRule.CVMFS_NOT_MOUNTED,
                    run.instruction(),
                    "this RUN uses /cvmfs, but nothing mounts it, so it is empty",
                    "mount it in the same RUN: RUN --security=insecure --mount=type=bind,from=cvmfs-helper,"
                            + "target=/cvmfs-helper /cvmfs-helper/mount && ...");
        }
    }

    private void device(Run run) {
        Optional<RunDevice> device = run.cvmfsDevice();
        if (device.isEmpty()) {
            return;
        }
        if (!device.get().required()) {
            findings.warn(
                    DockerfileRule.DEVICE_NOT_REQUIRED,
                    run.instruction(),
                    "if the builder does not have this device, BuildKit silently omits it, and /cvmfs is empty",
                    "write --device=" + device.get().name() + ",required");
        }
        if (run.isInsecure()) {
            findings.warn(
                    DockerfileRule.INSECURE_NOT_NEEDED,
                    run.instruction(),
                    "the device already provides /cvmfs, so this RUN does not need the root-like power of --security=insecure",
                    "remove --security=insecure and do not mount");
        }
    }

    private void helper(Stage stage, Run run) {
        for (Command command : run.commands()) {
            String path = command.path();
            if (command.isHelper()
                    && path.startsWith("/")
                    && !stage.copiesHelper()
                    && !run.isBound(path.substring(0, path.lastIndexOf('/')))) {
                findings.warn(
                        DockerfileRule.HELPER_NOT_BOUND,
                        run.instruction(),
                        path + " does not exist in this RUN, because nothing binds the build context "
                                + DockerfileChecks.HELPER,
                        "write RUN --mount=type=bind,from=" + DockerfileChecks.HELPER + ",target="
                                + path.substring(0, path.lastIndexOf('/')));
                return;
            }
        }
    }

    private void probe(Run run) {
        if (!run.isInsecure() && !run.mounts() && !run.isGivenCvmfs() && run.any(Command::probes)) {
            findings.warn(
                    DockerfileRule.PROBE_NOT_MOUNTED,
                    run.instruction(),
                    "cvmfs_config probe fails in a RUN without --security=insecure, because CVMFS cannot be mounted there",
                    "probe in the RUN that mounts");
        }
    }

    private void copy(Instruction in) {
        List<String> words = in.split();
        Stage source = stages.find(in.flag("from").orElse(""));
        boolean cvmfs = words.size() > 1
                && words.subList(0, words.size() - 1).stream()
                        .anyMatch(word -> word.equals("/cvmfs") || word.startsWith("/cvmfs/"));
        if (source != null && cvmfs && !source.bringsCvmfs()) {
            findings.warn(
                    DockerfileRule.COPY_FROM_CVMFS,
                    in,
                    "/cvmfs is empty in that stage's files, because a mount ends with the RUN that made it",
                    "copy the files to another directory in the RUN that mounts, and COPY from there");
        }
    }
}
