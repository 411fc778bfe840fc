#!/bin/sh
# example.org/image:1 by buildx from a Dockerfile
set -eu
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P)
. "$dir/lib.sh"

kind=kept
builder=cvmfs-derived-image
driver=remote
pool='6c7650de56b5=unix:///run/two.sock 5cf8c757ea4d=tcp://one.example.org:1234'
shared=yes
encrypted=yes
servername=s
ask() {
    run "$@" --cacert /c/ca.pem --cert '/c/a b.pem' --key /c/k
}
create() {
    run docker buildx create \
        --name="$builder" \
        --driver=remote \
        --driver-opt=cacert=/c/ca.pem \
        '--driver-opt=cert=/c/a b.pem' \
        --driver-opt=key=/c/k \
        --driver-opt=servername=s \
        -- "$endpoint"
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

