# Does a push again that failed for a reason that passes: the registry's own trouble, a timeout, a lost connection. With
# buildx, building and pushing are one command: the second time everything comes from the same builder's cache, so only
# the push is done again. Whether it was the push that failed is only in the last lines of the errors. These are kept
# aside while they are shown.

# The engine's own builder has the engine push, in whose errors no word says so; what fails before is "failed to solve".
of_a_push='^ERROR: (.*failed to push |failed to build: (received unexpected HTTP status:|Get "))'

# A command of buildx that builds and pushes.
pushed() {
    watched "$@" || :
    for pause in ${CVMFS_DERIVED_IMAGE_PAUSES:-2 6 18}; do
        if [ "$code" -eq 0 ] || [ "$code" -ge 126 ] || ! passing; then
            return "$code"
        fi
        echo "The push failed, perhaps for a moment only; it is done again in $pause seconds." >&2
        run sleep "$pause"
        # What has just been built is to be taken, with the base image that was looked up for it.
        for word do
            shift
            case $word in --no-cache | --no-cache-filter=* | --pull) ;; *) set -- "$@" "$word" ;; esac
        done
        watched "$@" || :
    done
    return "$code"
}

# A command that only pushes.
only_pushed() {
    of_a_push=''
    pushed run "$@"
}

# Runs a command and keeps the end of its errors, but leaves a terminal to it: docker would show no live display
# otherwise.
watched() {
    : >"$dir/errors"
    if [ -t 2 ]; then
        "$@"
        return
    fi
    rm -f "$dir/said" "$dir/last"
    mkfifo "$dir/said" "$dir/last"
    tail -n 20 <"$dir/last" >"$dir/errors" &
    tee "$dir/last" <"$dir/said" >&2 &
    "$@" 2>"$dir/said" || :
    wait
    return "$code"
}

# Whether the push failed, and for what passes.
passing() {
    lost='timeout|timed out|deadline exceeded|connection reset|broken pipe|EOF$'
    grep -Eiq "$of_a_push(.*[ :])?(408|429|5[0-9][0-9]) [A-Z]|$of_a_push.*($lost)" "$dir/errors"
}
