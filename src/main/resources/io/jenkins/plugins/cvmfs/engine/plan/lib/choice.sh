# The choice between the engine's own builder and one in a container. If the description does not decide, the engine is
# asked once, by empty builds, because docker shows in no other way what its builder grants. The answer is kept in the
# user's state directory until the engine is restarted, or until a build fails and the engine's own builder turns out to
# be unsuitable.
known=''

# Whether the engine's own builder builds the Dockerfile $1, which produces nothing.
own_builds() {
    printf '%b' "$1" >"$dir/nothing"
    shift
    run docker buildx build --builder="$context" "$@" --output=type=cacheonly - 3<"$dir/nothing" >/dev/null 2>&1
}

# Returns 1 for no, and 2 if another, possibly temporary, reason prevented an answer.
own_will_do() {
    if ! own_builds 'FROM scratch\n' --allow=security.insecure; then
        why="the engine's own builder does not grant security.insecure"
        own_builds 'FROM scratch\n' && return 1
        why="the engine's own builder does not answer"
        return 2
    elif [ "$1" = frontend ] &&
        # The stage is parsed, but not built.
        ! own_builds 'FROM scratch AS x\nRUN --security=insecure ["/x"]\nFROM scratch\n' --allow=security.insecure; then
        why="the engine's own Dockerfile frontend does not know RUN --security, and the Dockerfile names no other"
        return 1
    fi
    why="the engine's own builder grants security.insecure"
}

# choose_builder NEED: whether the builder must only grant security.insecure, or its frontend must support RUN
# --security as well.
choose_builder() {
    need=$1
    find_engine
    chosen=$state/chosen-$need-${other_engine:-default}
    if { IFS= read -r own && IFS= read -r why; } 2>/dev/null <"$chosen" &&
        [ -z "$(find /var/run/docker.pid -newer "$chosen" 2>/dev/null)" ]; then
        known=yes
    else
        phase builder
        answer=0
        own_will_do "$need" || answer=$?
        own=''
        [ "$answer" -ne 0 ] || own=$context
        if [ "$answer" -ne 2 ]; then
            {
                mkdir -p "$state" && printf '%s\n' "$own" "$why" >"$chosen.$$" && mv "$chosen.$$" "$chosen"
            } 2>/dev/null || :
        fi
    fi
    # The first line is the name of the engine's own builder, or empty for one in a container; the second is the reason.
    if [ -n "$own" ]; then
        kind=docker
    fi
    say_choice "${own:+docker}" "$why${known:+ (as found before)}"
}

# say_choice DRIVER WHY
say_choice() {
    echo "${1:-docker-container}" >"$dir/results/driver"
    echo "Builder: driver ${1:-docker-container}, since $2." >&2
}

# Called only after a build has failed.
forget_choice() {
    answer=0
    [ -z "$known" ] || own_will_do "$need" || answer=$?
    if [ "$answer" -eq 1 ]; then
        rm -f "$chosen"
        echo "The engine's own builder was chosen before, but now: $why. The next build chooses again." >&2
    fi
}
