#!/bin/sh
# example.org/image:1 by the setup script in a container that is committed
set -eu
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P)
. "$dir/lib.sh"

container=cvmfs-derived-image-plan
build() {
    run docker run --interactive --init \
        --name="$container" \
        --device=/dev/fuse \
        --cap-add=SYS_ADMIN \
        --security-opt=apparmor=unconfined \
        --label=a=b \
        "$@"
}

begin
fetch_setup \
    https://example.org/setup.sh \
    0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef \
    "$dir/setup"
derive aperloff/cms-cvmfs-docker:latest build
commit_container example.org/image:1 'ENV CVMFS_MOUNTS=""' "ENV MY_UID=$uid" "ENV MY_GID=$gid"
phase collect
collect_committed

# ---- call
derive_image false CVMFS_MOUNTS= ${agent_uid:+"MY_UID=$agent_uid"} ${agent_gid:+"MY_GID=$agent_gid"}
