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

fetch() {
    if command -v curl >/dev/null; then
        run curl --fail --silent --show-error --location --proto =http,https --output "$2" -- "$1"
    elif command -v wget >/dev/null; then
        run wget --quiet --output-document="$2" -- "$1"
    else
        echo 'Neither curl nor wget is here to fetch the setup script with' >&2
        return 127
    fi
    if [ "$(sha256sum <"$2" | cut -d ' ' -f 1)" != "$3" ]; then
        echo "The setup script that was fetched has the sha256 $(sha256sum <"$2" | cut -d ' ' -f 1), not $3" >&2
        return 1
    fi
}

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

phase fetch
fetch \
    https://example.org/setup.sh \
    "$dir/setup" \
    0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
chmod 755 "$dir/setup"
phase build
made=yes
run docker run --interactive --init \
    --name="$container" \
    --device=/dev/fuse \
    --cap-add=SYS_ADMIN \
    --security-opt=apparmor=unconfined \
    --label=a=b \
    --entrypoint=/bin/bash \
    -- \
    aperloff/cms-cvmfs-docker:latest \
    -c \
    "$(cat "$dir/inside")" \
    derive \
    false \
    CVMFS_MOUNTS= \
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
phase collect
docker image inspect '--format={{json .}}' -- "$(cat "$dir/iid")" >"$dir/image.json"

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
