#!/bin/sh
# example.org/image:1 by buildx from a Dockerfile
set -eu
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P)
. "$dir/lib.sh"

kind=docker
build() {
    run docker buildx build \
        --builder="$builder" \
        ${uid:+"--build-arg=ARG_MY_UID=$uid"} \
        ${gid:+"--build-arg=ARG_MY_GID=$gid"} \
        --allow=security.insecure \
        "$@" \
        -- .
}

begin
note_source "$dir/dockerfile/Dockerfile"
with_builder pushed build \
    --tag=example.org/image:1 \
    --file="$dir/dockerfile/Dockerfile" \
    --provenance=false \
    --push \
    --metadata-file="$dir/results/metadata.json" \
    --iidfile="$dir/results/iid"
phase collect
collect_pushed index example.org/image:1

# ---- dockerfile/Dockerfile

