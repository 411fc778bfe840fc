# smoke COMMAND [settings FILE TEXT]...: runs as root in a container of the image, and mounts the repositories of
# CVMFS_MOUNTS; the base image's /run.sh runs the command as the user.
command=$1
shift
if [ -n "${CVMFS_MOUNTS-}" ]; then
    work=$(mktemp -d)
    take_settings "$work/client" "$@"
    open_fuse
    [ ! -d "$work/client" ] || apply_settings "$work/client"
    mount_repositories
    [ ! -d "$work/client" ] || drop_settings
    rm -rf "$work"
fi
if [ -x /run.sh ]; then
    exec /run.sh -c "$command"
fi
exec /bin/sh -c "$command"
