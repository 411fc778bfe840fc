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
docker image rm -- example.org/image:1 other.example.org/image:2 >/dev/null

# ---- inside
#!/bin/bash
set -e
wipe=$1
shift
work=$(mktemp -d /tmp/cvmfs-derived-image.XXXXXX)
cat >"$work/setup"
{
    echo '#!/bin/bash'
    for assignment in "$@"; do
        export "${assignment?}"
        printf 'export %q\n' "$assignment"
    done
    cat <<'VERIFY'
verify_mounts() {
    case "${CVMFS_MOUNTS-}" in
        '' | none) return 0 ;;
        all) wanted=$(sed -n 's/^\([^#[:space:]]*\)[[:space:]]*\/cvmfs\/.*/\1/p' /etc/fstab) ;;
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
VERIFY
    printf 'verify_mounts || exit 1\n"%s" </dev/null\n' "$work/setup"
} >"$work/derive"
chmod 755 "$work" "$work/setup" "$work/derive"
code=0
/run.sh -c "$work/derive" || code=$?
rm -rf "$work"
if [ "$code" -eq 0 ] && [ "$wipe" = true ]; then
    cvmfs_config wipecache
fi
exit "$code"

# ---- setup
echo hello
