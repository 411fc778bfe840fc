#!/bin/sh
# Stops the build that once.sh runs, or will run, and waits until it has removed what it made.
# Exit code 0: nothing of it runs any more, nor will.
dir=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit
build=$(dirname -- "$dir")

# The machine may have restarted: then another process has the id. A number that begins with - or is 0 is a group of processes.
is_alive() {
    [ -f "$build/pid" ] && pid=$(head -c 20 "$build/pid" 2>/dev/null) || return
    case $pid in
        '' | 0* | *[!0-9]*) return 1 ;;
    esac
    kill -0 "$pid" 2>/dev/null || return
    [ ! -r "/proc/$pid/cmdline" ] || tr '\0' '\n' <"/proc/$pid/cmdline" | grep -qxF -- "$build/build.sh"
}

# A build that has not begun will find the lock taken.
if mkdir -- "$dir/lock" 2>/dev/null; then
    exit 0
fi
seconds=0
told=''
until [ -e "$dir/exit" ]; do
    if is_alive; then
        if [ -z "$told" ]; then
            kill -TERM "$pid"
            told=yes
        fi
    elif [ -n "$told" ] || [ "$seconds" -ge 5 ]; then
        exit 0
    fi
    if [ "$seconds" -ge 30 ]; then
        exit 1
    fi
    seconds=$((seconds + 1))
    sleep 1
done
