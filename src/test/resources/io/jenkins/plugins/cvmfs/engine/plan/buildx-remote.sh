#!/bin/sh
# example.org/image:1 by buildx from a Dockerfile
set -eu
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P)
. "$dir/lib.sh"

kind=ephemeral
builder=cvmfs-derived-image-plan
driver=remote
endpoint=tcp://one.example.org:1234
encrypted=yes
ask() {
    run "$@" --cacert /c/ca.pem --cert /c/cert.pem --key /c/key.pem
}
create() {
    run docker buildx create \
        --name="$builder" \
        --driver=remote \
        --driver-opt=cacert=/c/ca.pem \
        --driver-opt=cert=/c/cert.pem \
        --driver-opt=key=/c/key.pem \
        -- tcp://one.example.org:1234
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
    --push \
    --metadata-file="$dir/results/metadata.json" \
    --iidfile="$dir/results/iid"
phase collect
collect_pushed index example.org/image:1

# ---- dockerfile/Dockerfile

