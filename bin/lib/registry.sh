# shellcheck shell=bash
# registry_up, registry_down: registries on this machine's loopback, which Docker and BuildKit speak to without TLS.
# shellcheck source=bin/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# registry_up NAME PORT|0 [USER PASSWORD]: sets and exports REGISTRY_<NAME>=127.0.0.1:port.
registry_up() {
    _registry_up "$@" || return 1
}

# registry_down [NAME]: that one, or all of RIG_DIR.
registry_down() {
    [ -n "${RIG_DIR:-}" ] && [ -d "$RIG_DIR" ] || return 0
    rig_clear_registry "$RIG_DIR" "$@"
    rig_close
}

_registry_up() {
    local name=$1 port=${2:-0} user=${3:-} dir i address=''
    local variable
    variable=REGISTRY_$(tr -c 'A-Z0-9\n' _ <<<"${name^^}")
    rig_open || return 1
    dir=$RIG_DIR/registry-$name
    rig_clear_registry "$RIG_DIR" "$name"
    mkdir -p "$dir/data" || return 1
    {
        printf 'version: 0.1\nlog: {level: info, fields: {service: registry}}\n'
        printf 'storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}\n' "$dir/data"
        printf 'http: {addr: "127.0.0.1:%s"}\n' "$port"
        [ -z "$user" ] || printf 'auth: {htpasswd: {realm: registry, path: %s}}\n' "$dir/htpasswd"
    } >"$dir/config.yml"
    if [ -n "$user" ]; then
        _registry_password "$user" "${4:-}" >"$dir/htpasswd" || return 1
    fi
    if _registry_binary; then
        OTEL_TRACES_EXPORTER=none rig_start "$dir/log" "$dir/pid" "$REGISTRY_BINARY" serve "$dir/config.yml"
        for ((i = 0; i < 100 && ${#address} == 0; i++)); do
            address=$(sed -nE 's/.*listening on (127\.0\.0\.1:[0-9]+).*/\1/p' "$dir/log" 2>/dev/null | head -n 1)
            [ "$i" -lt 10 ] || [ -n "$(rig_daemons "$dir" docker-registry)" ] || break
            sleep 0.1
        done
    else
        address=$(_registry_contained "$dir" "$port" "$user")
    fi
    for ((i = 0; i < 100 && ${#address} > 0; i++)); do
        if _registry_answers "$address"; then
            printf -v "$variable" %s "$address"
            # shellcheck disable=SC2163
            export "$variable"
            rig_say "registry $name: $address${user:+, user $user}"
            return 0
        fi
        sleep 0.1
    done
    rig_fail "the registry '$name' does not start on 127.0.0.1:$port" \
        "$(sed -nE 's/.*(level=fatal|panic:|error:) *//p; $p' "$dir/log" 2>/dev/null | head -n 1)" \
        "choose a free port (0 takes any), or install the package docker-registry"
    rig_clear_registry "$RIG_DIR" "$name"
    return 1
}

# The API answers 200, or 401 where it wants a password.
_registry_answers() {
    local status=''
    {
        exec 8<>"/dev/tcp/${1%:*}/${1#*:}" &&
            printf 'GET /v2/ HTTP/1.0\r\nHost: %s\r\n\r\n' "$1" >&8 && read -r -t 5 -u 8 _ status _
        exec 8>&-
    } 2>/dev/null
    [ "$status" = 200 ] || [ "$status" = 401 ]
}

# perl and libcrypt are on every Debian and Ubuntu, and the password goes through a pipe, on no command line.
_registry_password() {
    # shellcheck disable=SC2016
    printf '%s' "$2" | LC_ALL=C perl -e '
        my @c = (".", "/", "A".."Z", "a".."z", 0..9);
        open(my $r, "<", "/dev/urandom") or die; read($r, my $bytes, 21) == 21 or die;
        local $/; my $password = <STDIN>;
        my $hash = crypt($password, q($2b$05$) . join("", map { $c[$_ % 64] } unpack("C*", $bytes)) . ".");
        die unless defined $hash && length($hash) == 60;
        print "$ARGV[0]:$hash\n"' "$1" 2>/dev/null && return 0
    if command -v htpasswd >/dev/null; then
        printf '%s\n' "$2" | htpasswd -niB "$1" && return 0
    fi
    rig_fail "cannot hash the registry's password" "neither perl's crypt (bcrypt) nor htpasswd works here" "install apache2-utils"
}

_registry_binary() {
    REGISTRY_BINARY=$(command -v docker-registry) && return 0
    REGISTRY_BINARY=$RIG_CACHE/registry/usr/bin/docker-registry
    [ ! -x "$REGISTRY_BINARY" ] || return 0
    rig_root && command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
    rig_locked _registry_get && [ -x "$REGISTRY_BINARY" ]
}

_registry_get() {
    rig_candidate docker-registry || rig_update
    rig_candidate docker-registry || return 1
    rig_say "getting the registry from the machine's package sources"
    rm -rf "$RIG_CACHE/registry" "$RIG_CACHE/registry.new"
    rig_unpack_own "$RIG_CACHE/registry.new" docker-registry && mv "$RIG_CACHE/registry.new" "$RIG_CACHE/registry"
}

# Where the package is not to be had, the registry's own image may be.
_registry_contained() {
    local dir=$1 options=(-d -p "127.0.0.1:$2:5000" -e "OTEL_TRACES_EXPORTER=none" -e "REGISTRY_STORAGE_DELETE_ENABLED=true")
    if [ -n "$3" ]; then
        options+=(-v "$dir/htpasswd:/htpasswd:ro" -e REGISTRY_AUTH=htpasswd -e REGISTRY_AUTH_HTPASSWD_REALM=registry
            -e REGISTRY_AUTH_HTPASSWD_PATH=/htpasswd)
    fi
    docker run "${options[@]}" registry:2 >"$dir/container" 2>"$dir/log" || return 1
    docker port "$(cat "$dir/container")" 5000/tcp | head -n 1
}
