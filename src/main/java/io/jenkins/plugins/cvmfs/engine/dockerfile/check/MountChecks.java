package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks of how CVMFS is mounted. */
final class MountChecks {
    private final CheckOptions.Cvmfs cvmfs;
    private final Findings findings;

    MountChecks(CheckOptions.Cvmfs cvmfs, Findings findings) {
        this.cvmfs = cvmfs;
        this.findings = findings;
    }

    /**
     * Checks the RUNs of a stage.
     *
     * @param built whether the build certainly needs the stage
     * @param kept whether the stage's files are in the image
     */
    void check(Stage stage, boolean built, boolean kept) {
        for (Run run : stage.runs()) {
            if (run.isInsecure() && !cvmfs.insecure()) {
                findings.add(
                        DockerfileRule.INSECURE_NOT_GRANTED,
                        built,
                        run.instruction(),
                        "this build does not allow RUN --security=insecure, because "
                                + (cvmfs.host() ? "it reads the agent's own /cvmfs" : "insecure is false"),
                        cvmfs.host() ? DockerfileChecks.WITH_DEVICE + " instead" : "set insecure to true");
            }
            if (run.sourcesWithoutBash()) {
                findings.warn(
                        DockerfileRule.SOURCE_WITHOUT_BASH,
                        run.instruction(),
                        "source is a bash command, but the shell here is sh, which may not have it",
                        "write SHELL [\"/bin/bash\", \"-c\"] above, or . instead of source");
            }
            if (run.mounts() && cvmfs.wanted()) {
                if (run.cvmfsDevice().isPresent()) {
                    // It reads but does not mount.
                } else if (cvmfs.host()) {
                    device(run, built);
                } else {
                    power(run, built);
                    proof(run);
                    cache(run, kept);
                }
                arguments(run);
            }
        }
    }

    private void device(Run run, boolean built) {
        findings.add(
                DockerfileRule.DEVICE_MISSING,
                built && run.any(Command::mountsForSure),
                run.instruction(),
                "this build reads the agent's own /cvmfs, but nothing gives it to this RUN",
                DockerfileChecks.WITH_DEVICE);
    }

    private void power(Run run, boolean built) {
        if (!run.isInsecure()) {
            findings.add(
                    DockerfileRule.MOUNT_NOT_INSECURE,
                    built && run.any(Command::mountsForSure),
                    run.instruction(),
                    "this RUN mounts CVMFS without --security=insecure, which cannot work"
                            + (run.any(Command::hidesFailure) ? "; mount_cvmfs hides the failure" : ""),
                    "write RUN --security=insecure");
        }
        if (run.isNotRoot() && run.any(command -> command.mounts() && !command.isElevated())) {
            findings.warn(
                    DockerfileRule.NOT_ROOT,
                    run.instruction(),
                    "only root can mount, but the USER here is " + run.user(),
                    "write USER root above this RUN, and USER " + run.user() + " below it");
        }
    }

    private void proof(Run run) {
        boolean proven = run.any(command -> command.verifies() || command.isHelper()) || run.any(Command::usesContent);
        String fix = "check each repository with mountpoint -q /cvmfs/REPOSITORY";
        if (proven) {
            return;
        }
        if (run.any(Command::listsRoot)) {
            findings.warn(
                    DockerfileRule.LS_PROVES_NOTHING,
                    run.instruction(),
                    "ls also succeeds on an empty directory, so it does not show that CVMFS is mounted",
                    fix);
        } else if (run.isInsecure() && worksAfterHiddenFailure(run)) {
            findings.warn(
                    DockerfileRule.MOUNT_NOT_VERIFIED,
                    run.instruction(),
                    "mount_cvmfs succeeds even if it mounts nothing, so this RUN may continue without CVMFS",
                    fix);
        }
    }

    private static boolean worksAfterHiddenFailure(Run run) {
        boolean hidden = false;
        for (Command command : run.commands()) {
            if (hidden && !command.isPreparation() && !command.mounts() && !command.wipes()) {
                return true;
            }
            hidden |= command.hidesFailure();
        }
        return false;
    }

    private void cache(Run run, boolean kept) {
        boolean elsewhere = run.mountTargets(Set.of("cache", "tmpfs")).anyMatch(Command::isCache);
        if (kept && run.isInsecure() && !elsewhere && !run.any(Command::wipes)) {
            findings.warn(
                    DockerfileRule.CACHE_IN_LAYER,
                    run.instruction(),
                    "the cache of the CVMFS client stays in the image, with everything that was read from CVMFS",
                    "write --mount=type=cache,target=/var/cache/cvmfs2,sharing=locked (the client's CVMFS_CACHE_BASE), "
                            + "or end the RUN with && cvmfs_config wipecache");
        }
    }

    private void arguments(Run run) {
        List<String> undeclared = undeclared(run);
        if (!undeclared.isEmpty()) {
            findings.warn(
                    DockerfileRule.ARG_NOT_DECLARED,
                    run.instruction(),
                    "the build passes " + String.join(", ", undeclared) + ", but no ARG in this stage declares "
                            + (undeclared.size() == 1 ? "it" : "them"),
                    "write ARG " + String.join(" and ARG ", undeclared) + " below the stage's FROM");
        }
    }

    private List<String> undeclared(Run run) {
        List<String> names = new ArrayList<>();
        if (cvmfs.mounts()
                && run.any(Command::mountsByVariable)
                && !run.declares("ARG_CVMFS_MOUNTS")
                && !run.sets("CVMFS_MOUNTS", "ARG_CVMFS_MOUNTS")) {
            names.add("ARG_CVMFS_MOUNTS");
        }
        identity(run, names, "ARG_MY_UID", cvmfs.uid());
        identity(run, names, "ARG_MY_GID", cvmfs.gid());
        return names;
    }

    private static void identity(Run run, List<String> names, String arg, boolean given) {
        if (!run.declares(arg) && (given || run.refersTo(arg))) {
            names.add(arg);
        }
    }
}
