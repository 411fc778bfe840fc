# derive_image WIPE [settings FILE TEXT]... NAME=VALUE...: runs as root in a container of the base image, whose bash
# reads this, then the call, then the setup script on its standard input. So neither the container's configuration nor
# the image's contains any of it. If the base image has a /run.sh, that runs its argument as the user.
derive_image() {
    wipe=$1
    shift
    work=$(mktemp -d /tmp/cvmfs-derived-image.XXXXXX)
    take_settings "$work/client" "$@"
    shift "$taken"
    cat >"$work/setup"
    exec </dev/null
    {
        echo '#!/bin/bash'
        for assignment in "$@"; do
            export "${assignment?}"
            printf 'export %q\n' "$assignment"
        done
        printf '"%s" </dev/null\n' "$work/setup"
    } >"$work/derive"
    chmod 755 "$work" "$work/setup" "$work/derive"
    open_fuse
    [ ! -d "$work/client" ] || apply_settings "$work/client"
    mount_repositories
    [ ! -d "$work/client" ] || drop_settings
    touch "$work/began"
    code=0
    if [ -x /run.sh ]; then
        /run.sh -c "$work/derive" || code=$?
    else
        "$work/derive" || code=$?
    fi
    if [ "$code" -eq 0 ]; then
        warn_of_volumes
    fi
    if [ "$code" -eq 0 ] && [ "$wipe" = true ] && command -v cvmfs_config >/dev/null; then
        [ ! -d "$work/client" ] || apply_settings "$work/client"
        cvmfs_config wipecache
    fi
    rm -rf "$work"
    exit "$code"
}

# Files below a VOLUME of the base image are not part of a committed image.
warn_of_volumes() {
    awk '$2 != "/" && $2 !~ "^/(proc|sys|dev|cvmfs)(/|$)" { print $2 }' /proc/mounts | while read -r point; do
        # The kernel writes a space as \040.
        point=${point//'\040'/ }
        [ -d "$point" ] || continue
        written=$(find "$point" -mindepth 1 -xdev -newer "$work/began" ! -path "$work*" -print 2>/dev/null | head -n 1)
        if [ -n "$written" ]; then
            echo "Warning: the setup script wrote below $point, which is a VOLUME of the base image; the image" \
                "will not have it." >&2
            echo "Fix: write elsewhere, or use strategy buildx." >&2
        fi
    done
}
