# Before a build creates something for itself in the engine, it writes a small note to the user's state directory, and
# removes the note at its end. After a killed build, the note remains but its owner is gone, so the next build removes
# both. Without notes, this only reads a directory. Labels would not work: those of a container become part of the
# committed image.
state=${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}/cvmfs-derived-image
engine=''
context=''
dry=''
owned=''

# The context that docker uses. The engine's own builder has its name.
find_context() {
    [ -z "$context" ] || return 0
    context=${DOCKER_CONTEXT:-default}
    if [ -n "${DOCKER_HOST:-}" ]; then
        context=default
    elif [ -z "${DOCKER_CONTEXT:-}" ]; then
        context=$(sed -n 's/.*"currentContext"[^"]*"\([A-Za-z0-9_.+-]*\)".*/\1/p' \
            "${DOCKER_CONFIG:-${HOME-}/.docker}/config.json" 2>/dev/null) || :
        context=${context:-default}
    fi
}

# What notes call the engine that docker uses.
find_noted_engine() {
    [ -z "$engine" ] || return 0
    find_context
    engine="${DOCKER_HOST:-} "
    [ "$context" = default ] || engine="$engine$context"
}

# Registers what is about to be created ($1 container, builder, pods-of-builder or image, $2 its name) as this build's.
own() {
    if [ "$1" = pods-of-builder ]; then
        where="cluster $cluster"
    else
        find_noted_engine
        where=$engine
    fi
    {
        mkdir -p "$state" && printf '%s\n' "$(owner)" "$1 $2" "$where" >"$state/$2.new" &&
            mv "$state/$2.new" "$state/$2.made"
    } 2>/dev/null || :
    owned="$owned $1:$2"
}

remove_own() {
    for each in $owned; do
        remove "${each%%:*}" "${each#*:}" || :
    done
    owned=''
}

remove() {
    if [ "$1" = builder ]; then
        # A message could not be written once the reader of the output has gone.
        if refusal=$(docker buildx rm --force "$2" 2>&1 >/dev/null); then
            # Without a node's container, buildx leaves the volume. There may be no engine here.
            remove_nodes "$2" 2>/dev/null || :
        else
            remove_nodes "$2"
        fi
    elif [ "$1" = pods-of-builder ]; then
        remove_pods "$2"
    elif [ "$1" = image ]; then
        { docker container rm --force --volumes "$2"; docker image rm "$2" || docker version; } >/dev/null 2>&1
    else
        docker container rm --force --volumes "$2" >/dev/null || docker version >/dev/null
    fi && rm -f "$state/$2.made"
}

# What this engine has of a builder.
remove_nodes() {
    nodes_left=$(docker container ls --all --quiet --filter "name=^buildx_buildkit_$1[0-9]\$") || return 1
    # shellcheck disable=SC2086
    [ -z "$nodes_left" ] || docker container rm --force $nodes_left >/dev/null || return 1
    nodes_left=$(docker volume ls --quiet --filter "name=^buildx_buildkit_$1[0-9]_state\$") || return 1
    # shellcheck disable=SC2086
    [ -z "$nodes_left" ] || docker volume rm --force $nodes_left >/dev/null
}

# note_left KIND NAME [NAMESPACE]: of each thing that a killed build left. Only what does nothing but reap notes it.
note_left() { :; }

# note_elsewhere KIND NAME WHERE: the same in another engine or cluster, which docker does not use now.
note_elsewhere() { :; }

reap() {
    [ -r /proc/self/stat ] || return 0
    for left in "$state"/*.made; do
        [ -e "$left" ] || continue
        { read -r marks && read -r kind_left name_left && IFS= read -r where; } 2>/dev/null <"$left" || continue
        if [ "$kind_left" = pods-of-builder ]; then
            find_cluster
            used="cluster $cluster"
        else
            find_noted_engine
            used=$engine
        fi
        if [ "$where" != "$used" ]; then
            note_elsewhere "${kind_left#pods-of-}" "$name_left" "$where"
            continue
        fi
        # shellcheck disable=SC2086
        ! alive $marks || continue
        note_left "${kind_left#pods-of-}" "$name_left"
        echo "The ${kind_left#pods-of-} $name_left was left by a build that was killed; it ${dry:-is} removed." >&2
        ${dry:+:} remove "$kind_left" "$name_left" || :
    done
}
