#!/bin/sh
# Stops the build that once.sh runs, or will run, and waits until it has removed what it made.
# Exit code 0: nothing of it runs any more, nor will.
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P) || exit
build=${dir%/*}

# A build that has not begun will find the lock taken.
if mkdir -- "$dir/lock" 2>/dev/null; then
    exit 0
fi
# shellcheck source=/dev/null
. "$build/lib.sh"
seconds=0
told=''
until [ -e "$dir/exit" ]; do
    if builds "$build"; then
        if [ -z "$told" ]; then
            # shellcheck disable=SC2154
            kill -TERM "$pid"
            told=yes
        fi
    elif [ -n "$told" ] || [ "$seconds" -ge 5 ]; then
        [ -e "$build/results/ended" ] || end_left "$build"
        exit 0
    fi
    if [ "$seconds" -ge 30 ]; then
        exit 1
    fi
    seconds=$((seconds + 1))
    sleep 1
done
