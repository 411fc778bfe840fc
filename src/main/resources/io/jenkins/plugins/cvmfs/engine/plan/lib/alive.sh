# Whether the owner of something still runs: of a note, a lock, a private directory.

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

# What tells this process from every other one.
owner() {
    here
    start_of "$$"
    echo "$host $boot $namespace $$ $start $(date +%s)"
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

# Whether the build of the private directory $1 still runs; its process id is pid then. The file may be another's work,
# and the id another process's: a number that begins with - or is 0 is a group of processes, and a command line tells
# whose a process is.
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
