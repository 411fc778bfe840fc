# shellcheck shell=bash
# host_cvmfs_up, host_cvmfs_down: this machine's own CVMFS, played by squashfuse with the repositories of the stand-in
# base image. Like a client with an automounter: cms.cern.ch and oasis.opensciencegrid.org are mounted, sft.cern.ch is
# an empty place.
# shellcheck source=bin/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

_host_cvmfs_example=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../examples/agents" && pwd)/cvmfs.yaml

# Needs the engine and the base image. Sets and exports HOST_CVMFS, the directory, and HOST_CVMFS_DATA, with a file for
# each repository; a private engine has the device cern.ch/cvmfs=all then.
host_cvmfs_up() {
    _host_cvmfs_up || { host_cvmfs_down; return 1; }
}

host_cvmfs_down() {
    [ -z "${ENGINE_CDI:-}" ] || rm -f "$ENGINE_CDI/cvmfs.yaml"
    [ -z "${RIG_DIR:-}" ] || rig_clear_host "$RIG_DIR"
    unset HOST_CVMFS HOST_CVMFS_DATA
}

# host_cvmfs_device DIRECTORY: a private engine gives that directory to the RUNs that ask for cern.ch/cvmfs=all.
host_cvmfs_device() {
    [ -n "${ENGINE_CDI:-}" ] || return 0
    sed "s|hostPath: /cvmfs\$|hostPath: $1|" "$_host_cvmfs_example" >"$ENGINE_CDI/cvmfs.yaml"
}

# host_cvmfs_mount REPOSITORY
host_cvmfs_mount() {
    # It stays, and with it the environment, which holds the passwords of the tests' registries.
    mkdir -p "$HOST_CVMFS/$1" && env -i "PATH=$PATH" squashfuse -o allow_other,nosuid,nodev,ro "$HOST_CVMFS_DATA/$1.squashfs" "$HOST_CVMFS/$1"
}

_host_cvmfs_up() {
    local dir=$RIG_DIR/host container log
    if ! rig_root || [ ! -c /dev/fuse ]; then
        rig_fail "this machine cannot play an agent with its own CVMFS" "that takes root and /dev/fuse" "run as root where /dev/fuse is"
        return 1
    fi
    if [ "$BASE_IMAGE" != "$BASE_IMAGE_STAND_IN" ]; then
        rig_fail "this machine cannot play an agent with its own CVMFS" "$BASE_IMAGE has no repositories to play with" \
            "remove it from the engine, so that the stand-in is used"
        return 1
    fi
    rig_open || return 1
    command -v squashfuse >/dev/null || rig_install squashfuse || return 1
    mkdir -p "$dir/data" "$dir/cvmfs/sft.cern.ch" || return 1
    export HOST_CVMFS=$dir/cvmfs HOST_CVMFS_DATA=$dir/data
    container=$(docker create "$BASE_IMAGE") || return 1
    docker cp -q "$container:/usr/lib/cvmfs-stand-in/." "$dir/data/"
    docker rm "$container" >/dev/null
    # What is mounted there later reaches containers only from a shared mount.
    if ! log=$({ mount --bind "$HOST_CVMFS" "$HOST_CVMFS" && mount --make-rshared "$HOST_CVMFS" &&
        host_cvmfs_mount cms.cern.ch && host_cvmfs_mount oasis.opensciencegrid.org; } 2>&1); then
        rig_fail "this machine cannot play an agent with its own CVMFS" "$(tail -n 1 <<<"$log")" "run where FUSE file systems can be mounted"
        return 1
    fi
    host_cvmfs_device "$HOST_CVMFS"
    rig_say "this machine's CVMFS: $HOST_CVMFS (stand-in)"
}
