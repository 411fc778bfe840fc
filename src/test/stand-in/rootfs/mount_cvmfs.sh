#!/bin/bash
# Sourced. As in the original, nobody learns here whether a mount worked.

mount_cvmfs() {
    local wanted=${CVMFS_MOUNTS,,} repository
    case ${wanted// /} in
    '' | none)
        echo "Not mounting any filesystems."
        ;;
    all)
        echo -n "Mounting all filesystems in /etc/fstab ... "
        mount -a -F >/dev/null 2>&1
        echo DONE
        ;;
    *)
        for repository in $CVMFS_MOUNTS; do
            echo -n "Mounting the filesystem \"$repository\" ... "
            mount -F "$repository" >/dev/null 2>&1
            echo DONE
        done
        ;;
    esac
}
