# derive CACHE-DIRECTORY: mounts and runs the setup script beside this file, in a RUN.
here=$(dirname "$0")
[ ! -d "$here/client" ] || apply_settings "$here/client"
mount_repositories
[ ! -d "$here/client" ] || drop_settings
set +e
if [ -r /home/cmsusr/.bashrc ]; then
    # shellcheck source=/dev/null
    source /home/cmsusr/.bashrc
fi
"$here/setup"
code=$?
end_clients "$1"
exit "$code"
