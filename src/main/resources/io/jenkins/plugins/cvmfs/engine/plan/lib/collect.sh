# Collects the results.

# result NAME: the content of a result file. Whatever runs on the agent could have put a device, a pipe or an endless
# file in its place, and nothing may wait for that. Who reads the results refuses it.
result() {
    [ -f "$dir/results/$1" ] && head -c 16777216 "$dir/results/$1"
}

collect_loaded() {
    image_id=$(result iid) || :
    ask_engine "images/$image_id/json" >"$dir/results/image.json" 2>/dev/null ||
        docker image inspect --format='{{json .}}' -- "$image_id" >"$dir/results/image.json" 2>/dev/null ||
        docker image inspect --format='{{json .}}' -- "$1" >"$dir/results/image.json"
}

# ask_engine PATH: the answer of the engine on this machine, over its socket, in a third of a docker command's time.
ask_engine() {
    find_context
    socket=${DOCKER_HOST:-unix:///var/run/docker.sock}
    case $context:$socket:$1 in
        default:unix:///*:images/sha256:*) socket=${socket#unix://} ;;
        *) return 1 ;;
    esac
    [ -S "$socket" ] && command -v curl >/dev/null || return
    curl -q --noproxy '*' --fail --silent --max-time 10 --unix-socket "$socket" "http://docker/$1"
}

# Results of the image that the first part of the script built.
take_committed() {
    image_id=$(result iid)
}

collect_committed() {
    docker image inspect --format='{{json .}}' -- "$image_id" >"$dir/results/image.json"
}

# collect_pushed index|manifest TAG: what the registry has. Asking takes half as long as a cached build, and buildx has
# already reported the digest of a single image. So unless requested, only an index is read, for the images in it.
collect_pushed() {
    if [ "$1" = index ] &&
        ! result metadata.json | grep -Eq '"mediaType": *"[^"]*(image\.index|manifest\.list)'; then
        return 0
    fi
    docker buildx imagetools inspect --builder="$builder" --raw "$2" >"$dir/results/manifest.json" 2>/dev/null || :
}

# buildx does not support --iidfile if the output is files, but its metadata may contain the image's ID.
image_id_of_metadata() {
    result metadata.json |
        sed -n 's/.*"containerimage\.config\.digest": *"\(sha256:[0-9a-f]*\)".*/\1/p' >"$dir/results/iid" ||
        :
}

# note_output NUMBER PATH: what an output wrote. docker reports missing files itself.
note_output() {
    if [ -f "$2" ]; then
        sum=$(sha256sum <"$2") && size=$(wc -c <"$2") || return 0
        echo "$1 ${sum%% *} $((size))" >>"$dir/results/outputs"
    elif [ -d "$2" ]; then
        size=$(cd -- "$2" && size_of_files) || return 0
        echo "$1 - $size" >>"$dir/results/outputs"
    fi
}

# The bytes of all files of the current directory, from ls. A path with a line break, which would be a line of its own,
# is too rare to matter.
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

# keep_record COMMAND...: keeps buildx's own record of the build, by the name in its metadata. If that fails, the image
# still exists.
keep_record() {
    reference=$(result metadata.json | sed -n 's|.*"buildx\.build\.ref": *"[^"]*/\([a-z0-9]*\)".*|\1|p')
    if [ -z "$reference" ] || ! "$@" >/dev/null; then
        echo "Warning: buildx's record of the build could not be exported." >&2
    fi
}

# collect_revisions KEY COMMAND... reads the revisions with a separate build, once for each image: the same image
# contains the same file, and if all steps were cached, the image is the same. The key and the builder identify that
# build, because another frontend or builder could return something else for the same image. The stage is never cached:
# BuildKit would find what it copied from an earlier run of the same step, which a build without cache has repeated.
collect_revisions() {
    id=$(result iid)
    case ${id#sha256:} in *[!0-9a-f]*) id='' ;; esac
    mounted=$state/mounted
    find_engine
    known=$mounted/$id-$1-$builder${other_engine:+-$other_engine}
    shift
    if ! cp "$known" "$dir/results/repositories" 2>/dev/null; then
        take_revisions "$@" --no-cache-filter=cvmfs-revisions
        if [ -n "$id" ] && [ -s "$dir/results/repositories" ]; then
            { mkdir -p "$mounted" && find "$mounted" -type f -mtime +30 -delete; } 2>/dev/null || :
            cp "$dir/results/repositories" "$known" 2>/dev/null || :
        fi
    fi
}

# The output of the command is a tar archive with an untrusted file of an image: at most 64 KiB of text are used.
take_revisions() {
    mkfifo "$dir/stream" || return 0
    tar -xOf - repositories <"$dir/stream" 2>/dev/null | head -c 65536 >"$dir/results/repositories" &
    reader=$!
    "$@" >"$dir/stream" 2>/dev/null || :
    wait "$reader" || :
}
