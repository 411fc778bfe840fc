# Checks whether the owner of something still runs: of a note, a lock, a private directory.

here() {
    host=$(uname -n)
    read -r boot </proc/sys/kernel/random/boot_id
    namespace=$(readlink /proc/self/ns/pid)
}

# When a process started, because its number may be reused.
start_of() {
    start=''
    if IFS= read -r stat 2>/dev/null <"/proc/$1/stat"; then
        # shellcheck disable=SC2086
        set -- ${stat##*) }
        # An ended process stays a zombie until its parent waits for it, which the first process of a container may
        # never do.
        [ "$1" = Z ] || start=${20}
    fi
}

# Identifies this process.
owner() {
    here
    start_of "$$"
    echo "$host $boot $namespace $$ $start $(date +%s)"
}

# Whether the owner (host boot namespace pid start time) still runs. On other hosts only the time decides: two days.
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

# Whether the build of the private directory $1 still runs; sets pid. The file may be forged and the process id reused:
# a number that begins with - or is 0 means a group of processes, and only the command line proves whose process it is.
builds() {
    [ -f "$1/pid" ] && [ ! -L "$1/pid" ] && pid=$(head -c 11 "$1/pid" 2>/dev/null) || return
    case $pid in
        '' | 0* | *[!0-9]*) return 1 ;;
    esac
    if [ -r "/proc/$pid/cmdline" ]; then
        start_of "$pid"
        [ -n "$start" ] && tr '\0' '\n' <"/proc/$pid/cmdline" | grep -qxF -- "$1/build.sh"
    elif [ -r /proc/self/cmdline ]; then
        return 1
    else
        ps -o args= -p "$pid" 2>/dev/null | grep -qF -- "$1/build.sh"
    fi
}
