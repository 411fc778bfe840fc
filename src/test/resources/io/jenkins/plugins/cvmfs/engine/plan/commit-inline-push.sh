#!/bin/sh
# Builds one derived image. Run it from the directory in which the build's relative paths start.
set -eu
dir=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
child=''
exec 3</dev/null
mkdir -p "$dir/results"
echo "$$" >"$dir/pid"
# What would have the build take other sources or another builder than the plan names.
unset EXPERIMENTAL_BUILDKIT_SOURCE_POLICY BUILDX_BUILDER BUILDKIT_HOST BUILDX_METADATA_PROVENANCE TAR_OPTIONS

phase() {
    printf '%s\n' "$1" >"$dir/results/phase"
}

# Takes its input from descriptor 3. The shell answers a signal only between commands, so it waits instead.
run() {
    code=0
    "$@" <&3 3<&- &
    child=$!
    wait "$child" || code=$?
    child=''
    return "$code"
}

# What a command writes is a tar archive with a file of an image, which may be anything: at most 64 KiB of text are taken.
take_revisions() {
    mkfifo "$dir/stream" || return 0
    tar -xOf - repositories <"$dir/stream" 2>/dev/null | head -c 65536 >"$dir/results/repositories" &
    reader=$!
    run "$@" >"$dir/stream" 2>/dev/null || :
    wait "$reader" || :
}

state=${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}/cvmfs-derived-image
engine="${DOCKER_HOST:-} ${DOCKER_CONTEXT:-}"

here() {
    host=$(uname -n)
    read -r boot </proc/sys/kernel/random/boot_id
    namespace=$(readlink /proc/self/ns/pid)
}

