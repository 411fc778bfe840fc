# The builder is used first and created only if it is missing, because asking costs more than a cached build. A script
# sets kind: "docker" is the engine's own, "existing" is used unchanged, "kept" is created and stays, "ephemeral"
# belongs to this build, "shared" was created for several builds. create makes it; append adds further nodes.
kind=''
builder=''
driver=''
endpoint=''
nodes=''
last_node=0
shared=''
mark=''
taken=''
is_made=''
other_engine=''
cached=''
named_cache=''
defaults=''

# A name for an engine other than docker's default; empty for the default.
find_engine() {
    find_context
    [ -z "$other_engine" ] || return 0
    other_engine=${DOCKER_HOST:-}
    [ -n "$other_engine" ] || [ "$context" = default ] || other_engine=$context
    [ -z "$other_engine" ] || other_engine=$(echo "$other_engine" | cksum)
    other_engine=${other_engine%% *}
}

take_builder() {
    [ -z "$taken" ] || return 0
    taken=yes
    case $kind in
        docker)
            find_context
            builder=$context
            [ -z "$cached" ] || name_cache
            ;;
        kept)
            if [ -n "$shared" ] && [ "$driver" = kubernetes ]; then
                find_cluster
                builder=$builder-$cluster
            elif [ -n "$shared" ] && [ "$driver" != remote ]; then
                find_engine
                builder=$builder${other_engine:+-$other_engine}
            fi
            ;;
    esac
    if [ -n "$pool" ]; then
        next_endpoint
    elif [ "$driver" = remote ]; then
        must_answer
    fi
    instance=${BUILDX_CONFIG:-${DOCKER_CONFIG:-${HOME-}/.docker}/buildx}/instances/$builder
    if [ "$driver" = kubernetes ] || { [ "$kind" = existing ] && is_in_cluster; }; then
        pods=yes
    fi
}

# For a builder that is used unchanged, only buildx's record knows.
is_in_cluster() {
    record=''
    { IFS= read -r record || :; } 2>/dev/null <"$instance" || return
    case $record in *'"Driver":"kubernetes"'*) ;; *) return 1 ;; esac
}

# Everybody shares the engine's own builder. A build without any rights that knew the name of the cache could fill it,
# and an insecure build would mount from it. So the builds of this user have a secret namespace, which is in no log and
# on no command line.
name_cache() {
    cache=''
    { IFS= read -r cache || :; } 2>/dev/null <"$state/cache" || :
    case $cache in
        '' | *[!0-9a-f]*)
            cache=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
            {
                mkdir -p "$state" && (umask 077 && echo "$cache" >"$state/cache.$$") &&
                    mv "$state/cache.$$" "$state/cache"
            } 2>/dev/null || :
            ;;
    esac
    export BUILDKIT_CACHE_MOUNT_NS="$cache"
    named_cache=--build-arg=BUILDKIT_CACHE_MOUNT_NS
}

# with_builder COMMAND...
with_builder() {
    take_builder
    if { [ "$kind" = ephemeral ] && [ -z "$is_made" ]; } || { [ "$kind" = kept ] && ! builder_is_there; }; then
        make_builder
    fi
    phase build
    began=${now:-}
    code=0
    "$@" || code=$?
    if [ "$code" -eq 0 ]; then
        note_steps
        return 0
    fi
    failed=$code
    if [ "$kind" = docker ] && [ "$failed" -lt 126 ]; then
        forget_choice
    fi
    if [ -n "$base" ] && [ "$failed" -lt 126 ] && moves_on; then
        needs_again
        with_builder "$@"
        return
    fi
    # buildx itself recreates missing pods, and other builds may be using the existing ones.
    [ -z "$pods" ] || [ "$failed" -ge 126 ] || tell_pods
    if [ "$kind" != kept ] || [ -n "$pods" ] || [ "$failed" -ge 126 ] || builder_works; then
        exit "$failed"
    fi
    echo "The builder $builder no longer exists or does not start; creating it again." >&2
    make_builder
    phase build
    began=${now:-}
    "$@"
    note_steps
}

