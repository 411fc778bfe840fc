#!/bin/sh
# Builds one derived image. Run it from the directory in which the build's relative paths start.
set -eu
dir=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
child=''
exec 3</dev/null
mkdir -p "$dir/results"
echo "$$" >"$dir/pid"
# What would have the build take other sources or another builder than the plan names.
unset EXPERIMENTAL_BUILDKIT_SOURCE_POLICY BUILDX_BUILDER BUILDKIT_HOST BUILDX_METADATA_PROVENANCE TAR_OPTIONS

phase() {
    printf '%s\n' "$1" >"$dir/results/phase"
}

# Takes its input from descriptor 3. The shell answers a signal only between commands, so it waits instead.
run() {
    code=0
    "$@" <&3 3<&- &
    child=$!
    wait "$child" || code=$?
    child=''
    return "$code"
}

# What a command writes is a tar archive with a file of an image, which may be anything: at most 64 KiB of text are taken.
take_revisions() {
    mkfifo "$dir/stream" || return 0
    tar -xOf - repositories <"$dir/stream" 2>/dev/null | head -c 65536 >"$dir/results/repositories" &
    reader=$!
    run "$@" >"$dir/stream" 2>/dev/null || :
    wait "$reader" || :
}

state=${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}/cvmfs-derived-image
engine="${DOCKER_HOST:-} ${DOCKER_CONTEXT:-}"

here() {
    host=$(uname -n)
    read -r boot </proc/sys/kernel/random/boot_id
    namespace=$(readlink /proc/self/ns/pid)
}

