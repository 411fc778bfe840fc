# Applies the files of the directory $1 to /etc/cvmfs, each appended to the image's own file, so that it takes
# precedence. They are a mount, so no layer contains them.
apply_settings() {
    settings=$(mktemp -d)
    mount -t tmpfs -o mode=755 cvmfs-settings "$settings"
    cp -a /etc/cvmfs/. "$settings"
    mkdir -p "$settings/config.d"
    for file in "$1"/*.local "$1"/config.d/*.local; do
        if [ -f "$file" ]; then
            { echo && cat "$file"; } >>"$settings${file#"$1"}"
        fi
    done
    mount --bind "$settings" /etc/cvmfs
    umount "$settings"
    rmdir "$settings"
}
drop_settings() {
    umount -l /etc/cvmfs
}
