# The builder: tried first and made only when it is missing, since asking costs more than a cached build. A script says
# by kind which one it is: "docker" the engine's own, "existing" one that is used as it is, "kept" one that is made and
# stays, "ephemeral" one of this build alone, "shared" one that was made for several. create makes it; append adds the
# nodes after the first.
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
context=''
other_engine=''
cached=''
named_cache=''
defaults=''

# The context that docker uses; the engine's own builder goes by its name.
find_context() {
    [ -z "$context" ] || return 0
    context=${DOCKER_CONTEXT:-default}
    if [ -n "${DOCKER_HOST:-}" ]; then
        context=default
    elif [ -z "${DOCKER_CONTEXT:-}" ]; then
        context=$(sed -n 's/.*"currentContext"[^"]*"\([A-Za-z0-9_.+-]*\)".*/\1/p' \
            "${DOCKER_CONFIG:-${HOME-}/.docker}/config.json" 2>/dev/null) || :
        context=${context:-default}
    fi
    # Empty for the engine that docker takes if nothing is said.
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
                find_context
                builder=$builder${other_engine:+-$other_engine}
            fi
            ;;
    esac
    instance=${BUILDX_CONFIG:-${DOCKER_CONFIG:-${HOME-}/.docker}/buildx}/instances/$builder
    if [ "$driver" = kubernetes ] || { [ "$kind" = existing ] && is_in_cluster; }; then
        pods=yes
    fi
}

# Of a builder that is used as it is only buildx's record tells.
is_in_cluster() {
    record=''
    { IFS= read -r record || :; } 2>/dev/null <"$instance" || return
    case $record in *'"Driver":"kubernetes"'*) ;; *) return 1 ;; esac
}

# The engine's own builder is everybody's: a build without any right could fill the cache from which an insecure build
# mounts, if it knew the cache's name. So the builds of this user have a namespace that nobody else knows, and that is
# in no log and on no command line.
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
    # buildx makes missing pods itself, and others may be building in those that are there.
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

# What came from the cache and what took how long, as BuildKit has it: buildx replays it from 0.20 on, BuildKit from
# 0.11 on. Asking takes as long as a build that has all in the cache, so only one that took longer is asked for.
note_steps() {
    { read -r now rest </proc/uptime; } 2>/dev/null || return 0
    [ -n "$began" ] && [ $((${now%.*} - ${began%.*})) -ge "${CVMFS_DERIVED_IMAGE_LONG:-5}" ] || return 0
    ref=$(sed -n 's/.*"buildx\.build\.ref": *"\([^"]*\)".*/\1/p' "$dir/results/metadata.json" 2>/dev/null) || return 0
    ref=${ref##*/}
    case $ref in '' | *[!a-z0-9]*) return 0 ;; esac
    # Each line is one object; what the build wrote is left out of it.
    docker buildx history logs --builder="$builder" --progress=rawjson "$ref" 2>&1 >/dev/null <&3 |
        sed -n '/^{"vertexes":/{s/,"statuses":\[.*/}/;s/,"logs":\[.*/}/;s/,"warnings":\[.*/}/;p;}' |
        head -c 1048576 >"$dir/results/steps.json" || :
}

# By what buildx notes of it; asking buildx would take as long as a cached build. It is only a hint: another
# configuration may be in use. A record that is torn is none, nor one that others may have made under this name to have
# builds go elsewhere.
builder_is_there() {
    moved=''
    record=''
    { IFS= read -r record || :; } 2>/dev/null <"$instance" || return
    case $record in
        *"\"Driver\":\"$driver\""*"}") ;;
        *) return 1 ;;
    esac
    if [ "$driver" = kubernetes ]; then
        # Its endpoints are names of buildx's own. Nodes are added one after the other, so one that was killed in the
        # midst lacks the last.
        case $record in *"\"$builder$last_node\""*) ;; *) return 1 ;; esac
        # It notes where the kubeconfig was, but one that a job was lent is elsewhere each time.
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

# Asked only when a build has failed, or before a builder is made again.
builder_works() {
    if [ "$driver" = remote ]; then
        # Recreating the record of a buildkitd that runs elsewhere does not bring that back, so only what is written is
        # looked at.
        builder_is_there
    elif [ "$last_node" -eq 0 ]; then
        # buildx calls a container that keeps restarting a success.
        docker buildx inspect --bootstrap "$builder" >/dev/null 2>&1 &&
            [ -z "$(docker container ls --quiet --filter "name=^buildx_buildkit_${builder}0\$" \
                --filter status=restarting)" ]
    else
        # One node that does not start is no reason to take the others from the builds that run there.
        docker buildx inspect --bootstrap "$builder" >/dev/null 2>&1 ||
            docker buildx inspect "$builder" 2>/dev/null | grep -q '^Status: *running'
    fi
}

# A kept one is made and started by one build, while others that want it too wait for a lock. Builds that share an
# engine but no directory, such as those of agents in containers, do not see each other's lock: there the one that comes
# second is told that the builder exists, and takes it. One that is there but does not start is made again; its state
# volume, with the cache, stays.
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
            # Only the record is old.
            rm -f "$instance"
        elif [ -s "$instance" ] && ! builder_is_there; then
            told_apart
        fi
        if [ -n "$pods" ]; then
            # By what is in the cluster others may be building.
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

# Of two homes that make the same builder in a cluster at the same time one is refused; then it is there, and only has
# to be asked for.
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

# A configuration that is given takes the place of buildx's default, in which a user may have named mirrors and
# authorities.
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

# A builder with a name of the user's own that is something else is not this build's to remove.
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

# flock's lock goes with its process; a directory stays, so its owner is looked for. It is a politeness: without it the
# one that comes second finds the builder made.
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
