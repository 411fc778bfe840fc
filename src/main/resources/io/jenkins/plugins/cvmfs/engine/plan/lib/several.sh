# Several images of one call. Each has its own script in images/NAME, which runs as for a single image. Each lane takes
# one image after the other, so the number of lanes limits how many are built at the same time. An image that is pushed
# together with others has a script of two parts: it is built first, and pushed once all are built.
doing=''
together=''

# Whether the first or the second part of a script has succeeded.
building() {
    [ "$part" = build ]
}

pushing() {
    [ "$part" != build ] || {
        : >"$dir/held"
        return 1
    }
}

# make_shared NEED...: creates the ephemeral builder of this call, unless the engine's own suits all images. It is
# started here, because if two builds start a builder at the same time, one of them does not find it.
make_shared() {
    does=${1:+yes}
    for wanted do
        kind=ephemeral
        choose_builder "$wanted"
        [ "$kind" = docker ] || does=''
    done
    kind=ephemeral
    if [ -z "$does" ]; then
        [ "$driver" != remote ] || must_answer
        make_builder
        [ "$driver" = remote ] || start_builder
    fi
}

# build_images LANES NAME...
build_images() {
    doing=build
    in_lanes "$@"
}

# push_images LANES NAME...: does nothing if an image failed.
push_images() {
    doing=push
    [ -e "$dir/failed" ] || in_lanes "$@"
}

end_images() {
    [ ! -e "$dir/failed" ] || exit 1
}

in_lanes() {
    lanes=$1
    shift
    child=''
    while [ "$lanes" -gt 0 ]; do
        lane "$@" &
        child="$child $!"
        lanes=$((lanes - 1))
    done
    for each in $child; do
        wait "$each" || : >"$dir/failed"
    done
    child=''
}

# Takes the next image. If all or none must be pushed, no further image is started after one has failed.
lane() {
    trap - EXIT
    trap 'stop 143' TERM
    child=''
    for name do
        kill -0 "$$" 2>/dev/null || exit 1
        if [ ! -e "$dir/failed" ] || [ -z "$together" ]; then
            if mkdir "$dir/images/$name/$doing" 2>/dev/null; then
                one "$dir/images/$name" "$name"
            fi
        fi
    done
}

# one DIRECTORY NAME: prefixes each line of the output with the name; the end is kept for the diagnosis.
one() {
    mkdir -p "$1/results"
    rm -f "$1/said" "$1/last" "$1/held"
    mkfifo "$1/said" "$1/last"
    tail -c 32768 <"$1/last" >"$1/results/output" &
    tee "$1/last" <"$1/said" | label "$2" >&2 &
    run sh "$1/build.sh" "$doing" >"$1/said" 2>&1 || :
    ! was_killed "$1" "$code" || end_left "$1"
    wait
    [ ! -e "$1/held" ] || [ "$code" -ne 0 ] || return 0
    echo "$code" >"$1/results/exit"
    [ "$code" -eq 0 ] || : >"$dir/failed"
}

label() {
    while IFS= read -r line || [ -n "$line" ]; do
        printf '[%s] %s\n' "$1" "$line"
    done
}
