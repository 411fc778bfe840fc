# Mounts the given CVMFS repositories, or otherwise those of CVMFS_MOUNTS; fails unless all of them are mounted.
if [ "$#" -gt 0 ]; then
    CVMFS_MOUNTS=$*
elif [ -z "${CVMFS_MOUNTS:=${ARG_CVMFS_MOUNTS-}}" ]; then
    echo 'CVMFS is not mounted: no repositories were given. Pass them to the command, or give the build' >&2
    echo 'mounts and write ARG ARG_CVMFS_MOUNTS below the FROM of the stage.' >&2
    exit 1
fi
client=$(dirname -- "$0")/client
[ ! -d "$client" ] || apply_settings "$client"
code=0
mount_repositories || code=$?
[ ! -d "$client" ] || drop_settings
exit "$code"