# When a process started: its number alone may be another's later.
start_of() {
    start=''
    if IFS= read -r stat 2>/dev/null <"/proc/$1/stat"; then
        # shellcheck disable=SC2086
        set -- ${stat##*) }
        # One that has ended stays as a zombie until its parent asks; the first process of a container may never do.
        [ "$1" = Z ] || start=${20}
    fi
}

# Whether the owner (host boot namespace pid start time) still runs. Elsewhere only the time tells: two days.
alive() {
    here
    if [ "$1 $2 $3" = "$host $boot $namespace" ]; then
        start_of "$4"
        [ "$start" = "$5" ]
    elif [ "$1" = "$host" ] && [ "$2" != "$boot" ]; then
        return 1
    else
        [ "$(($(date +%s) - $6))" -lt 172800 ]
    fi
}

owner() {
    here
    start_of "$$"
    echo "$host $boot $namespace $$ $start $(date +%s)"
}

# Notes what is about to be made, so that the next build removes it should this one be killed.
note() {
    { mkdir -p "$state" && printf '%s\n' "$(owner)" "$1 $2" "$engine" >"$state/$2.new" && mv "$state/$2.new" "$state/$2.made"; } 2>/dev/null || :
}

# What this engine has of a builder.
remove_nodes() {
    nodes=$(docker container ls --all --quiet --filter "name=^buildx_buildkit_$1[0-9]\$") || return 1
    # shellcheck disable=SC2086
    [ -z "$nodes" ] || docker container rm --force $nodes >/dev/null || return 1
    nodes=$(docker volume ls --quiet --filter "name=^buildx_buildkit_$1[0-9]_state\$") || return 1
    # shellcheck disable=SC2086
    [ -z "$nodes" ] || docker volume rm --force $nodes >/dev/null
}

remove() {
    if [ "$1" = builder ]; then
        # What it says is of no use, and could not be said where the output has gone with its reader.
        if docker buildx rm --force "$2" >/dev/null 2>&1; then
            # Without a node's container it leaves the volume. There may be no engine here.
            remove_nodes "$2" 2>/dev/null || :
        else
            remove_nodes "$2"
        fi
    elif [ "$1" = image ]; then
        { docker container rm --force --volumes "$2"; docker image rm "$2" || docker version; } >/dev/null 2>&1
    else
        docker container rm --force --volumes "$2" >/dev/null || docker version >/dev/null
    fi && rm -f "$state/$2.made"
}

reap() {
    for left in "$state"/*.made; do
        [ -e "$left" ] || continue
        { read -r owner && read -r kind name && IFS= read -r where; } 2>/dev/null <"$left" || continue
        # shellcheck disable=SC2086
        if [ "$where" != "$engine" ] || alive $owner; then
            continue
        fi
        echo "The $kind $name was left by a build that was killed; it ${dry:-is} removed." >&2
        ${dry:+:} remove "$kind" "$name" || :
    done
}

builder=cvmfs-derived-image-957af28daace
instance=${BUILDX_CONFIG:-${DOCKER_CONFIG:-${HOME-}/.docker}/buildx}/instances/$builder
held=''

# flock's lock goes with its process; a directory stays, so its owner is looked for. It is a politeness: without it
# the one that comes second finds the builder made.
lock() {
    lock=$state/$builder.lock
    if ! { mkdir -p "$state" && true >>"$lock"; } 2>/dev/null; then
        return 0
    elif command -v flock >/dev/null; then
        exec 9>>"$lock"
        run flock 9 || :
    else
        until mkdir "$lock.d" 2>/dev/null; do
            run sleep 1
            # shellcheck disable=SC2046
            { [ -s "$lock.d/owner" ] && alive $(cat "$lock.d/owner"); } 2>/dev/null || break
        done
        held=$lock.d
        { mkdir -p "$held" && owner >"$held/owner"; } 2>/dev/null || :
    fi
}

unlock() {
    exec 9>&-
    [ -z "$held" ] || rm -rf "$held"
    held=''
}

builder_is_missing() {
    [ ! -e "$instance" ]
}

builder_works() {
    docker buildx inspect --bootstrap "$builder" >/dev/null 2>&1 &&
        [ -z "$(docker container ls --quiet --filter "name=^buildx_buildkit_${builder}0\$" --filter status=restarting)" ]
}

make_builder() {
    phase builder
    lock
    if builder_is_missing || ! builder_works; then
        [ ! -e "$instance" ] || docker buildx rm --force --keep-state "$builder" >/dev/null 2>&1 || rm -f "$instance"
        run docker buildx create \
        --name="$builder" \
        --driver=docker-container \
        --driver-opt=image=moby/buildkit:v0.32.2 \
        --buildkitd-flags=--allow-insecure-entitlement=security.insecure >/dev/null ||
            docker buildx inspect "$builder" >/dev/null
        run docker buildx inspect --bootstrap "$builder" >/dev/null
    fi
    unlock
}

clean_up() {
    [ -z "$held" ] || rm -rf "$held"
}

stop() {
    trap '' TERM INT HUP
    if [ -n "$child" ]; then
        kill -TERM "$child" 2>/dev/null || :
        wait "$child" || :
    fi
    exit "$1"
}

trap 'code=$?; trap "" TERM INT HUP; clean_up; exit "$code"' EXIT
trap 'stop 129' HUP
trap 'stop 130' INT
trap 'stop 143' TERM

[ ! -r /proc/self/stat ] || reap
{ sha256sum <"$dir/dockerfile/Dockerfile" && id -u && id -g; } >"$dir/results/source" 2>/dev/null || :
set -- docker buildx build \
    --builder="$builder" \
    --tag=example.org/image:1 \
    --file="$dir/dockerfile/Dockerfile" \
    '--build-arg=ARG_CVMFS_MOUNTS=cms.cern.ch oasis.opensciencegrid.org' \
    --build-arg=ARG_MY_UID=1000 \
    --build-arg=ARG_MY_GID=1000 \
    --provenance=false \
    --allow=security.insecure \
    --load \
    --metadata-file="$dir/results/metadata.json" \
    --iidfile="$dir/results/iid" \
    -- \
    .
if builder_is_missing; then
    make_builder
fi
phase build
code=0
run "$@" || code=$?
if [ "$code" -ne 0 ]; then
    if [ "$code" -ge 126 ] || builder_works; then
        exit "$code"
    fi
    echo "The builder $builder has gone or does not start; it is made again." >&2
    make_builder
    phase build
    run "$@"
fi
phase collect
docker image inspect --format='{{json .}}' -- "$(cat "$dir/results/iid")" >"$dir/results/image.json" 2>/dev/null ||
    docker image inspect --format='{{json .}}' -- example.org/image:1 >"$dir/results/image.json"

# ---- dockerfile/Dockerfile

