# Mounts each repository of CVMFS_MOUNTS that is not a mount point yet, as in /etc/fstab if listed there, and fails
# unless all of them are mounted afterwards. The base image's own function always reports success and omits repositories
# that /etc/fstab lacks, and ls succeeds on an empty directory, so neither is sufficient.
mount_repository() {
    if grep -q "[[:space:]]/cvmfs/$1[[:space:]]" /etc/fstab; then
        mount "/cvmfs/$1"
    else
        mount -t cvmfs "$1" "/cvmfs/$1"
    fi
}
# A kept cache may come from another image, whose client has another user number.
own_cache() {
    cache=$(cat /etc/cvmfs/default.conf /etc/cvmfs/default.local 2>/dev/null |
        awk -F = '$1 == "CVMFS_CACHE_BASE" { cache = $2 } END { gsub(/["\047]/, "", cache); print cache }')
    [ -d "$cache" ] || return 0
    [ -n "$(find "$cache" -maxdepth 2 ! -user cvmfs ! -user root -print 2>/dev/null | head -n 1)" ] || return 0
    chown -R cvmfs "$cache"
}
# After a failure, the client nearly always prints the same message; the reason is only in its log. So it tries once
# more with a log, and prints the log's lines, then the client's own lines that are missing there.
tell_reason() {
    why=$(mktemp -d) || return 0
    # The client writes as its own user.
    chmod 777 "$why"
    printf '%s\n' "CVMFS_USYSLOG=$why/log" CVMFS_TIMEOUT=2 CVMFS_TIMEOUT_DIRECT=2 CVMFS_MAX_RETRIES=0 \
        >"$why/default.local"
    if apply_settings "$why"; then
        mount_repository "$1" || :
        umount "/cvmfs/$1" || again=no
        drop_settings
        [ -n "${again-}" ] || mount_repository "$1" || :
    fi </dev/null >/dev/null 2>&1
    touch "$why/log"
    awk '
        FNR == NR { sub(/^[^(]*[(][^)]*[)] /, "") }
        FNR == NR && /switching proxy from [(]none[)]/ && !server {
            server = proxy = $0
            sub(/^.*Current host: /, "", server)
            sub(/[]]$/, "", server)
            sub(/^.*[(]none[)] to /, "", proxy)
            sub(/[.] Reason: .*$/, "", proxy)
        }
        /switching |GeoAPI|geographic order|re-building|crashed previously|^CernVM-FS: / { next }
        FNR == NR && /Failed to initialize root file catalog/ { next }
        FNR == NR { sub(/^[(]manager [^)]*[)] /, "") }
        FNR != NR && said && /^Failed to initialize root file catalog/ { next }
        $0 != "" && index(said, $0) == 0 { said = said (said ? "; " : "") $0 }
        END {
            asked = server && said ~ /manifest|whitelist|catalog/
            print said (asked ? "; it asked " server " by way of " proxy : "")
        }
    ' "$why/log" "$2" 2>/dev/null | cut -c1-600
    rm -rf "$why"
}
mount_repositories() (
    wanted=''
    for name in ${CVMFS_MOUNTS-}; do
        case $name in
            [Nn][Oo][Nn][Ee]) ;;
            [Aa][Ll][Ll])
                wanted="$wanted $(sed -n 's/^[^#[:space:]]\{1,\}[[:space:]]\{1,\}\/cvmfs\/\([^[:space:]]*\).*/\1/p' \
                    /etc/fstab)"
                ;;
            *) wanted="$wanted $name" ;;
        esac
    done
    missing=''
    [ -z "$wanted" ] || own_cache
    for name in $wanted; do
        point=/cvmfs/$name
        mountpoint -q "$point" && continue
        # The mount process stays in the background: it may keep a file open, but not a pipe that is waited for.
        log=$(mktemp)
        { mkdir -p "$point" && mount_repository "$name"; } </dev/null 2>"$log" >/dev/null || :
        if ! mountpoint -q "$point"; then
            reason=$(tell_reason "$name" "$log") || :
            mountpoint -q "$point" || missing="$missing${missing:+, }$name (the client says: $reason)"
        fi
        rm -f "$log"
    done
    if [ -z "$missing" ]; then
        # shellcheck disable=SC2086 # a word each
        [ -z "$wanted" ] || note_repositories $wanted
        exit
    fi
    echo "CVMFS is not mounted: $missing" >&2
    echo 'Usual causes: a misspelt name; no server or key for it in /etc/cvmfs; the proxy or the servers are not' >&2
    echo 'reached (CVMFS_HTTP_PROXY); no right to mount (a RUN without --security=insecure, not root, no' >&2
    echo '/dev/fuse); a full disk.' >&2
    exit 1
)

# Needed by a client that mounts as its own user, which keeps root's group.
open_fuse() { chmod a+rw /dev/fuse || :; }

# end_clients CACHE-DIRECTORY: unmounts, because a killed client rebuilds its cache's index the next time.
end_clients() {
    awk '$2 ~ "^/cvmfs/" { print $2 }' /proc/mounts | while read -r point; do
        umount "$point" || umount -l "$point"
    done
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -n "$(find "$1/shared" -maxdepth 1 -name '*running*' 2>/dev/null)" ] || break
        sleep 0.1
    done
}