# Which steps came from the cache and how long each took, from BuildKit's history: supported by buildx 0.20 and BuildKit
# 0.11. Asking takes as long as a fully cached build, so only longer builds are asked.
note_steps() {
    { read -r now rest </proc/uptime; } 2>/dev/null || return 0
    [ -n "$began" ] && [ $((${now%.*} - ${began%.*})) -ge "${CVMFS_DERIVED_IMAGE_LONG:-5}" ] || return 0
    ref=$(result metadata.json | sed -n 's/.*"buildx\.build\.ref": *"\([^"]*\)".*/\1/p')
    ref=${ref##*/}
    case $ref in '' | *[!a-z0-9]*) return 0 ;; esac
    # Each line is one object; the output of steps is removed.
    docker buildx history logs --builder="$builder" --progress=rawjson "$ref" 2>&1 >/dev/null <&3 |
        sed -n '/^{"vertexes":/{s/,"statuses":\[.*/}/;s/,"logs":\[.*/}/;s/,"warnings":\[.*/}/;p;}' |
        head -c 1048576 >"$dir/results/steps.json" || :
}

# Reads buildx's record, because asking buildx would take as long as a cached build. The record is only a hint: another
# configuration may be in use. An incomplete record is ignored, and so is one that others may have written to redirect
# builds.
builder_is_there() {
    moved=''
    record=''
    { IFS= read -r record || :; } 2>/dev/null <"$instance" || return
    case $record in
        *"\"Driver\":\"$driver\""*"}") ;;
        *) return 1 ;;
    esac
    if [ "$driver" = kubernetes ]; then
        # buildx chooses the names of endpoints. Nodes are added one after the other, so a build killed in between
        # leaves a record without the last ones.
        case $record in *"\"$builder$last_node\""*) ;; *) return 1 ;; esac
        # The record contains the path of the kubeconfig, but a temporary one has a new path each time.
        find_noted
        case $record in *"kubeconfig=$noted\""*) return ;; esac
        moved=yes
        return 1
    fi
    endpoints=''
    while :; do
        case $record in
            *'"Endpoint":"'*)
                record=${record#*'"Endpoint":"'}
                endpoints="$endpoints ${record%%\"*}"
                ;;
            *) break ;;
        esac
    done
    if [ -n "$endpoint" ]; then
        [ "$endpoints" = " $endpoint$nodes" ]
        return
    elif [ -z "$shared" ]; then
        return 0
    fi
    for first in "$context" "${DOCKER_HOST:-unix:///var/run/docker.sock}" \
        "${DOCKER_HOST:-}:2375" "${DOCKER_HOST:-}:2376"; do
        [ "$endpoints" != " $first$nodes" ] || return 0
    done
    return 1
}

# Called only after a build has failed, or before a builder is created again.
builder_works() {
    if [ "$driver" = remote ]; then
        # Creating the record again does not repair a buildkitd that runs elsewhere, so only the record is checked.
        builder_is_there
    elif [ "$last_node" -eq 0 ]; then
        # buildx reports a container that keeps restarting as a success.
        docker buildx inspect --bootstrap "$builder" >/dev/null 2>&1 &&
            [ -z "$(docker container ls --quiet --filter "name=^buildx_buildkit_${builder}0\$" \
                --filter status=restarting)" ]
    else
        # If one node does not start, the others keep serving the builds that run there.
        docker buildx inspect --bootstrap "$builder" >/dev/null 2>&1 ||
            docker buildx inspect "$builder" 2>/dev/null | grep -q '^Status: *running'
    fi
}