# When a process started: its number alone may be another's later.
start_of() {
    start=''
    if IFS= read -r stat 2>/dev/null <"/proc/$1/stat"; then
        # shellcheck disable=SC2086
        set -- ${stat##*) }
        # One that has ended stays as a zombie until its parent asks; the first process of a container may never do.
        [ "$1" = Z ] || start=${20}
    fi
}

# Whether the owner (host boot namespace pid start time) still runs. Elsewhere only the time tells: two days.
alive() {
    here
    if [ "$1 $2 $3" = "$host $boot $namespace" ]; then
        start_of "$4"
        [ "$start" = "$5" ]
    elif [ "$1" = "$host" ] && [ "$2" != "$boot" ]; then
        return 1
    else
        [ "$(($(date +%s) - $6))" -lt 172800 ]
    fi
}

owner() {
    here
    start_of "$$"
    echo "$host $boot $namespace $$ $start $(date +%s)"
}

# Notes what is about to be made, so that the next build removes it should this one be killed.
note() {
    { mkdir -p "$state" && printf '%s\n' "$(owner)" "$1 $2" "$engine" >"$state/$2.new" && mv "$state/$2.new" "$state/$2.made"; } 2>/dev/null || :
}

# What this engine has of a builder.
remove_nodes() {
    nodes=$(docker container ls --all --quiet --filter "name=^buildx_buildkit_$1[0-9]\$") || return 1
    # shellcheck disable=SC2086
    [ -z "$nodes" ] || docker container rm --force $nodes >/dev/null || return 1
    nodes=$(docker volume ls --quiet --filter "name=^buildx_buildkit_$1[0-9]_state\$") || return 1
    # shellcheck disable=SC2086
    [ -z "$nodes" ] || docker volume rm --force $nodes >/dev/null
}

remove() {
    if [ "$1" = builder ]; then
        # What it says is of no use, and could not be said where the output has gone with its reader.
        if docker buildx rm --force "$2" >/dev/null 2>&1; then
            # Without a node's container it leaves the volume. There may be no engine here.
            remove_nodes "$2" 2>/dev/null || :
        else
            remove_nodes "$2"
        fi
    elif [ "$1" = image ]; then
        { docker container rm --force --volumes "$2"; docker image rm "$2" || docker version; } >/dev/null 2>&1
    else
        docker container rm --force --volumes "$2" >/dev/null || docker version >/dev/null
    fi && rm -f "$state/$2.made"
}

reap() {
    for left in "$state"/*.made; do
        [ -e "$left" ] || continue
        { read -r owner && read -r kind name && IFS= read -r where; } 2>/dev/null <"$left" || continue
        # shellcheck disable=SC2086
        if [ "$where" != "$engine" ] || alive $owner; then
            continue
        fi
        echo "The $kind $name was left by a build that was killed; it ${dry:-is} removed." >&2
        ${dry:+:} remove "$kind" "$name" || :
    done
}

container=cvmfs-derived-image-plan
made=''

# Runs a command and keeps the end of its errors, but leaves a terminal to it.
watched() {
    : >"$dir/errors"
    if [ -t 2 ]; then
        run "$@"
        return
    fi
    rm -f "$dir/said" "$dir/last"
    mkfifo "$dir/said" "$dir/last"
    tail -n 20 <"$dir/last" >"$dir/errors" &
    tee "$dir/last" <"$dir/said" >&2 &
    run "$@" 2>"$dir/said" || :
    wait
    return "$code"
}

# Whether the push failed, and for what passes.
passing() {
    grep -Eiq '(.*[ :])?(408|429|5[0-9][0-9]) [A-Z]|.*(timeout|timed out|deadline exceeded|connection reset|broken pipe|EOF$)' "$dir/errors"
}

pushed() {
    watched "$@" || :
    for pause in ${CVMFS_DERIVED_IMAGE_PAUSES:-2 6 18}; do
        if [ "$code" -eq 0 ] || [ "$code" -ge 126 ] || ! passing; then
            return "$code"
        fi
        echo "The push failed, perhaps for a moment only; it is done again in $pause seconds." >&2
        run sleep "$pause"
        watched "$@" || :
    done
    return "$code"
}

clean_up() {
    [ -z "$made" ] || remove container "$container" || :
}

stop() {
    trap '' TERM INT HUP
    if [ -n "$child" ]; then
        kill -TERM "$child" 2>/dev/null || :
        wait "$child" || :
    fi
    exit "$1"
}

trap 'code=$?; trap "" TERM INT HUP; clean_up; exit "$code"' EXIT
trap 'stop 129' HUP
trap 'stop 130' INT
trap 'stop 143' TERM

[ ! -r /proc/self/stat ] || reap
{ sha256sum <"$dir/setup" && id -u && id -g; } >"$dir/results/source" 2>/dev/null || :
phase build
note container "$container"
made=yes
run docker run --interactive --init \
    --name="$container" \
    --device=/dev/fuse \
    --cap-add=SYS_ADMIN \
    --security-opt=apparmor=unconfined \
    --entrypoint=/bin/bash \
    -- \
    aperloff/cms-cvmfs-docker:latest \
    -c \
    "$(cat "$dir/inside")" \
    derive \
    true \
    CVMFS_MOUNTS=cms.cern.ch \
    "MY_UID=$(id -u)" \
    "MY_GID=$(id -g)" 3<"$dir/setup"
phase commit
docker image inspect \
    '--format={{json .Config.Entrypoint}}{{println}}{{json .Config.Cmd}}{{println}}{{json .}}' \
    -- \
    aperloff/cms-cvmfs-docker:latest >"$dir/results/base-image.json"
{ IFS= read -r entrypoint && IFS= read -r cmd; } <"$dir/results/base-image.json"
[ "$entrypoint" != null ] || entrypoint='[]'
[ "$cmd" != null ] || cmd='[]'
run docker commit --change="ENTRYPOINT $entrypoint" --change="CMD $cmd" -- "$container" example.org/image:1 >"$dir/results/iid"
docker tag -- "$(cat "$dir/results/iid")" other.example.org/image:2
phase publish
pushed docker push -- example.org/image:1
pushed docker push -- other.example.org/image:2
phase collect
docker image inspect '--format={{json .}}' -- "$(cat "$dir/results/iid")" >"$dir/results/image.json"
take_revisions docker cp -- "$container:/usr/share/cvmfs-derived-image/repositories" -
docker image rm -- example.org/image:1 other.example.org/image:2 >/dev/null

# ---- inside
#!/bin/bash
set -e
cvmfs_attribute() {
    if command -v attr >/dev/null; then
        attr -qg "$1" "/cvmfs/$2"
    elif command -v getfattr >/dev/null; then
        getfattr --only-values -n "user.$1" "/cvmfs/$2"
    elif command -v python3 >/dev/null; then
        python3 -c 'import os, sys; sys.stdout.write(os.getxattr(sys.argv[2], "user." + sys.argv[1]).decode())' "$1" "/cvmfs/$2"
    elif [ "$1" = revision ]; then
        cvmfs_talk -i "$2" revision
    fi 2>/dev/null
}
note_repositories() {
    noted=/usr/share/cvmfs-derived-image/repositories
    mkdir -p "${noted%/*}"
    touch "$noted"
    for name; do
        revision=$(cvmfs_attribute revision "$name" | tr -cd '0-9')
        hash=$(cvmfs_attribute root_hash "$name" | tr -cd '0-9a-z-')
        pin=$(awk -F = '$1 == "CVMFS_ROOT_HASH" { pin = $2 } END { gsub(/["\047]/, "", pin); print pin }' \
            "/etc/cvmfs/config.d/$name.local" 2>/dev/null || :)
        if [ -n "$pin" ] && [ -n "$hash" ] && [ "$pin" != "$hash" ]; then
            echo "CVMFS is not mounted as asked: $name has the root hash $hash, but is pinned to $pin" >&2
            return 1
        fi
        if [ -z "$pin" ] && cvmfs_attribute logbuffer "$name" | grep -q 'entering offline mode'; then
            echo "Warning: $name is mounted from the client's cache alone, at revision ${revision:-unknown}: no server answers, so there may be a newer one" >&2
        fi
        awk -v name="$name" '$1 != name' "$noted" >"$noted.new"
        echo "$name ${revision:--} ${hash:--}" >>"$noted.new"
        mv "$noted.new" "$noted"
    done
}
mount_repository() {
    if grep -q "[[:space:]]/cvmfs/$1[[:space:]]" /etc/fstab; then mount "/cvmfs/$1"; else mount -t cvmfs "$1" "/cvmfs/$1"; fi
}
# A cache that is kept may be another image's, whose client has another number.
own_cache() {
    cache=$(cat /etc/cvmfs/default.conf /etc/cvmfs/default.local 2>/dev/null |
        awk -F = '$1 == "CVMFS_CACHE_BASE" { cache = $2 } END { gsub(/["\047]/, "", cache); print cache }')
    [ -d "$cache" ] && [ -n "$(find "$cache" -maxdepth 2 ! -user cvmfs ! -user root -print 2>/dev/null | head -n 1)" ] || return 0
    chown -R cvmfs "$cache"
}
# The lines of the client's log, then what it wrote itself and the log lacks.
tell_reason() {
    why=$(mktemp -d) || return 0
    # The client writes as its own user.
    chmod 777 "$why"
    printf '%s
' "CVMFS_USYSLOG=$why/log" CVMFS_TIMEOUT=2 CVMFS_TIMEOUT_DIRECT=2 CVMFS_MAX_RETRIES=0 >"$why/default.local"
    if apply_settings "$why"; then
        mount_repository "$1" || :
        umount "/cvmfs/$1" || again=no
        drop_settings
        [ -n "${again-}" ] || mount_repository "$1" || :
    fi </dev/null >/dev/null 2>&1
    touch "$why/log"
    awk '
        FNR == NR { sub(/^[^(]*[(][^)]*[)] /, "") }
        FNR == NR && /switching proxy from [(]none[)]/ && !server {
            server = proxy = $0
            sub(/^.*Current host: /, "", server)
            sub(/[]]$/, "", server)
            sub(/^.*[(]none[)] to /, "", proxy)
            sub(/[.] Reason: .*$/, "", proxy)
        }
        /switching |GeoAPI|geographic order|re-building|crashed previously|^CernVM-FS: / { next }
        FNR == NR && /Failed to initialize root file catalog/ { next }
        FNR == NR { sub(/^[(]manager [^)]*[)] /, "") }
        FNR != NR && said && /^Failed to initialize root file catalog/ { next }
        $0 != "" && index(said, $0) == 0 { said = said (said ? "; " : "") $0 }
        END { print said (server && said ~ /manifest|whitelist|catalog/ ? "; it asked " server " by way of " proxy : "") }
    ' "$why/log" "$2" 2>/dev/null | cut -c1-600
    rm -rf "$why"
}
mount_repositories() (
    wanted=''
    for name in ${CVMFS_MOUNTS-}; do
        case $name in
            [Nn][Oo][Nn][Ee]) ;;
            [Aa][Ll][Ll]) wanted="$wanted $(sed -n 's/^[^#[:space:]]\{1,\}[[:space:]]\{1,\}\/cvmfs\/\([^[:space:]]*\).*/\1/p' /etc/fstab)" ;;
            *) wanted="$wanted $name" ;;
        esac
    done
    missing=''
    [ -z "$wanted" ] || own_cache
    for name in $wanted; do
        point=/cvmfs/$name
        mountpoint -q "$point" && continue
        # What mounts stays in the background: it may hold a file open, but not a pipe that is waited for.
        log=$(mktemp)
        { mkdir -p "$point" && mount_repository "$name"; } </dev/null 2>"$log" >/dev/null || :
        if ! mountpoint -q "$point"; then
            reason=$(tell_reason "$name" "$log") || :
            mountpoint -q "$point" || missing="$missing${missing:+, }$name (the client says: $reason)"
        fi
        rm -f "$log"
    done
    if [ -z "$missing" ]; then
        # shellcheck disable=SC2086 # a word each
        [ -z "$wanted" ] || note_repositories $wanted
        exit
    fi
    echo "CVMFS is not mounted: $missing" >&2
    echo 'Usual causes: a misspelt name; no server or key for it in /etc/cvmfs; the proxy or the servers are not reached' >&2
    echo '(CVMFS_HTTP_PROXY); no right to mount (a RUN without --security=insecure, not root, no /dev/fuse); a full disk.' >&2
    exit 1
)
apply_settings() {
    settings=$(mktemp -d)
    mount -t tmpfs -o mode=755 cvmfs-settings "$settings"
    cp -a /etc/cvmfs/. "$settings"
    mkdir -p "$settings/config.d"
    for file in "$1"/*.local "$1"/config.d/*.local; do
        if [ -f "$file" ]; then
            { echo && cat "$file"; } >>"$settings${file#"$1"}"
        fi
    done
    mount --bind "$settings" /etc/cvmfs
    umount "$settings"
    rmdir "$settings"
}
drop_settings() {
    umount -l /etc/cvmfs
}
wipe=$1
shift
work=$(mktemp -d /tmp/cvmfs-derived-image.XXXXXX)
while [ "${1-}" = settings ]; do
    mkdir -p "$work/client/config.d"
    printf '%s\n' "$3" >"$work/client/$2"
    shift 3
done
cat >"$work/setup"
{
    echo '#!/bin/bash'
    for assignment in "$@"; do
        export "${assignment?}"
        printf 'export %q\n' "$assignment"
    done
    printf '"%s" </dev/null\n' "$work/setup"
} >"$work/derive"
chmod 755 "$work" "$work/setup" "$work/derive"
# A client that mounts as its own user, which keeps root's group, needs it.
chmod a+rw /dev/fuse || :
[ ! -d "$work/client" ] || apply_settings "$work/client"
mount_repositories
[ ! -d "$work/client" ] || drop_settings
code=0
/run.sh -c "$work/derive" || code=$?
if [ "$code" -eq 0 ] && [ "$wipe" = true ]; then
    [ ! -d "$work/client" ] || apply_settings "$work/client"
    cvmfs_config wipecache
fi
rm -rf "$work"
exit "$code"

# ---- setup
echo hello
