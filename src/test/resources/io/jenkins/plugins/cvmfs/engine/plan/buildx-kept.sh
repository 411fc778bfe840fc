#!/bin/sh
# example.org/image:1 by buildx from a Dockerfile
set -eu
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P)
. "$dir/lib.sh"

kind=kept
builder=cvmfs-derived-image-84afd778493b
driver=docker-container
shared=yes
create() {
    run docker buildx create \
        --name="$builder" \
        --driver=docker-container \
        --driver-opt=image=moby/buildkit:v0.32.2 \
        --buildkitd-flags=--allow-insecure-entitlement=security.insecure
}
build() {
    run docker buildx build \
        --builder="$builder" \
        '--build-arg=ARG_CVMFS_MOUNTS=cms.cern.ch oasis.opensciencegrid.org' \
        --build-arg=ARG_MY_UID=1000 \
        --build-arg=ARG_MY_GID=1000 \
        --allow=security.insecure \
        "$@" \
        -- .
}

begin
note_source "$dir/dockerfile/Dockerfile"
with_builder build \
    --tag=example.org/image:1 \
    --file="$dir/dockerfile/Dockerfile" \
    --provenance=false \
    --load \
    --metadata-file="$dir/results/metadata.json" \
    --iidfile="$dir/results/iid"
phase collect
collect_loaded example.org/image:1

# ---- dockerfile/Dockerfile

