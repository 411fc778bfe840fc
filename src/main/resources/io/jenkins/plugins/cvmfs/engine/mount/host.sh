# For a container whose /cvmfs is the agent's: the functions of mount.sh and settings.sh, which here verify instead of
# mounting. The only setting is a file with pins, one repository and its root hash per line.
apply_settings() { pins=$1/pins; }
drop_settings() { :; }
open_fuse() { :; }
end_clients() { :; }

# Whether something other than an automounter's empty directory is mounted for repository $1.
is_mounted() {
    awk -v point="/cvmfs/$1" '$2 == point && $3 != "autofs" { found = 1 } END { exit !found }' /proc/mounts
}

# Reads the directory of repository $1, so that an automounter mounts it. Who first finds an automounter that was killed
# is ended by SIGPIPE, without a message; the next one sees an empty directory. So there is a second attempt.
can_read() {
    said=$(LC_ALL=C ls -d "/cvmfs/$1/." 2>&1) || said=$(LC_ALL=C ls -d "/cvmfs/$1/." 2>&1)
}

# Prints why repository $1 is missing; nothing if it is present.
why_not_there() {
    if [ "$1" = all ]; then
        echo "the image's /etc/fstab names no repository"
    elif ! grep -q '^[^ ]* /cvmfs ' /proc/mounts; then
        echo "nothing gives this container the agent's /cvmfs"
    elif ! can_read "$1"; then
        said=${said##*: }
        echo "${said:-its directory cannot be read}"
    elif ! is_mounted "$1" && [ -z "$(cvmfs_attribute root_hash "$1")" ]; then
        echo "an empty directory, on which nothing is mounted"
    fi
}

# The repositories of CVMFS_MOUNTS; all means those of /etc/fstab.
wanted_repositories() {
    for name in ${CVMFS_MOUNTS-}; do
        case $name in
            [Nn][Oo][Nn][Ee]) ;;
            [Aa][Ll][Ll]) awk '$1 !~ /^#/ && $2 ~ "^/cvmfs/" { print substr($2, 8) }' /etc/fstab | grep . || echo all ;;
            *) echo "$name" ;;
        esac
    done
}

# Compares the lines of file $1 with what the agent has mounted.
compare_pins() {
    while read -r name pin; do
        hash=$(cvmfs_attribute root_hash "$name" | tr -cd '0-9a-z-')
        if [ "$hash" != "$pin" ]; then
            echo "CVMFS is not mounted as asked: $name has the root hash ${hash:-unknown} on the agent," \
                "but is pinned to $pin" >&2
            return 1
        fi
    done <"$1"
}

# Fails unless each requested repository is present, in the state to which it is pinned.
mount_repositories() (
    wanted=$(wanted_repositories)
    missing=''
    for name in $wanted; do
        why=$(why_not_there "$name")
        [ -z "$why" ] || missing="$missing${missing:+, }$name (on the agent: $why)"
    done
    if [ -n "$missing" ]; then
        echo "CVMFS is not mounted: $missing" >&2
        echo "This build reads the agent's /cvmfs, which must have these repositories; it mounts nothing itself." >&2
        exit 1
    fi
    [ ! -f "${pins-}" ] || compare_pins "$pins" || exit 1
    # shellcheck disable=SC2086 # a word each
    [ -z "$wanted" ] || note_repositories $wanted
)
