# Asks what was made.

collect_loaded() {
    docker image inspect --format='{{json .}}' -- "$(cat "$dir/results/iid")" >"$dir/results/image.json" 2>/dev/null ||
        docker image inspect --format='{{json .}}' -- "$1" >"$dir/results/image.json"
}

# Of the image that the first part of the script has made.
take_committed() {
    IFS= read -r image_id <"$dir/results/iid"
}

collect_committed() {
    docker image inspect --format='{{json .}}' -- "$image_id" >"$dir/results/image.json"
}

# collect_pushed index|manifest TAG: what the registry has. To ask it takes as long as half a cached build, and of one
# image buildx has told the digest already, so without a wish only an index is read, for the images in it.
collect_pushed() {
    if [ "$1" = index ] &&
        ! grep -Eq '"mediaType": *"[^"]*(image\.index|manifest\.list)' "$dir/results/metadata.json" 2>/dev/null; then
        return 0
    fi
    docker buildx imagetools inspect --builder="$builder" --raw "$2" >"$dir/results/manifest.json" 2>/dev/null || :
}

# buildx takes no --iidfile where an output is files, but its metadata may have the image's ID.
image_id_of_metadata() {
    sed -n 's/.*"containerimage\.config\.digest": *"\(sha256:[0-9a-f]*\)".*/\1/p' "$dir/results/metadata.json" \
        >"$dir/results/iid" 2>/dev/null || :
}

# note_output NUMBER PATH: what an output has written. What is not there is told by docker, or was asked for by nobody.
note_output() {
    if [ -f "$2" ]; then
        sum=$(sha256sum <"$2") && size=$(wc -c <"$2") || return 0
        echo "$1 ${sum%% *} $((size))" >>"$dir/results/outputs"
    elif [ -d "$2" ]; then
        size=$(cd -- "$2" && size_of_files) || return 0
        echo "$1 - $size" >>"$dir/results/outputs"
    fi
}

# The bytes of all files of the current directory, as ls tells them. A path with a line break, which would make a line
# of its own there, is rare enough to be read.
size_of_files() {
    break='*
*'
    find . -type f ! -path "$break" -exec ls -ln {} + | {
        sum=$(find . -type f -path "$break" -exec cat {} + | wc -c)
        while read -r mode links owner group bytes rest; do
            sum=$((sum + bytes))
        done
        echo "$((sum))"
    }
}

# keep_record COMMAND...: buildx's own record of the build, by the name that is in its metadata. An image without it is
# still an image.
keep_record() {
    reference=$(sed -n 's|.*"buildx\.build\.ref": *"[^"]*/\([a-z0-9]*\)".*|\1|p' "$dir/results/metadata.json") || :
    if [ -z "$reference" ] || ! "$@" >/dev/null; then
        echo "Warning: buildx's record of the build could not be exported." >&2
    fi
}

# collect_revisions KEY COMMAND... takes the revisions from a build of their own, once for an image: the same image has
# the same file, and one whose steps were all cached is the same. The key and the builder are those of that build, since
# another build can have its frontend or builder tell something else of the same image.
collect_revisions() {
    id=$(cat "$dir/results/iid")
    case ${id#sha256:} in *[!0-9a-f]*) id='' ;; esac
    mounted=$state/mounted
    known=$mounted/$id-$1-$builder${other_engine:+-$other_engine}
    shift
    if ! cp "$known" "$dir/results/repositories" 2>/dev/null; then
        take_revisions "$@"
        if [ -n "$id" ] && [ -s "$dir/results/repositories" ]; then
            { mkdir -p "$mounted" && find "$mounted" -type f -mtime +30 -delete; } 2>/dev/null || :
            cp "$dir/results/repositories" "$known" 2>/dev/null || :
        fi
    fi
}

# What a command writes is a tar archive with a file of an image, which may be anything: at most 64 KiB of text are
# taken.
take_revisions() {
    mkfifo "$dir/stream" || return 0
    tar -xOf - repositories <"$dir/stream" 2>/dev/null | head -c 65536 >"$dir/results/repositories" &
    reader=$!
    "$@" >"$dir/stream" 2>/dev/null || :
    wait "$reader" || :
}
