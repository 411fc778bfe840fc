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

# end_left DIRECTORY: stops what a build left that was killed itself, since docker goes on without its script.
end_left() {
    rounds=0
    while find_left "$1"; do
        # shellcheck disable=SC2086
        case $rounds in
            0) kill -TERM $left 2>/dev/null || : ;;
            8) kill -KILL $left 2>/dev/null || : ;;
            12) return 1 ;;
        esac
        rounds=$((rounds + 1))
        sleep 1
    done
}

# The processes that have the directory of a build in their environment, which others cannot read.
find_left() {
    left=$(grep -lsF -- "CVMFS_DERIVED_IMAGE_BUILD=$1" /proc/[0-9]*/environ | tr -dc '0-9\n')
    [ -n "$left" ]
}

# Whether a build that ended with the exit code $2 was killed: it has not even begun to clean up.
was_killed() {
    [ "$2" -gt 128 ] && [ ! -e "$1/results/ended" ]
}
