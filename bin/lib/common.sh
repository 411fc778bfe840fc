# shellcheck shell=bash
# Shared by engine.sh, registry.sh, base-image.sh and host-cvmfs.sh, which source it. The caller gives RIG_DIR.

RIG_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/cvmfs-derived-image

RIG_WHY=''

rig_say() { printf '%s\n' "$*" >&2; }

# rig_fail WHAT WHY FIX
rig_fail() {
    printf 'error: %s\n  why:  %s\n  fix:  %s\n' "$1" "$2" "$3" >&2
    return 1
}

# A pid alone proves nothing, since pids are used again: the start time belongs to it.
_rig_process() {
    local stat
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    # shellcheck disable=SC2086
    set -- "$1" ${stat##*) }
    [ "$2" != Z ] || return 1
    printf '%s %s\n' "$1" "${21}"
}

_rig_owner_lives() {
    local pid start
    { read -r pid start <"$1/owner"; } 2>/dev/null || return 1
    [ "$(_rig_process "$pid")" = "$pid $start" ]
}

_rig_note() { printf '%s/rigs/%s\n' "$RIG_CACHE" "${1//\//+}"; }

# Makes RIG_DIR ours, and clears what killed runs left there or in any other RIG_DIR that was noted in the cache.
rig_open() {
    local self note dir
    if [[ ! ${RIG_DIR:-} =~ ^/[A-Za-z0-9._+/-]+$ ]] || [ "${#RIG_DIR}" -gt 70 ]; then
        rig_fail "the private directory RIG_DIR='${RIG_DIR:-}' cannot be used" \
            "it must be an absolute path of at most 70 letters, digits or . _ + - / (a socket lies below it)" \
            "set RIG_DIR to such a directory, for example RIG_DIR=\$(mktemp -d)"
        return 1
    fi
    self=$(_rig_process $$)
    if _rig_owner_lives "$RIG_DIR" && [ "$(cat "$RIG_DIR/owner")" != "$self" ]; then
        rig_fail "the private directory $RIG_DIR is in use" "process $(cut -d' ' -f1 "$RIG_DIR/owner") works in it" \
            "wait until that process ends, or set RIG_DIR to another directory"
        return 1
    fi
    mkdir -p "$RIG_CACHE/rigs" "$RIG_DIR" && chmod 700 "$RIG_DIR" || return 1
    if [ "$(cat "$RIG_DIR/owner" 2>/dev/null)" != "$self" ]; then
        rig_clear "$RIG_DIR"
        printf '%s\n' "$self" >"$RIG_DIR/owner"
        printf '%s\n' "$RIG_DIR" >"$(_rig_note "$RIG_DIR")"
    fi
    for note in "$RIG_CACHE"/rigs/*; do
        { read -r dir <"$note"; } 2>/dev/null || continue
        if [ "$dir" = "$RIG_DIR" ] || _rig_owner_lives "$dir"; then continue; fi
        rig_clear "$dir"
        rm -f "$note" "$dir/owner"
        rmdir "$dir" 2>/dev/null
    done
    return 0
}

# Forgets RIG_DIR once nothing of ours runs in it.
rig_close() {
    [ -e "$RIG_DIR/engine" ] || [ -e "$RIG_DIR/host" ] || compgen -G "$RIG_DIR/registry-*" >/dev/null && return 0
    rm -f "$(_rig_note "$RIG_DIR")" "$RIG_DIR/owner"
    rmdir "$RIG_CACHE/rigs" "$RIG_DIR" 2>/dev/null
    return 0
}

# Daemons started for directory $1, by the names in $2 (a pattern): known by their arguments, so no pid file can lie.
rig_daemons() {
    local cmdline word words
    for cmdline in /proc/[0-9]*/cmdline; do
        { mapfile -d '' -t words <"$cmdline"; } 2>/dev/null || continue
        [[ ${words[0]:-} =~ ^([^ ]*/)?($2)$ ]] || continue
        cmdline=${cmdline#/proc/}
        for word in "${words[@]}"; do
            if [[ $word == "$1"/* ]]; then
                printf '%s\n' "${cmdline%/cmdline}"
                break
            fi
        done
    done
}

# Processes whose root file system lies below directory $1: what runs in the containers of its engine.
rig_contained() {
    local pid
    grep -lE "^[0-9]+ [0-9]+ [0-9:]+ [^ ]+ / .*${1//./[.]}/|^[0-9]+ [0-9]+ [0-9:]+ ${1//./[.]}/[^ ]+ / " \
        /proc/[0-9]*/mountinfo 2>/dev/null | while IFS=/ read -r _ _ pid _; do printf '%s\n' "$pid"; done
}

# rig_stop DIR NAMES SECONDS: asks, then kills.
rig_stop() {
    local pids i
    mapfile -t pids < <(rig_daemons "$1" "$2")
    [ "${#pids[@]}" -gt 0 ] || return 0
    kill -TERM "${pids[@]}" 2>/dev/null
    for ((i = 0; i < $3 * 10; i++)); do
        # An engine on its way out waits for its containers, and they may not listen.
        rig_kill "$(rig_contained "$1")"
        mapfile -t pids < <(rig_daemons "$1" "$2")
        [ "${#pids[@]}" -gt 0 ] || return 0
        sleep 0.1
    done
    kill -KILL "${pids[@]}" 2>/dev/null
    sleep 0.2
}

rig_kill() {
    # shellcheck disable=SC2086
    [ -z "$1" ] || kill -KILL $1 2>/dev/null
    return 0
}

rig_unmount() {
    local target
    awk -v d="$1/" 'index($5, d) == 1 { print $5 }' /proc/self/mountinfo | sort -r | while read -r target; do
        # One that a shared mount had twice is gone already.
        umount "$target" 2>/dev/null || ! mountpoint -q "$target" || umount -l "$target"
    done
}

# The private engine's bridge has rules of its own; nobody else's chain is touched.
rig_nat() {
    local tag=(-m comment --comment "cvmfs-derived-image:$2") rc=0
    iptables -w 10 -t nat "$1" POSTROUTING -s "$3" ! -o "$2" "${tag[@]}" -j MASQUERADE || rc=1
    iptables -w 10 "$1" FORWARD -i "$2" "${tag[@]}" -j ACCEPT || rc=1
    iptables -w 10 "$1" FORWARD -o "$2" "${tag[@]}" -j ACCEPT || rc=1
    return "$rc"
}

_rig_clear_network() {
    local bridge subnet forwarded
    { read -r bridge subnet forwarded <"$1/engine/network"; } 2>/dev/null || return 0
    rig_nat -D "$bridge" "$subnet" 2>/dev/null
    ip link delete "$bridge" 2>/dev/null
    # An engine that was started in the meantime may count on forwarding.
    if [ "$forwarded" = 0 ] && [ ! -d /sys/class/net/docker0 ]; then
        printf '0\n' >/proc/sys/net/ipv4/ip_forward
    fi
    return 0
}

# Ends the private engine in directory $1, whatever state it is in, and removes what it kept.
rig_clear_engine() {
    [ -d "$1/engine" ] || return 0
    rig_stop "$1" dockerd 10
    rig_kill "$(rig_contained "$1")"
    rig_stop "$1" containerd 5
    rig_stop "$1" 'containerd-shim.*' 0
    rig_kill "$(rig_contained "$1")"
    rig_unmount "$1"
    _rig_clear_network "$1"
    rm -rf --one-file-system "$1/engine"
}

# rig_clear_registry DIR [NAME]
rig_clear_registry() {
    local dir
    for dir in "$1/registry-"${2:-*}; do
        [ -d "$dir" ] || continue
        rig_stop "$dir" docker-registry 3
        if [ -s "$dir/container" ]; then
            docker rm -f -v "$(cat "$dir/container")" >/dev/null 2>&1
        fi
        rm -rf --one-file-system "$dir"
    done
}

# rig_clear_host DIR: unmounts what plays this machine's own CVMFS, and ends the proxy that counts.
rig_clear_host() {
    [ -d "$1/host" ] || return 0
    rig_stop "$1/host" python3 1
    rig_unmount "$1/host"
    rm -rf --one-file-system "$1/host"
}

rig_clear() {
    rig_clear_host "$1"
    rig_clear_registry "$1"
    rig_clear_engine "$1"
}

# rig_start LOG PIDFILE COMMAND...: in a session of its own, so that an interrupt at the terminal reaches the caller
# alone.
rig_start() {
    local log=$1 pidfile=$2
    shift 2
    # shellcheck disable=SC2016
    setsid sh -c 'echo $$ >"$0"; exec "$@"' "$pidfile" "$@" </dev/null >"$log" 2>&1 9>&- &
    disown $! 2>/dev/null
    return 0
}

rig_root() { [ "$(id -u)" = 0 ]; }

rig_codename() { sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2>/dev/null | tr -d '"'; }

# rig_apt WHAT: can packages be had here?
rig_apt() {
    if ! rig_root || ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
        rig_fail "cannot get $1" "that takes root on a machine with apt" \
            "run as root on Debian or Ubuntu, or install and start Docker with its buildx plugin yourself"
        return 1
    fi
}

rig_candidate() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep 'Candidate: [^(]' >/dev/null; }

# Package lists may be missing (as in container images) or too old for what they name to be still there.
rig_update() {
    [ -z "${RIG_UPDATED:-}" ] || return 0
    RIG_UPDATED=yes
    rig_say "reading the machine's package lists"
    apt-get -qq -o DPkg::Lock::Timeout=120 update >/dev/null 2>&1
}

rig_install() {
    local install=(apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=120 install "$@") log
    log=$(DEBIAN_FRONTEND=noninteractive "${install[@]}" 2>&1 </dev/null) && return 0
    rig_update
    log=$(DEBIAN_FRONTEND=noninteractive "${install[@]}" 2>&1 </dev/null) && return 0
    rig_fail "cannot install $*" "$(grep '^E:' <<<"$log" | tail -n 1)" "run: apt-get update && apt-get install $*"
}

# rig_unpack DIR PACKAGE... [-- APT-OPTION...]: packages' files below DIR, nothing installed. On failure RIG_WHY says why.
rig_unpack() {
    local dir=$1 packages=() debs
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do packages+=("$1"); shift; done
    [ $# -eq 0 ] || shift
    debs=$(mktemp -d) || return 1
    (
        cd "$debs" || exit 1
        apt-get -qq -o APT::Sandbox::User=root "$@" download "${packages[@]}" >log 2>&1 || exit 1
        mkdir -p "$dir" || exit 1
        for deb in ./*.deb; do dpkg -x "$deb" "$dir" || exit 1; done
    )
    local rc=$?
    # shellcheck disable=SC2034
    [ "$rc" = 0 ] || RIG_WHY=$(grep '^E:' "$debs/log" | tail -n 1)
    rm -rf "$debs"
    return "$rc"
}

# rig_unpack_own DIR PACKAGE...: from the machine's own suite.
rig_unpack_own() {
    rig_unpack "$@" && return 0
    rig_update
    rig_unpack "$@"
}

# rig_sources FROM TO DIR: the machine's own sources of suite FROM, saying TO.
rig_sources() {
    local list
    for list in /etc/apt/sources.list.d/*.sources; do
        [ -e "$list" ] && sed '/^#/d' "$list" | awk -v RS= -v from="$1" -v to="$2" '
            $0 ~ "\n?Suites:[^\n]*[ \t](" from "|stable|oldstable)([ \t\n]|$)" && !/Enabled: *no/ {
                sub(/Suites:[^\n]*/, "Suites: " to); print $0 "\n" }' >>"$3/own.sources"
    done
    for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ -e "$list" ] && sed -nE "s/^(deb[ \t]+(\[[^]]*\][ \t]+)?[^ \t]+[ \t]+)($1|stable|oldstable)([ \t]+.*)/\1$2\4/p" "$list" >>"$3/own.list"
    done
    find "$3" -type f -empty -delete
}

# Only one run at a time fills the cache.
rig_locked() {
    mkdir -p "$RIG_CACHE" || return 1
    (
        if ! flock -w 900 9; then
            rig_fail "waited 15 minutes for $RIG_CACHE/lock" "another run is filling the cache" "wait for it to end, or end it"
            exit 1
        fi
        "$@"
    ) 9>"$RIG_CACHE/lock"
}
