# The frame of every build: reacts to a signal immediately, and cleans up however the build ends.
child=''
watcher=''
held=''
uid=''
gid=''
# For one of several images: the part to run.
part=''
noting=''

# begin [PART]
begin() {
    part=${1:-}
    exec 3</dev/null
    [ -d "$dir/results" ] || mkdir -p "$dir/results"
    [ ! -e "$dir/results/ended" ] || rm -f "$dir/results/ended"
    echo "$$" >"$dir/pid"
    # Shows which processes belong to this build if it is killed itself; see end_left.
    export CVMFS_DERIVED_IMAGE_BUILD="$dir"
    # Variables that would make the build use other sources or another builder than planned.
    unset EXPERIMENTAL_BUILDKIT_SOURCE_POLICY BUILDX_BUILDER BUILDKIT_HOST BUILDX_METADATA_PROVENANCE TAR_OPTIONS
    # If the image's user had root's number, the image would have a second root.
    uid=$(id -u)
    if [ "$uid" -eq 0 ]; then
        uid=''
    else
        gid=$(id -g)
    fi
    trap 'code=$?; trap "" TERM INT HUP; clean_up; exit "$code"' EXIT
    trap 'stop 129' HUP
    trap 'stop 130' INT
    trap 'stop 143' TERM
    [ -n "$part" ] || reap
}

phase() {
    printf '%s\n' "$1" >"$dir/results/phase"
    mark "$1"
}

# Reading the uptime needs no process. Systems other than Linux do not provide it.
mark() {
    if { read -r now rest </proc/uptime; } 2>/dev/null; then
        printf '%s %s\n' "$1" "$now" >>"$dir/results/times"
    fi
}

# Reads its input from descriptor 3. The shell handles a signal only between commands, so it waits instead.
run() {
    code=0
    if [ "$1 ${2:-} ${3:-}" = 'docker buildx build' ] && [ -z "$pods" ]; then
        find_plugin
        if [ -n "$plugin" ]; then
            shift 2
            set -- "$plugin" "$@"
        fi
    fi
    "$@" <&3 3<&- &
    child=$!
    [ -z "$pods" ] || [ "$1" != docker ] || watch_build
    wait "$child" || code=$?
    child=''
    [ -z "$watcher" ] || end_watch
    return "$code"
}

stop() {
    trap '' TERM INT HUP
    if [ -n "$child" ]; then
        # shellcheck disable=SC2086
        kill -TERM $child 2>/dev/null || :
        [ -z "$watcher" ] || end_buildx
        # shellcheck disable=SC2086
        wait $child || :
    fi
    [ -z "$watcher" ] || end_watch 2>/dev/null
    exit "$1"
}

clean_up() {
    mark end
    # Some shells complain if a command that waited for all has waited for it.
    [ -z "$noting" ] || wait "$noting" 2>/dev/null || :
    { true >"$dir/results/ended"; } 2>/dev/null || :
    [ -z "$held" ] || rm -rf "$held"
    remove_own
}

# Discards the command's output.
quietly() {
    "$@" >/dev/null
}
