#!/bin/bash
# Run inside the new root file system, with rootfs/ copied over it and repositories/ in /tmp/repositories.
set -euo pipefail

ln -sf bash /bin/sh
chmod -R a+rX /etc/cvmfs /tmp/repositories

groupadd cmsusr
useradd -s /bin/bash -g cmsusr -d /home/cmsusr cmsusr
chown -R cmsusr:cmsusr /home/cmsusr
chmod 755 /run.sh /mount_cvmfs.sh /usr/sbin/mount.cvmfs /usr/bin/cvmfs_config /usr/bin/cvmfs_talk

: >/etc/fstab
# shellcheck source=src/test/stand-in/rootfs/etc/cvmfs/default.local
. /etc/cvmfs/default.local
for repository in ${CVMFS_REPOSITORIES//,/ }; do
    mkdir -p "/cvmfs/$repository"
    echo "$repository /cvmfs/$repository cvmfs defaults 0 0" >>/etc/fstab
done

data=/tmp/repositories/cms.cern.ch/release.dat
perl -e 'srand(1); print pack("L", int(rand(2**32))) for 1 .. 5 * 2**18' >"$data"
chmod 755 /tmp/repositories/cms.cern.ch/common/cmsos

mkdir -p /usr/lib/cvmfs-stand-in
revision=4200
for directory in /tmp/repositories/*; do
    repository=${directory##*/}
    revision=$((revision + 1))
    hash=$(cd "$directory" && find . -type f | LC_ALL=C sort | xargs sha1sum | sha1sum | cut -d' ' -f1)
    for attribute in "fqrn $repository" "revision $revision" "root_hash $hash"; do
        setfattr -n "user.${attribute% *}" -v "${attribute#* }" "$directory"
    done
    mksquashfs "$directory" "/usr/lib/cvmfs-stand-in/$repository.squashfs" -all-root -no-progress -quiet -mkfs-time 0 -all-time 0 >/dev/null
done
rm -rf /tmp/repositories /tmp/install.sh
