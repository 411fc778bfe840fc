#!/bin/sh
# example.org/image:1 by buildx from a setup script
set -eu
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P)
. "$dir/lib.sh"

cached=yes
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
        --build-arg=ARG_CVMFS_MOUNTS=all \
        ${uid:+"--build-arg=ARG_MY_UID=$uid"} \
        ${gid:+"--build-arg=ARG_MY_GID=$gid"} \
        ${named_cache:+"$named_cache"} \
        '--build-arg=A=b c' \
        --secret=id=token,env=TOKEN \
        --ssh=default \
        --allow=security.insecure \
        "$@" \
        -- "$dir/context"
}

begin
note_source "$dir/context/setup"
choose_builder grant
with_builder pushed build \
    --tag=example.org/image:1 \
    --provenance=false \
    --push \
    --metadata-file="$dir/results/metadata.json" \
    --iidfile="$dir/results/iid"
phase collect
collect_pushed index example.org/image:1
collect_revisions 5d2122c090545d65a2201e755c60b38d build \
    --target=cvmfs-revisions \
    --output=type=tar,dest=- \
    --provenance=false

# ---- context/Dockerfile
# syntax=docker/dockerfile:1

FROM aperloff/cms-cvmfs-docker:latest AS cvmfs-derived-image

USER root

ARG ARG_CVMFS_MOUNTS
ARG ARG_MY_UID
ARG ARG_MY_GID
ENV CVMFS_MOUNTS=$ARG_CVMFS_MOUNTS
ENV MY_UID=$ARG_MY_UID
ENV MY_GID=$ARG_MY_GID
ARG A

RUN --security=insecure --mount=type=bind,target=/run/cvmfs-derived-image \
    --mount=type=cache,id=cvmfs-derived-image,sharing=private,target=/var/cache/cvmfs2 \
    --mount=type=secret,id=token \
    --mount=type=ssh,id=default \
    ["/bin/bash", "/run/cvmfs-derived-image/derive", "/var/cache/cvmfs2"]

FROM scratch AS cvmfs-revisions
COPY --from=cvmfs-derived-image /usr/share/cvmfs-derived-image/repositories /

FROM cvmfs-derived-image

# ---- context/setup
echo 'it'
echo $HOME
