#!/bin/sh
# Runs a build in a workspace, once: once.sh WORKSPACE
# Whoever runs this again, because it is not known whether the first time did anything, gets the output and the exit
# code of the first.
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P) || exit
build=${dir%/*}
cd -- "$1" || exit

# A signal is for the build to answer.
trap : HUP INT TERM

if mkdir -- "$dir/lock" 2>/dev/null; then
    # The build need not wait for the name of the log.
    [ ! -f "/proc/$$/fd/1" ] || readlink "/proc/$$/fd/1" >"$dir/log" &
    # shellcheck source=/dev/null
    . "$dir/environment"
    sh "$build/build.sh"
    code=$?
    if [ "$code" -gt 128 ]; then
        # shellcheck source=/dev/null
        . "$build/lib.sh"
        ! was_killed "$build" "$code" || end_left "$build"
    fi
    # What the build left under these names can be a link to a file of somebody else, or a pipe that nobody reads.
    for name in output exit.new exit; do
        if [ -e "$dir/$name" ] || [ -L "$dir/$name" ]; then
            rm -rf -- "${dir:?}/$name"
        fi
    done
    # The log is gone when Jenkins asks why the build failed.
    if [ "$code" -ne 0 ] && [ -f "/proc/$$/fd/1" ]; then
        tail -c 32768 "$(readlink "/proc/$$/fd/1")" >"$dir/output"
    fi
    echo "$code" >"$dir/exit.new" && mv "$dir/exit.new" "$dir/exit"
    exit "$code"
fi
if [ ! -d "$dir/lock" ]; then
    echo "Cannot write to $dir; is the disk full?" >&2
    exit 1
fi

shown=0
show() {
    log=$(cat "$dir/log" 2>/dev/null) && [ -f "$log" ] || return 0
    tail -c "+$((shown + 1))" "$log" >"$dir/part" && cat "$dir/part" && shown=$((shown + $(wc -c <"$dir/part")))
}

# shellcheck source=/dev/null
. "$build/lib.sh"
gone=0
until [ -e "$dir/exit" ]; do
    if builds "$build"; then
        gone=0
    elif [ "$gone" -ge 5 ]; then
        echo "The build ended without a result; was this machine restarted?" >&2
        exit 1
    else
        gone=$((gone + 1))
    fi
    show
    sleep 1
done
show
exit "$(cat "$dir/exit")"