# One build creates and starts a kept builder, while others that want it wait for a lock. Builds that share an engine
# but no directory, such as those of agents in containers, do not see each other's lock: the second is told that the
# builder exists, and uses it. A builder that exists but does not start is created again; its state volume, with the
# cache, stays.
make_builder() {
    phase builder
    if [ "$driver" = kubernetes ]; then
        pods=yes
        find_cluster
        reap_cluster >&2 || :
    fi
    if [ "$kind" = ephemeral ]; then
        mark=$(owner)$(own_pod)
        own "${pods:+pods-of-}builder" "$builder"
        is_made=yes
        [ -z "$defaults" ] || add_defaults
        quietly create
        [ "$last_node" -eq 0 ] || quietly append
        return
    fi
    lock
    if ! builder_is_there || { [ -z "$pods" ] && ! builder_works; }; then
        if [ -n "$moved" ]; then
            # Only the record is outdated.
            rm -f "$instance"
        elif [ -s "$instance" ] && ! builder_is_there; then
            told_apart
        fi
        if [ -n "$pods" ]; then
            # Others may be building in what the cluster has.
            rm -f "$instance"
        elif [ -e "$instance" ]; then
            docker buildx rm --force --keep-state "$builder" >/dev/null 2>&1 || rm -f "$instance"
        fi
        [ -z "$defaults" ] || add_defaults
        quietly create || docker buildx inspect "$builder" >/dev/null
        [ "$last_node" -eq 0 ] || quietly append
        [ "$driver" = remote ] || start_builder
    fi
    unlock
}

# If two homes create the same builder in a cluster at the same time, one is refused. By then the builder exists and
# only has to be started.
start_builder() {
    if [ "$driver" != kubernetes ]; then
        quietly run docker buildx inspect --bootstrap "$builder"
    elif ! quietly run docker buildx inspect --bootstrap "$builder" 2>"$dir/started"; then
        if grep -q 'already exists' "$dir/started"; then
            quietly run docker buildx inspect --bootstrap "$builder"
        else
            cat "$dir/started" >&2
            tell_pods
            return 1
        fi
    fi
}

# A given configuration replaces buildx's default one, in which a user may have configured mirrors and authorities.
add_defaults() {
    default=${BUILDX_CONFIG:-${DOCKER_CONFIG:-${HOME-}/.docker}/buildx}/buildkitd.default.toml
    [ -f "$default" ] || return 0
    if grep -q '^[[:space:]]*\[[[:space:]]*worker' "$default"; then
        echo "Warning: the limits of the builder's cache replace the settings of $default," \
            "which has worker settings of its own." >&2
    else
        limits=$(cat "$dir/buildkitd.toml")
        { cat "$default" && printf '\n%s\n' "$limits"; } >"$dir/buildkitd.toml"
    fi
}

# Another builder with a user's name must not be removed.
told_apart() {
    if [ -z "$shared" ]; then
        echo "The builder $builder exists, but its driver or endpoint is not the one that this build would create" \
            "it with." >&2
        echo "Fix: name another builder, remove this one (docker buildx rm $builder)," \
            "or use it as it is by its name alone." >&2
        exit 1
    fi
    echo "The builder $builder is not the one that this build would create; creating it again." >&2
}

# The lock of flock ends with its process. A directory stays, so its owner is checked. The lock is only an optimization:
# without it, the second build finds the builder created.
lock() {
    lock=$state/$builder.lock
    if ! { mkdir -p "$state" && true >>"$lock"; } 2>/dev/null; then
        return 0
    elif command -v flock >/dev/null; then
        exec 9>>"$lock"
        run flock 9 || :
    else
        until mkdir "$lock.d" 2>/dev/null; do
            run sleep 1
            # shellcheck disable=SC2046
            { [ -s "$lock.d/owner" ] && alive $(cat "$lock.d/owner"); } 2>/dev/null || break
        done
        held=$lock.d
        { mkdir -p "$held" && owner >"$held/owner"; } 2>/dev/null || :
    fi
}

unlock() {
    exec 9>&-
    [ -z "$held" ] || rm -rf "$held"
    held=''
}
