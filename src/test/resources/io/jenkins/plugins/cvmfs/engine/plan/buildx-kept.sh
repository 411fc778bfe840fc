#!/bin/sh
# Builds one derived image. Run it from the directory in which the build's relative paths start.
set -eu
dir=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
child=''
exec 3</dev/null
echo "$$" >"$dir/pid"

phase() {
    printf '%s\n' "$1" >"$dir/phase"
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

builder=cvmfs-derived-image-957af28daace
make_builder() {
    phase builder
    docker buildx create \
        --name="$builder" \
        --driver=docker-container \
        --driver-opt=image=moby/buildkit:v0.32.2 \
        --buildkitd-flags=--allow-insecure-entitlement=security.insecure >/dev/null ||
        docker buildx inspect "$builder" >/dev/null
}

builder_is_missing() {
    [ ! -e "${BUILDX_CONFIG:-${DOCKER_CONFIG:-${HOME-}/.docker}/buildx}/instances/$builder" ]
}

clean_up() {
    :
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

set -- docker buildx build \
    --builder="$builder" \
    --tag=example.org/image:1 \
    '--build-arg=ARG_CVMFS_MOUNTS=cms.cern.ch oasis.opensciencegrid.org' \
    --build-arg=ARG_MY_UID=1000 \
    --build-arg=ARG_MY_GID=1000 \
    --provenance=false \
    --allow=security.insecure \
    --load \
    --metadata-file="$dir/metadata.json" \
    --iidfile="$dir/iid" \
    -- \
    .
if builder_is_missing; then
    make_builder
fi
phase build
code=0
run "$@" || code=$?
if [ "$code" -ne 0 ]; then
    if [ "$code" -ge 126 ] || docker buildx inspect "$builder" >/dev/null 2>&1; then
        exit "$code"
    fi
    echo "The builder $builder has gone; it is made again." >&2
    make_builder
    phase build
    run "$@"
fi
phase collect
docker image inspect --format='{{json .}}' -- "$(cat "$dir/iid")" >"$dir/image.json" 2>/dev/null ||
    docker image inspect --format='{{json .}}' -- example.org/image:1 >"$dir/image.json"
