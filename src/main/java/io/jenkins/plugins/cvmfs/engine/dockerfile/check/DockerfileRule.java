package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import java.util.Arrays;
import java.util.List;

/** All checks, in the order of docs/checks.md. */
public enum DockerfileRule {
    DOCKERFILE_SYNTAX("BuildKit cannot parse the file", "error; warning with a foreign frontend"),
    UNKNOWN_INSTRUCTION(
            "an instruction that docker's frontend does not have", "error; warning with a foreign frontend"),
    SYNTAX_TOO_OLD(
            "`RUN --security` with a `# syntax`, or a builder, older than Dockerfile 1.20",
            "error; warning where the builder's version is unknown (driver `docker`, an existing builder)"),
    DEVICE_NEEDS_LABS(
            "`RUN --device` with a frontend that is not `1.14-labs` or later",
            "error; warning where the builder's frontend is unknown"),
    INSECURE_NOT_GRANTED(
            "`RUN --security=insecure` in a build with `insecure: false`", "error in a stage that is built"),
    INSECURE_NOT_NEEDED("`--security=insecure` in a RUN whose `--device` already provides `/cvmfs`", "warning"),
    DEVICE_MISSING(
            "a RUN that mounts or uses `/cvmfs` without its `--device`, in a build that reads the agent's own",
            "error in a stage that is built, if the mount is certain to run; warning where `/cvmfs` is only used"),
    DEVICE_NOT_REQUIRED("a CVMFS `--device` without `,required`, which BuildKit may silently omit", "warning"),
    MOUNT_NOT_INSECURE(
            "a mount in a RUN without `--security=insecure`",
            "error in a stage that is built, if the mount is certain to run"),
    MOUNT_LOST("`/cvmfs` is used in a later RUN than the mount", "warning"),
    MOUNT_NOT_VERIFIED("work after `mount_cvmfs` or `/run.sh -c` that does not depend on the mount", "warning"),
    CVMFS_NOT_MOUNTED("`/cvmfs/...` is used and nothing in the stage mounts it", "warning"),
    PROBE_NOT_MOUNTED("`cvmfs_config probe` in a RUN that cannot mount", "warning"),
    COPY_FROM_CVMFS("`COPY --from=STAGE /cvmfs/...`", "warning"),
    HELPER_NOT_BOUND("`/cvmfs-helper/mount` without a bind mount of `cvmfs-helper`", "warning"),
    NOT_ROOT("a mount by a USER other than root", "warning"),
    LS_PROVES_NOTHING("`ls /cvmfs/...` as the only check of a mount", "warning"),
    ARG_NOT_DECLARED(
            "`ARG_CVMFS_MOUNTS`, `ARG_MY_UID` or `ARG_MY_GID` without an ARG in the stage that mounts", "warning"),
    SOURCE_WITHOUT_BASH("`source` where the shell is `sh`", "warning"),
    SECRET_IN_ARG("an ARG that looks like a secret", "warning"),
    CACHE_IN_LAYER("the client's cache stays in the image: no cache mount, no `wipecache` in the RUN", "warning"),
    FLOATING_BASE("a base image by `latest` or without a tag, in a build that uses CVMFS", "warning");

    private final String found;
    private final String severity;

    DockerfileRule(String found, String severity) {
        this.found = found;
        this.severity = severity;
    }

    /** Its name in findings and in {@code # check=skip=}: {@code mount-lost}. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The rows of the table in docs/checks.md. */
    public static List<String> table() {
        return Arrays.stream(values())
                .map(rule -> "| `" + rule.id() + "` | " + rule.found + " | " + rule.severity + " |")
                .toList();
    }
}
