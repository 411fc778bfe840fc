# shellcheck shell=bash
# real_cvmfs_up, real_cvmfs_down: this machine's real CVMFS client mounts a repository once more, with a cache of its
# own and by a proxy that counts, so that nothing of the machine's own mounts is touched.
# shellcheck source=bin/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

_real_cvmfs_proxy=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/counting-proxy.py

# real_cvmfs_up REPOSITORY: needs the engine. Sets REAL_CVMFS (the directory with the repository), REAL_CVMFS_VERSION
# and REAL_CVMFS_PROXY, which containers reach as well. Where that cannot be, RIG_WHY says why, in one line.
real_cvmfs_up() {
    _real_cvmfs_up "$1" || { real_cvmfs_down; return 1; }
}

real_cvmfs_down() {
    [ -z "${RIG_DIR:-}" ] || rig_clear_host "$RIG_DIR"
}

# Once more, at first with an empty cache.
real_cvmfs_mount() {
    # It stays, and with it what it inherits.
    env -i "PATH=$PATH" cvmfs2 -o "allow_other,nodev,nosuid,ro,config=$RIG_DIR/host/real.conf" \
        "$REAL_CVMFS_REPOSITORY" "$REAL_CVMFS/$REAL_CVMFS_REPOSITORY"
}

# Takes it off and forgets its cache. A client that was just told to end may hold the cache a little longer.
real_cvmfs_forget() {
    local i
    umount "$REAL_CVMFS/$REAL_CVMFS_REPOSITORY" || return 1
    for ((i = 0; i < 100; i++)); do
        [ -n "$(rig_daemons "$REAL_CVMFS" cvmfs2)" ] || break
        sleep 0.1
    done
    rm -rf --one-file-system "$RIG_DIR/host/cache" && mkdir "$RIG_DIR/host/cache"
}

# How many bytes of content have come from servers.
real_cvmfs_bytes() { cat "$RIG_DIR/host/bytes"; }

_real_cvmfs_up() {
    local dir=$RIG_DIR/host address i log
    REAL_CVMFS_REPOSITORY=$1
    REAL_CVMFS=$dir/real
    if ! rig_root || [ ! -c /dev/fuse ] || ! command -v python3 >/dev/null; then
        RIG_WHY="it takes root, /dev/fuse and python3"
        return 1
    fi
    if ! command -v cvmfs2 >/dev/null; then
        RIG_WHY="this machine has no CernVM-FS client (cvmfs2)"
        return 1
    fi
    rig_open && mkdir -p "$dir/cache" "$dir/run" "$REAL_CVMFS/$1" || return 1
    REAL_CVMFS_VERSION=$(cvmfs2 --version | sed -n 's/.*version //p')
    # The gateway of docker's own network is this machine, for containers and for itself.
    address=$(docker network inspect --format '{{range .IPAM.Config}}{{println .Gateway}}{{end}}' bridge 2>/dev/null |
        grep -m 1 '[0-9]')
    if [ -z "$address" ]; then
        RIG_WHY="the engine has no network by which its containers reach this machine"
        return 1
    fi
    # With the slash, the directory is one of those by which rig_clear_host knows it.
    rig_start "$dir/proxy.log" "$dir/proxy.pid" python3 "$_real_cvmfs_proxy" "$address" "$dir/"
    for ((i = 0; i < 100; i++)); do
        [ ! -s "$dir/port" ] || break
        sleep 0.1
    done
    if [ ! -s "$dir/port" ]; then
        RIG_WHY="the proxy that counts did not start: $(tail -n 1 "$dir/proxy.log")"
        return 1
    fi
    REAL_CVMFS_PROXY=http://$address:$(cat "$dir/port")
    # What the machine says of the repository, and after that what keeps this mount apart.
    {
        cvmfs2 -o parse "$1" "$REAL_CVMFS" 2>/dev/null | sed -n "s/^\(CVMFS_[A-Z0-9_]*\)=\(.*\)    # from .*/\1='\2'/p"
        printf '%s\n' "CVMFS_HTTP_PROXY=$REAL_CVMFS_PROXY" "CVMFS_CACHE_BASE=$dir/cache" \
            "CVMFS_RELOAD_SOCKETS=$dir/run" CVMFS_USER=root CVMFS_SHARED_CACHE=no CVMFS_CHECK_PERMISSIONS=no \
            CVMFS_USYSLOG=
    } >"$dir/real.conf"
    log=$({
        mount --bind "$REAL_CVMFS" "$REAL_CVMFS" && mount --make-rshared "$REAL_CVMFS" && real_cvmfs_mount
    } 2>&1) || :
    if ! mountpoint -q "$REAL_CVMFS/$1"; then
        # shellcheck disable=SC2034 # whoever calls says it
        RIG_WHY="this machine's client does not mount $1: $(tail -n 1 <<<"$log")"
        return 1
    fi
    rig_say "real CVMFS client: $REAL_CVMFS_VERSION, $1"
}
