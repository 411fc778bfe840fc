#!/bin/sh
# example.org/image:1 by buildx from a Dockerfile
set -eu
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P)
. "$dir/lib.sh"

kind=ephemeral
builder=cvmfs-derived-image-plan
driver=docker-container
create() {
    run docker buildx create \
        --name="$builder" \
        --driver=docker-container \
        --driver-opt=image=moby/buildkit:v0.32.2 \
        --buildkitd-flags=--allow-insecure-entitlement=security.insecure \
        --buildkitd-config="$dir/buildkitd.toml"
}
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
    --load \
    --push \
    --metadata-file="$dir/results/metadata.json" \
    --iidfile="$dir/results/iid"
phase collect
collect_loaded example.org/image:1

# ---- dockerfile/Dockerfile


# ---- buildkitd.toml
[registry."docker.io"]
  mirrors = ["mirror.example.org"]
