# derive CACHE-DIRECTORY: mounts and performs the setup script beside this file, in a RUN.
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
# A client that is killed makes its cache's index anew the next time.
awk '$2 ~ "^/cvmfs/" { print $2 }' /proc/mounts | while read -r point; do
    umount "$point" || umount -l "$point"
done
for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ -n "$(find "$1/shared" -maxdepth 1 -name '*running*' 2>/dev/null)" ] || break
    sleep 0.1
done
exit "$code"
