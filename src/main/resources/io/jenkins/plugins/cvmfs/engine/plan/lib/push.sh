# Does a push again that failed for a reason that passes: the registry's own trouble, a timeout, a lost connection. With
# buildx, building and pushing are one command: the second time everything comes from the same builder's cache, so only
# the push is done again. Whether it was the push that failed is only in the last lines of the errors. These are kept
# aside while they are shown.

# The engine's own builder has the engine push, in whose errors no word says so; what fails before is "failed to solve".
of_a_push='^(#[0-9]+ )?(error: |failed to solve: )(.*[ :])?(failed to push |failed commit on ref )'
of_a_push="$of_a_push|^error: (failed to build: )?(received unexpected http status:|(get|head|post|put|patch) \"|eof\$)"
of_a_push="$of_a_push|^error: (failed to build: )?.*use of closed network connection"

# What passes.
moment='[ :](408|425|429|5[0-9][0-9])( |$)|toomanyrequests|time ?-?out|timed out|deadline ?exceeded|connection reset'
moment="$moment|broken pipe|closed pipe|closed network connection|goaway|stream error|client connection lost"
moment="$moment|server misbehaving|: no response$|request must be retried|unexpected size [0-9]|eof$"

# A command of buildx that builds and pushes.
pushed() {
    watched "$@" || :
    for pause in ${CVMFS_DERIVED_IMAGE_PAUSES:-2 6 18}; do
        if [ "$code" -eq 0 ] || [ "$code" -ge 126 ] || ! passing; then
            return "$code"
        fi
        echo "The push failed, perhaps only temporarily; retrying in $pause seconds." >&2
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
    [ ! -e "$dir/said" ] || rm -f "$dir/said" "$dir/last"
    mkfifo "$dir/said" "$dir/last"
    tail -n 20 <"$dir/last" >"$dir/errors" &
    tee "$dir/last" <"$dir/said" >&2 &
    "$@" 2>"$dir/said" || :
    wait
    return "$code"
}

# Whether the push failed, and for what passes. What a RUN's own command says in docker's line about it is no reason.
passing() {
    about=$of_a_push
    if [ -n "$about" ] && grep -Eq '^ > pushing [^ ]+ with docker:$' "$dir/errors"; then
        about='^(#[0-9]+ )?error: '
    fi
    grep -v 'did not complete successfully' "$dir/errors" | grep -Ei "$about" | grep -Eiq "$moment"
}
