#!/bin/sh
# 2 images, 2 at a time, pushed when all are built
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
        --buildkitd-flags=--allow-insecure-entitlement=security.insecure
}
together=yes

begin
make_shared
build_images 2 base analysis
push_images 2 analysis
end_images

# ---- images/base/build.sh
#!/bin/sh
# example.org/base by buildx from a Dockerfile
set -eu
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P)
. "$dir/../../lib.sh"

kind=shared
builder=cvmfs-derived-image-plan
build() {
    run docker buildx build \
        --builder="$builder" \
        ${uid:+"--build-arg=ARG_MY_UID=$uid"} \
        ${gid:+"--build-arg=ARG_MY_GID=$gid"} \
        --allow=security.insecure \
        "$@" \
        -- .
}

begin "$1"
note_source "$dir/dockerfile/Dockerfile"
with_builder build \
    --tag=example.org/base \
    --file="$dir/dockerfile/Dockerfile" \
    --target=base \
    --provenance=false \
    --load \
    --metadata-file="$dir/results/metadata.json" \
    --iidfile="$dir/results/iid"
phase collect
collect_loaded example.org/base

# ---- images/base/dockerfile/Dockerfile
FROM scratch AS base

# ---- images/analysis/build.sh
#!/bin/sh
# example.org/analysis by buildx from a Dockerfile
set -eu
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P)
. "$dir/../../lib.sh"

kind=shared
builder=cvmfs-derived-image-plan
build() {
    run docker buildx build \
        --builder="$builder" \
        ${uid:+"--build-arg=ARG_MY_UID=$uid"} \
        ${gid:+"--build-arg=ARG_MY_GID=$gid"} \
        --allow=security.insecure \
        "$@" \
        -- .
}

begin "$1"
note_source "$dir/dockerfile/Dockerfile"
if building; then
with_builder build --output=type=cacheonly --file="$dir/dockerfile/Dockerfile" --pull --provenance=false
fi
if pushing; then
with_builder pushed build \
    --tag=example.org/analysis \
    --file="$dir/dockerfile/Dockerfile" \
    --provenance=false \
    --push \
    --metadata-file="$dir/results/metadata.json" \
    --iidfile="$dir/results/iid"
phase collect
collect_pushed index example.org/analysis
fi

# ---- images/analysis/dockerfile/Dockerfile
FROM scratch
