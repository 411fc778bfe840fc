# Adds tags to an image in a registry, without building.

# promote COMMAND: the command that adds the tags.
promote() {
    take_builder
    phase publish
    of_a_push=''
    pushed "$1"
}

# promoted DIGEST TAG: whether the tag now has exactly this digest; older versions of buildx wrap an image in an index.
promoted() {
    docker buildx imagetools inspect --builder="$builder" --raw "$2" >"$dir/promoted"
    has=$(sha256sum <"$dir/promoted")
    if [ "sha256:${has%% *}" != "$1" ]; then
        echo "ERROR: $2 now has sha256:${has%% *}, not $1: something else moves this tag, too." >&2
        exit 1
    fi
}
