package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding.Severity;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What goes wrong where CVMFS is mounted. */
final class MountChecks {
    private final ImageSpec spec;
    private final List<DockerfileFinding> findings;

    MountChecks(ImageSpec spec, List<DockerfileFinding> findings) {
        this.spec = spec;
        this.findings = findings;
    }

    /**
     * Checks the RUNs of a stage.
     *
     * @param built whether the build certainly needs the stage
     * @param kept whether the stage's files are in the image
     */
    void check(Stage stage, boolean built, boolean kept) {
        boolean wanted = !spec.mounts().text().equals("none");
        boolean mounted = mountsAbove(stage);
        boolean lost = false;
        for (Run run : stage.runs()) {
            if (run.isInsecure() && !spec.insecure()) {
                add(
                        "insecure-not-granted",
                        built,
                        run,
                        "RUN --security=insecure is refused, since the build has insecure false; set it to true");
            }
            if (run.sourcesWithoutBash()) {
                add(
                        "source-without-bash",
                        false,
                        run,
                        "source is a command of bash, and the shell here is sh, which need not know it; "
                                + "write SHELL [\"/bin/bash\", \"-c\"] above, or . instead of source");
            }
            if (run.mounts() && wanted) {
                mounting(run, built, kept);
            } else if (mounted
                    && !lost
                    && !run.mounts()
                    && run.any(Command::uses)
                    && run.mountTargets(Set.of("bind", "cache", "tmpfs"))
                            .noneMatch(target -> target.startsWith("/cvmfs"))) {
                lost = true;
                add(
                        "mount-lost",
                        false,
                        run,
                        "CVMFS was mounted in an earlier RUN, and a mount ends with its RUN: /cvmfs is empty here; "
                                + "mount and use in one RUN");
            }
            mounted |= run.mounts();
        }
    }

    private static boolean mountsAbove(Stage stage) {
        for (Stage above = stage.parent(); above != null; above = above.parent()) {
            if (above.runs().stream().anyMatch(Run::mounts)) {
                return true;
            }
        }
        return false;
    }

    private void mounting(Run run, boolean built, boolean kept) {
        if (!run.isInsecure()) {
            boolean certain = built && run.any(command -> command.mounts() && command.certain());
            add(
                    "mount-not-insecure",
                    certain,
                    run,
                    "CVMFS cannot be mounted in a plain RUN, and mount_cvmfs does not say so; write RUN --security=insecure");
        }
        if (run.isNotRoot() && run.any(command -> command.mounts() && !command.isElevated())) {
            add(
                    "not-root",
                    false,
                    run,
                    "only root can mount, and the USER here is " + run.user()
                            + "; write USER root above, and go back to the other one below");
        }
        boolean verified = run.any(command -> command.verifies() || command.isHelper());
        if (run.any(Command::listsRoot) && !verified && !run.any(Command::usesContent)) {
            add(
                    "ls-proves-nothing",
                    false,
                    run,
                    "ls also succeeds where nothing is mounted, on an empty directory; "
                            + "write mountpoint -q /cvmfs/REPOSITORY for each repository");
        }
        List<String> undeclared = undeclared(run);
        if (!undeclared.isEmpty()) {
            add(
                    "arg-not-declared",
                    false,
                    run,
                    "the build gives " + String.join(", ", undeclared) + ", which no ARG in this stage takes up; write "
                            + "ARG " + String.join(" and ARG ", undeclared) + " below the stage's FROM");
        }
        boolean cache = run.mountTargets(Set.of("cache", "tmpfs")).anyMatch(Command::isCache);
        if (kept && run.isInsecure() && !cache && !run.any(Command::wipes)) {
            add(
                    "cache-in-layer",
                    false,
                    run,
                    "what is read from CVMFS stays in the image a second time, in the client's cache; write "
                            + "--mount=type=cache,target=/var/cache/cvmfs2,sharing=locked (the client's CVMFS_CACHE_BASE), or end the RUN with && cvmfs_config wipecache");
        }
    }

    private List<String> undeclared(Run run) {
        List<String> names = new ArrayList<>();
        if (spec.mounts().any()
                && run.any(Command::mountsByVariable)
                && !run.declares("ARG_CVMFS_MOUNTS")
                && !run.sets("CVMFS_MOUNTS", "ARG_CVMFS_MOUNTS")) {
            names.add("ARG_CVMFS_MOUNTS");
        }
        identity(run, names, "ARG_MY_UID", spec.uid());
        identity(run, names, "ARG_MY_GID", spec.gid());
        return names;
    }

    private static void identity(Run run, List<String> names, String arg, String given) {
        if (!run.declares(arg) && (given != null || run.refersTo(arg))) {
            names.add(arg);
        }
    }

    private void add(String id, boolean certain, Run run, String text) {
        findings.add(new DockerfileFinding(id, certain ? Severity.ERROR : Severity.WARNING, run.line(), text));
    }
}
