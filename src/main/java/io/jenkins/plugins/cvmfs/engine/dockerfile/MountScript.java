package io.jenkins.plugins.cvmfs.engine.dockerfile;

/** Bash text that runs inside a container of the base image. */
public final class MountScript {
    /**
     * Ends with an error unless every repository of CVMFS_MOUNTS is a mount point. The base image's own function
     * reports success whatever happened, and {@code ls} succeeds on an empty directory, so neither tells.
     */
    public static final String VERIFY =
            """
            verify_mounts() {
                case "${CVMFS_MOUNTS-}" in
                    '' | none) return 0 ;;
                    all) wanted=$(sed -n 's/^\\([^#[:space:]]*\\)[[:space:]]*\\/cvmfs\\/.*/\\1/p' /etc/fstab) ;;
                    *) wanted=$CVMFS_MOUNTS ;;
                esac
                missing=''
                for repository in $wanted; do
                    mountpoint -q "/cvmfs/$repository" || missing="$missing $repository"
                done
                [ -z "$missing" ] && return 0
                echo "CVMFS is not mounted:$missing" >&2
                return 1
            }
            """;

    private MountScript() {}
}
