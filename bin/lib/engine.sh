# shellcheck shell=bash
# engine_up, engine_down: a Docker engine with buildx. What is there is used as it is; else a private one, below RIG_DIR.
# shellcheck source=bin/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

ENGINE_OWNED=no

# Sets ENGINE_OWNED, ENGINE_VERSION, ENGINE_PLUGINS (the directory of the buildx plugin); with a private engine exports
# DOCKER_HOST, DOCKER_CONFIG, PATH, ENGINE_CDI (the directory of its CDI devices).
engine_up() {
    _engine_up || return 1
    ENGINE_VERSION=$(docker version --format '{{.Server.Version}}')
    ENGINE_PLUGINS=$(docker info --format '{{range .ClientInfo.Plugins}}{{if eq .Name "buildx"}}{{.Path}}{{end}}{{end}}' 2>/dev/null)
    ENGINE_PLUGINS=${ENGINE_PLUGINS%/*}
    export ENGINE_VERSION ENGINE_PLUGINS
}

engine_down() {
    [ "$ENGINE_OWNED" = yes ] || return 0
    _engine_down || return 1
}

_engine_answers() { timeout 20 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

_engine_up() {
    [ "$ENGINE_OWNED" = no ] || return 0
    if _engine_answers && timeout 20 docker buildx version >/dev/null 2>&1; then
        rig_say "engine: using the one that is here"
        return 0
    fi
    rig_apt "an engine" && rig_open || return 1
    command -v ip >/dev/null && command -v iptables >/dev/null || rig_install iproute2 iptables || return 1
    rig_locked _engine_get || return 1
    local root
    root=$(_engine_root)
    ENGINE_PATH_BEFORE=$PATH
    PATH=$root/usr/sbin:$root/usr/bin:$PATH
    mkdir -p "$RIG_DIR/engine/docker-config" || return 1
    ENGINE_OWNED=yes
    if ! _engine_network || ! _engine_start; then
        rig_say "engine: did not start with a network of its own; trying without one, so containers will have none"
        rig_clear_engine "$RIG_DIR"
        mkdir -p "$RIG_DIR/engine/docker-config"
        if ! _engine_start; then
            rig_fail "the private engine does not start" "$(_engine_log)" \
                "start Docker yourself and run again: it is used when 'docker version' and 'docker buildx version' answer"
            _engine_down
            return 1
        fi
    fi
    printf '{"cliPluginsExtraDirs":["%s"]}\n' "$(dirname "$(_engine_buildx "$root")")" >"$RIG_DIR/engine/docker-config/config.json"
    unset DOCKER_CONTEXT DOCKER_TLS DOCKER_TLS_VERIFY DOCKER_CERT_PATH DOCKER_API_VERSION BUILDX_CONFIG BUILDX_BUILDER
    export PATH DOCKER_HOST=unix://$RIG_DIR/engine/docker.sock DOCKER_CONFIG=$RIG_DIR/engine/docker-config ENGINE_CDI=$RIG_DIR/engine/cdi
    rig_say "engine: a private one, $(docker version --format '{{.Server.Version}}'), $(docker buildx version | cut -d' ' -f2)"
}

_engine_down() {
    rig_clear_engine "$RIG_DIR"
    ENGINE_OWNED=no
    PATH=$ENGINE_PATH_BEFORE
    unset DOCKER_HOST DOCKER_CONFIG ENGINE_CDI
    rig_close
    # containerd makes these for every engine; an empty one is nobody's.
    rmdir /run/containerd/s /run/containerd 2>/dev/null
    return 0
}

_engine_root() { printf '%s/engine-%s\n' "$RIG_CACHE" "$(dpkg --print-architecture)"; }
_engine_buildx() { find "$1" -path '*/cli-plugins/docker-buildx' -print -quit; }

_engine_get() {
    local root suite codename
    root=$(_engine_root)
    if [ -e "$root/complete" ] && ! _engine_lacks "$root" >/dev/null; then return 0; fi
    codename=$(rig_codename)
    rig_candidate docker.io || rig_update
    for suite in own sid trixie; do
        rm -rf "$root" "$root.new"
        if [ "$suite" = own ]; then
            rig_candidate docker-buildx || continue
            rig_say "getting the engine from the machine's package sources"
            _engine_unpack_own "$root.new" docker.io docker-cli containerd docker-buildx || continue
        else
            if [ "$suite" = "$codename" ] || ! grep -q '^ID=debian' /etc/os-release; then continue; fi
            rig_say "getting the engine from the suite $suite of the machine's package source"
            _engine_unpack_newer "$root.new" "$codename" "$suite" || continue
        fi
        _engine_unpack_own "$root.new" runc tini || continue
        # The package's link leads to where tini would be installed.
        ln -sf tini-static "$root.new/usr/bin/docker-init"
        _engine_libraries "$root.new" "$suite"
        if RIG_WHY=$(_engine_lacks "$root.new"); then
            continue
        fi
        mv "$root.new" "$root" && touch "$root/complete" && return 0
    done
    rm -rf "$root.new"
    rig_fail "cannot get an engine with buildx from the machine's package sources" "${RIG_WHY:-no suite has docker-buildx}" \
        "install and start Docker with its buildx plugin (>= 0.13), or make the Debian mirror in /etc/apt reachable"
}

_engine_unpack_own() {
    local dir=$1 package packages=()
    shift
    for package in "$@"; do
        # Where docker-cli is not a package of its own, docker.io has the client.
        rig_candidate "$package" && packages+=("$package")
    done
    rig_unpack_own "$dir" "${packages[@]}"
}

# A private package state: the machine's own does not learn of the newer suite.
_engine_unpack_newer() {
    local dir=$1 state options rc
    state=$(mktemp -d) || return 1
    mkdir -p "$state/sources" "$state/lists/partial" "$state/cache/archives/partial"
    options=(-o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$state/sources" -o Dir::Etc::preferences=/dev/null
        -o Dir::Etc::preferencesparts=/dev/null -o APT::Default-Release= -o "Dir::State::lists=$state/lists"
        -o "Dir::Cache=$state/cache" -o Acquire::Languages=none -o APT::Sandbox::User=root)
    rig_sources "$2" "$3" "$state/sources"
    if ! compgen -G "$state/sources/*" >/dev/null; then
        RIG_WHY="no package source for $2 in /etc/apt to derive $3's from"
        rc=1
    elif ! apt-get -qq "${options[@]}" update >"$state/log" 2>&1; then
        RIG_WHY=$(grep '^E:' "$state/log" | tail -n 1)
        rc=1
    else
        rig_unpack "$dir" docker.io docker-cli containerd docker-buildx -- "${options[@]}"
        rc=$?
    fi
    rm -rf "$state"
    return "$rc"
}

# Shared libraries come from the machine's own suite, whatever suite the engine is from.
_engine_libraries() {
    _engine_lacks "$1" >/dev/null || return 0
    local libraries
    mapfile -t libraries < <(LC_ALL=C apt-cache depends docker.io containerd runc 2>/dev/null |
        sed -nE 's/^ *Depends: (lib[a-z0-9.+-]+)$/\1/p' | sort -u)
    [ "${#libraries[@]}" -eq 0 ] || rig_install "${libraries[@]}"
}

# Succeeds when something is lacking, and says what.
_engine_lacks() {
    local name file missing
    for name in usr/sbin/dockerd usr/bin/docker usr/bin/containerd usr/bin/containerd-shim-runc-v2 'usr/*bin/runc'; do
        file=$(compgen -G "$1/$name") || { printf '%s is not in the packages\n' "$name"; return 0; }
        missing=$(LC_ALL=C ldd "$file" 2>&1 | grep 'not found' | head -n 1)
        [ -z "$missing" ] || { printf '%s: %s\n' "${file##*/}" "${missing#"${missing%%[! 	]*}"}"; return 0; }
    done
    [ -n "$(_engine_buildx "$1")" ] || { printf 'buildx is not in the packages\n'; return 0; }
    return 1
}

# A bridge of our own: two engines on docker0 would flush each other's rules and give out the same addresses.
_engine_network() {
    local n prefix bridge='' forwarded
    forwarded=$(cat /proc/sys/net/ipv4/ip_forward) || return 1
    for n in {0..40}; do
        prefix=10.213.$n
        ip -4 route show match "$prefix.0/24" 2>/dev/null | grep -v '^default' >/dev/null && continue
        ip link add "cvdi$n" type bridge 2>/dev/null || { [ -d "/sys/class/net/cvdi$n" ] || return 1; continue; }
        bridge=cvdi$n
        break
    done
    [ -n "$bridge" ] || return 1
    printf '%s %s %s\n' "$bridge" "$prefix.0/24" "$forwarded" >"$RIG_DIR/engine/network"
    ip addr add "$prefix.1/24" dev "$bridge" && ip link set "$bridge" up || return 1
    if ! { printf '1\n' >/proc/sys/net/ipv4/ip_forward && rig_nat -I "$bridge" "$prefix.0/24"; } 2>/dev/null; then
        rig_say "engine: the machine forbids address translation; containers reach this machine only"
    fi
    ENGINE_BRIDGE=$bridge
}

_engine_start() {
    local dir=$RIG_DIR/engine i bridge=none
    [ ! -e "$dir/network" ] || bridge=$ENGINE_BRIDGE
    cat >"$dir/containerd.toml" <<TOML || return 1
version = 2
root = "$dir/containerd"
state = "$dir/run/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
[grpc]
  address = "$dir/containerd.sock"
TOML
    cat >"$dir/daemon.json" <<JSON || return 1
{
  "builder": {"Entitlements": {"security-insecure": true}},
  "features": {"cdi": true},
  "cdi-spec-dirs": ["$dir/cdi"],
  "bridge": "$bridge",
  "iptables": false,
  "ip6tables": false,
  "ip-forward": false,
  "data-root": "$dir/data",
  "exec-root": "$dir/run/docker",
  "pidfile": "$dir/dockerd.pid",
  "hosts": ["unix://$dir/docker.sock"],
  "containerd": "$dir/containerd.sock"
}
JSON
    mkdir -p "$dir/run" "$dir/cdi"
    rig_start "$dir/containerd.log" "$dir/containerd.pid" containerd --config "$dir/containerd.toml"
    for ((i = 0; i < 200; i++)); do
        [ ! -S "$dir/containerd.sock" ] || break
        sleep 0.05
    done
    rig_start "$dir/dockerd.log" "$dir/dockerd-start.pid" dockerd --config-file "$dir/daemon.json"
    for ((i = 0; i < 300; i++)); do
        if [ -S "$dir/docker.sock" ] && DOCKER_HOST=unix://$dir/docker.sock DOCKER_CONTEXT='' _engine_answers; then
            return 0
        fi
        [ "$i" -lt 10 ] || [ -n "$(rig_daemons "$RIG_DIR" dockerd)" ] || return 1
        sleep 0.1
    done
    return 1
}

_engine_log() {
    local line
    line=$(grep -hE '^failed to start|level=(error|fatal)' "$RIG_DIR/engine/dockerd.log" | tail -n 1)
    [ -n "$line" ] || line=$(tail -qn 1 "$RIG_DIR/engine/dockerd.log" "$RIG_DIR/engine/containerd.log")
    printf '%s\n' "${line:-it wrote no log}"
}
