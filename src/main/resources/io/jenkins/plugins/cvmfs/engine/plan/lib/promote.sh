# Gives further names to what a registry has, without building.

# promote COMMAND: the command that gives them.
promote() {
    take_builder
    phase publish
    of_a_push=''
    pushed "$1"
}

# promoted DIGEST TAG: whether the tag names just that now; older versions of buildx make an index around an image.
promoted() {
    docker buildx imagetools inspect --builder="$builder" --raw "$2" >"$dir/promoted"
    has=$(sha256sum <"$dir/promoted")
    if [ "sha256:${has%% *}" != "$1" ]; then
        echo "ERROR: $2 now has sha256:${has%% *}, not $1: something else moves this tag, too." >&2
        exit 1
    fi
}
