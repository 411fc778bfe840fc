# The choice between the engine's own builder and one in a container. Where the description alone does not tell, the
# engine is asked once, by builds of nothing, since docker tells in no other way what its builder grants. The answer is
# kept in the user's state directory; it holds until the engine is started again, or until a build with the engine's own
# builder fails and that builder will not do any more.
known=''

# Whether the engine's own builder builds the Dockerfile $1, which makes nothing.
own_builds() {
    printf '%b' "$1" >"$dir/nothing"
    shift
    run docker buildx build --builder="$context" "$@" --output=type=cacheonly - 3<"$dir/nothing" >/dev/null 2>&1
}

# Says no with 1, and with 2 where the reason is another one, which may pass.
own_will_do() {
    if ! own_builds 'FROM scratch\n' --allow=security.insecure; then
        why="the engine's own builder does not grant security.insecure"
        own_builds 'FROM scratch\n' && return 1
        why="the engine's own builder does not answer"
        return 2
    elif [ "$1" = frontend ] &&
        # The stage is read, but not built.
        ! own_builds 'FROM scratch AS x\nRUN --security=insecure ["/x"]\nFROM scratch\n' --allow=security.insecure; then
        why="the engine's own Dockerfile frontend does not know RUN --security, and the Dockerfile names no other"
        return 1
    fi
    why="the engine's own builder grants security.insecure"
}

# choose_builder NEED: whether the builder must grant security.insecure alone, or its frontend must know RUN --security
# as well.
choose_builder() {
    need=$1
    find_context
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
    # The note's first line is the name of the engine's own builder, or empty for one in a container; the second says
    # why.
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

# Only a build that has failed asks again.
forget_choice() {
    answer=0
    [ -z "$known" ] || own_will_do "$need" || answer=$?
    if [ "$answer" -eq 1 ]; then
        rm -f "$chosen"
        echo "The engine's own builder was chosen before, but now: $why. The next build chooses again." >&2
    fi
}
