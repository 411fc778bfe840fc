# Containers of a build: the one that is committed, and the one in which an image is tested.

container=''
pull=''

# derive BASE-IMAGE COMMAND...: runs the setup script in a container, which gets everything on standard input.
derive() {
    phase build
    find_base "$1"
    own container "$container"
    { echo "agent_uid=$uid agent_gid=$gid" && cat "$dir/inside.sh" "$dir/call" "$dir/setup"; } >"$dir/input"
    image=$1
    shift
    # docker commit fills settings that the base image lacks from the container.
    [ "$user" = '""' ] || set -- "$@" --user=0
    if [ "$entrypoint" = null ]; then
        set -- "$@" -- "$image" /bin/bash
    else
        set -- "$@" --entrypoint=/bin/bash -- "$image"
    fi
    code=0
    "$@" 3<"$dir/input" || code=$?
    [ "$code" -eq 0 ] || failed_in "$container" "$code"
}

# Prints how the base image runs: entrypoint, cmd and user as JSON texts.
find_base() {
    [ -z "$pull" ] || pull_base "$1"
    if ! inspect_base "$1" 2>/dev/null; then
        pull_base "$1"
        inspect_base "$1"
    fi
    { IFS= read -r entrypoint && IFS= read -r cmd && IFS= read -r user; } <"$dir/results/base-image.json"
}

inspect_base() {
    fields='{{json .Config.Entrypoint}}{{println}}{{json .Config.Cmd}}{{println}}{{json .Config.User}}'
    fields="$fields{{println}}{{json .}}"
    docker image inspect --format="$fields" -- "$1" >"$dir/results/base-image.json"
}

# Exits like docker run if docker cannot start a container.
pull_base() {
    run docker pull -- "$1" >&2 || exit 125
}

# The state of the container shows which exit codes are docker's and which are the script's.
failed_in() {
    docker container inspect --format='{{json .State}}' -- "$1" >"$dir/results/container.json" 2>/dev/null || :
    exit "$2"
}

# commit_container NAME CHANGE...: the image gets its content from the container, and how it runs from the base image.
commit_container() {
    phase commit
    name=$1
    shift
    for change do
        shift
        set -- "$@" --change="$change"
    done
    [ "$entrypoint" = null ] || set -- "$@" --change="ENTRYPOINT $entrypoint"
    [ "$cmd" != null ] || cmd='[]'
    [ "$user" = '""' ] || set -- "$@" --change="USER $user"
    run docker commit "$@" --change="CMD $cmd" -- "$container" "$name" >"$dir/results/iid"
    if ! IFS= read -r image_id <"$dir/results/iid"; then
        # docker does not say why it could not write.
        echo "$name" | cat >"$dir/results/iid"
        echo "docker commit returned no image ID." >&2
        return 1
    fi
}

# test_image COMMAND...
test_image() {
    phase test
    result iid >"$dir/tested"
    smoke=$(cat "$dir/smoke.sh")
    echo 'Smoke test, in a container of the image:' >&2
    code=0
    "$@" || code=$?
    [ "$code" -eq 0 ] || failed_in "$tested" "$code"
}

same_as_tested() {
    if [ "$(cat "$dir/tested")" != "$(result iid)" ]; then
        echo 'The image that was pushed is not the one that was tested: a base image, the context or the cache has' \
            'changed meanwhile.' >&2
        exit 1
    fi
}
