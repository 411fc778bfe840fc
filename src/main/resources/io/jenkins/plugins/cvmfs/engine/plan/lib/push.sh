# Repeats a push that failed for a temporary reason: a problem of the registry, a timeout, a lost connection. With
# buildx, building and pushing are one command: the second time, everything comes from the same builder's cache, so only
# the push is repeated. Only the last lines of the errors show that the push failed, so these are copied to a file while
# they are shown.

# With its own builder, the engine pushes, and its errors do not mention it. Earlier failures say "failed to solve".
of_a_push='^(#[0-9]+ )?(error: |failed to solve: )(.*[ :])?(failed to push |failed commit on ref )'
of_a_push="$of_a_push|^error: (failed to build: )?(error response from daemon: )?"
of_a_push="$of_a_push(received unexpected http status:|(get|head|post|put|patch) \"|eof\$)"
of_a_push="$of_a_push|^error: (failed to build: )?.*use of closed network connection"

# Temporary reasons.
moment='[ :](408|425|429|5[0-9][0-9])( |$)|toomanyrequests|time ?-?out|timed out|deadline ?exceeded|connection reset'
moment="$moment|broken pipe|closed pipe|closed network connection|goaway|stream error|client connection lost"
moment="$moment|server misbehaving|: no response$|request must be retried|unexpected size [0-9]|eof$"

# Runs a buildx command that builds and pushes.
pushed() {
    watched "$@" || :
    for pause in ${CVMFS_DERIVED_IMAGE_PAUSES:-2 6 18}; do
        if [ "$code" -eq 0 ] || [ "$code" -ge 126 ] || ! passing; then
            return "$code"
        fi
        echo "The push failed, perhaps only temporarily; retrying in $pause seconds." >&2
        run sleep "$pause"
        # The repetition must use what has just been built, with the base image that was resolved for it.
        for word do
            shift
            case $word in --no-cache | --no-cache-filter=* | --pull) ;; *) set -- "$@" "$word" ;; esac
        done
        watched "$@" || :
    done
    return "$code"
}

# Runs a command that only pushes.
only_pushed() {
    of_a_push=''
    pushed run "$@"
}

# Runs a command and keeps the end of its errors, unless they go to a terminal, where docker needs it for its live
# display.
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

# Whether the push failed, for a temporary reason. The text of a RUN's command in docker's message does not count.
passing() {
    about=$of_a_push
    if [ -n "$about" ] && grep -Eq '^ > pushing [^ ]+ with docker:$' "$dir/errors"; then
        about='^(#[0-9]+ )?error: '
    fi
    grep -v 'did not complete successfully' "$dir/errors" | grep -Ei "$about" | grep -Eiq "$moment"
}
