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
        "$@"
}

begin
note_source "$dir/setup"
derive aperloff/cms-cvmfs-docker:latest build
commit_container example.org/image:1 'ENV CVMFS_MOUNTS="cms.cern.ch"' "ENV MY_UID=$uid" "ENV MY_GID=$gid"
docker tag -- "$image_id" other.example.org/image:2
phase publish
only_pushed docker push -- example.org/image:1
only_pushed docker push -- other.example.org/image:2
phase collect
collect_committed
take_revisions run docker cp -- "$container:/usr/share/cvmfs-derived-image/repositories" -
quietly docker image rm -- example.org/image:1 other.example.org/image:2

# ---- call
derive_image true CVMFS_MOUNTS=cms.cern.ch ${agent_uid:+"MY_UID=$agent_uid"} ${agent_gid:+"MY_GID=$agent_gid"}

# ---- setup
echo hello
