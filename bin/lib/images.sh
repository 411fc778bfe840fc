# shellcheck shell=bash
# What the demo and the bench want of images that others publish. REMOVE gets those that were pulled.

# The image of builders in a container.
BUILDKIT=$(sed -nE 's/.*DEFAULT_IMAGE = "(moby[^"]*)".*/\1/p' \
    "$(dirname "${BASH_SOURCE[0]}")/../../src/main/java/io/jenkins/plugins/cvmfs/engine/options/BuilderTable.java")
: "${BUILDKIT:?the sources name no image of BuildKit}"

# have_image IMAGE: is it here, or can it be had? Whether its registry answers is known soon.
have_image() {
    docker image inspect "$1" >/dev/null 2>&1 && return 0
    timeout 15 docker buildx imagetools inspect "$1" >/dev/null 2>&1 || return 1
    timeout "${BASE_IMAGE_PULL_SECONDS:-900}" docker pull -q "$1" >/dev/null 2>&1 || return 1
    REMOVE+=("$1")
}

# Can a RUN have the device of the agent's /cvmfs? That takes an engine that knows it, and the frontend with RUN
# --device.
have_device() { [ -n "${ENGINE_CDI:-}" ] && have_image docker/dockerfile:1-labs; }
