#!/bin/sh
# Builds one derived image. Run it from the directory in which the build's relative paths start.
set -eu
dir=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
child=''
exec 3</dev/null
echo "$$" >"$dir/pid"

phase() {
    printf '%s\n' "$1" >"$dir/phase"
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

container=cvmfs-derived-image-plan
made=''

clean_up() {
    if [ -n "$made" ]; then
        docker container rm --force --volumes "$container" >/dev/null || :
    fi
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

phase build
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
    aperloff/cms-cvmfs-docker:latest >"$dir/base-image.json"
{ IFS= read -r entrypoint && IFS= read -r cmd; } <"$dir/base-image.json"
[ "$entrypoint" != null ] || entrypoint='[]'
[ "$cmd" != null ] || cmd='[]'
run docker commit --change="ENTRYPOINT $entrypoint" --change="CMD $cmd" -- "$container" example.org/image:1 >"$dir/iid"
docker tag -- "$(cat "$dir/iid")" other.example.org/image:2
phase publish
run docker push -- example.org/image:1
run docker push -- other.example.org/image:2
phase collect
docker image inspect '--format={{json .}}' -- "$(cat "$dir/iid")" >"$dir/image.json"
docker cp -- "$container:/usr/share/cvmfs-derived-image/repositories" "$dir/repositories" >/dev/null 2>&1 || :
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
    fi 2>/dev/null | tr -cd '0-9a-z-'
}
note_repositories() {
    noted=/usr/share/cvmfs-derived-image/repositories
    mkdir -p "${noted%/*}"
    touch "$noted"
    for name; do
        revision=$(cvmfs_attribute revision "$name")
        hash=$(cvmfs_attribute root_hash "$name")
        pin=$(awk -F = '$1 == "CVMFS_ROOT_HASH" { pin = $2 } END { gsub(/["\047]/, "", pin); print pin }' \
            "/etc/cvmfs/config.d/$name.local" 2>/dev/null || :)
        if [ -n "$pin" ] && [ -n "$hash" ] && [ "$pin" != "$hash" ]; then
            echo "CVMFS is not mounted as asked: $name has the root hash $hash, but is pinned to $pin" >&2
            return 1
        fi
        awk -v name="$name" '$1 != name' "$noted" >"$noted.new"
        echo "$name ${revision:--} ${hash:--}" >>"$noted.new"
        mv "$noted.new" "$noted"
    done
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
    for name in $wanted; do
        point=/cvmfs/$name
        mountpoint -q "$point" && continue
        # What mounts stays in the background: it may hold a file open, but not a pipe that is waited for.
        log=$(mktemp)
        {
            mkdir -p "$point"
            if grep -q "[[:space:]]${point}[[:space:]]" /etc/fstab; then mount "$point"; else mount -t cvmfs "$name" "$point"; fi
        } </dev/null >"$log" 2>&1 || :
        mountpoint -q "$point" || missing="$missing${missing:+, }$name (the client says: $(paste -s -d ' ' "$log" | cut -c1-400))"
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
# A client that mounts as its own user needs it.
chmod o+rw /dev/fuse || :
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
