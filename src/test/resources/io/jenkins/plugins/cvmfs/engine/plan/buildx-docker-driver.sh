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

builder=${DOCKER_CONTEXT:-default}
if [ -n "${DOCKER_HOST:-}" ]; then
    builder=default
elif [ -z "${DOCKER_CONTEXT:-}" ] && grep -q '"currentContext"' "${DOCKER_CONFIG:-${HOME-}/.docker}/config.json" 2>/dev/null; then
    builder=$(docker context show)
fi
set -- docker buildx build \
    --builder="$builder" \
    --tag=example.org/image:1 \
    --build-arg=ARG_MY_UID="$(id -u)" \
    --build-arg=ARG_MY_GID="$(id -g)" \
    --provenance=false \
    --allow=security.insecure \
    --push \
    --metadata-file="$dir/metadata.json" \
    --iidfile="$dir/iid" \
    -- \
    .
phase build
run "$@"
phase collect
docker buildx imagetools inspect --builder="$builder" --raw example.org/image:1 >"$dir/manifest.json" 2>/dev/null || :
