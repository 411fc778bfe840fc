#!/bin/sh
# Tells a build to stop: terminate.sh PID-FILE SCRIPT
# Only the process that runs the script gets the signal: what the file says may be anything, also another process by now.
[ -f "$1" ] && [ ! -L "$1" ] || exit 1
pid=$(head -c 11 "$1")
case $pid in
    '' | 0* | *[!0-9]*) exit 1 ;;
esac
if [ -r "/proc/$pid/cmdline" ]; then
    tr '\0' '\n' <"/proc/$pid/cmdline" | grep -qxF -- "$2" || exit 1
else
    ps -o args= -p "$pid" 2>/dev/null | grep -qF -- "$2" || exit 1
fi
kill -TERM "$pid"
