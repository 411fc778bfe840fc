#!/bin/bash
# The entry point: gives cmsusr the caller's ids, mounts, and hands its arguments to cmsusr's shell: /run.sh -c 'command'.

chmod o+rw /dev/fuse

for id in u g; do
    name=MY_${id^^}ID
    if [ -z "${!name}" ]; then
        printf -v "$name" %s "$(id "-$id" cmsusr)"
        echo "$name is not set, taking cmsusr's own (${!name})"
    fi
done

if ! cut -d: -f3 /etc/group | grep -qx "$MY_GID"; then
    usermod -g users cmsusr
    groupdel cmsusr
    groupadd -g "$MY_GID" cmsusr
fi
usermod -u "$MY_UID" -g "$MY_GID" --non-unique cmsusr >/dev/null 2>&1
chown -R "$MY_UID:$MY_GID" /home/cmsusr

# shellcheck source=src/test/stand-in/rootfs/mount_cvmfs.sh
. /mount_cvmfs.sh
mount_cvmfs

su cmsusr -s /bin/bash "$@"
