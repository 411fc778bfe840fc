# Builders in a cluster: their owners, the pods of killed builds, and whether a build still reaches its pod.
account=/var/run/secrets/kubernetes.io/serviceaccount/namespace
cluster=''
pods=''
pods_in=''
soon=${CVMFS_DERIVED_IMAGE_LOOK:-1}
look=${CVMFS_DERIVED_IMAGE_LOOK:-8}
noted=''

# Identifies a cluster and the user there: the contents of a kubeconfig without its secrets, which may change. A pod
# without a kubeconfig has a service account.
find_cluster() {
    [ -z "$cluster" ] || return 0
    cluster=$(
        IFS=:
        set -f
        # shellcheck disable=SC2086
        set -- ${KUBECONFIG:-${HOME-}/.kube/config}
        {
            cat -- "$@" || { echo "server: ${KUBERNETES_SERVICE_HOST:-}" && echo "namespace: $(cat "$account")"; }
        } 2>/dev/null |
            grep -oE '(server|namespace|current-context|cluster|user|name)"?: *[^[:space:]{,}][^{,}]*' | cksum
    )
    cluster=${cluster%% *}
}

# The path of the kubeconfig in buildx's record of a builder.
find_noted() {
    noted=$(printf '%s' "${KUBECONFIG:-}" |
        sed 's|%|%25|g; s|+|%2B|g; s|/|%2F|g; s|:|%3A|g; s|,|%2C|g; s|@|%40|g; s|=|%3D|g; s|&|%26|g; s| |+|g')
}

watch_build() {
    watch_stream "$child" </dev/null >/dev/null 2>&1 3<&- 9<&- &
    watcher=$!
}

# A buildx that was stopped has closed the stream itself, and may wait for it.
end_buildx() {
    kill "$watcher" 2>/dev/null || :
    { sleep "$look" && find_buildx "$child" && kill -KILL "$buildx"; } </dev/null >/dev/null 2>&1 3<&- 9<&- &
    watcher=$!
}

end_watch() {
    kill "$watcher" 2>/dev/null || :
    wait "$watcher" 2>/dev/null || :
    watcher=''
    if [ -e "$dir/lost" ]; then
        rm -f "$dir/lost"
        code=1
        echo "ERROR: the connection to a pod of the builder $builder was lost" >&2
    fi
}

# buildx (before 0.36) waits forever after the stream to its pod has ended. What remains is a process without any
# connection, or with one to the pod that has replaced its own. The first is checked from outside, without a docker
# process and without rights in the cluster.
#
# watch_stream PID: ends the buildx that the docker command PID started, once it has lost its connections for good.
watch_stream() {
    was=''
    looks=0
    streams_then=''
    find_pods
    pods_then=$pods_now
    pause=$soon
    while sleep "$pause" && [ -d "/proc/$1" ]; do
        pause=$look
        find_buildx "$1" || continue
        find_streams "$buildx"
        if [ -z "$streams" ]; then
            [ -z "$was" ] || looks=$((looks + 1))
        elif [ "$streams" != "$was" ]; then
            was=$streams
            looks=0
            ! replaced || looks=3
        else
            looks=0
        fi
        if [ "$looks" -ge 3 ]; then
            true >"$dir/lost"
            kill -TERM "$buildx" && sleep "$look"
            find_buildx "$1" && kill -KILL "$buildx"
            return
        fi
    done
}

# Whether a pod that was there is gone, and with it all connections of that time. A deployment replaces a deleted pod
# within a second, and then buildx connects to the new one, which knows nothing of the build. The pods are queried only
# when the connections have changed, which is once or twice in a build.
replaced() {
    find_pods
    [ -n "$pods_now" ] || return 1
    for each in $pods_then; do
        case " $pods_now " in
            *" $each "*) ;;
            *)
                for stream in $streams_then; do
                    case $streams in *" $stream "*) return 1 ;; esac
                done
                return 0
                ;;
        esac
    done
    pods_then=$pods_now
    streams_then=$streams
    return 1
}

# The pods of the builder that are not being deleted: their identities, or without kubectl their names.
find_pods() {
    apps=''
    node=0
    while [ "$node" -le "${last_node:-0}" ]; do
        apps="$apps${apps:+,}$builder$node"
        node=$((node + 1))
    done
    pods_now=$(
        kube get pods --selector="app in ($apps)" \
            --output=jsonpath="$(each_of items '{.metadata.uid}{" "}{.metadata.deletionTimestamp}{"\n"}')" |
            sed -n 's/^\([^ ]*\) *$/\1/p' | tr '\n' ' '
    )
    if [ -z "$pods_now" ]; then
        pods_now=$(
            docker buildx inspect "$builder" |
                sed -n 's/^.*buildkit\.worker\.hostname: *\([^ ]*\)$/\1/p' | tr '\n' ' '
        )
    fi
}

# docker may start its plugin from any of its threads.
find_buildx() {
    buildx=''
    children=$(cat "/proc/$1/task"/*/children)
    for each in $children; do
        if read -r name <"/proc/$each/comm"; then
            case $name in docker-buildx*) buildx=$each ;; esac
        fi
    done
    [ -n "$buildx" ]
}

# The established connections of a process to something other than the engine of DOCKER_HOST: their inodes, each between
# spaces; or "unknown".
find_streams() {
    engine_port=''
    case ${DOCKER_HOST:-} in tcp://*:*) engine_port=$(printf ':%04X' "${DOCKER_HOST##*:}") ;; esac
    if ! sockets=$(ls -l "/proc/$1/fd"); then
        streams=unknown
        return
    fi
    sockets=" $(echo "$sockets" | sed -n 's/.*socket:\[\([0-9]*\)]$/\1/p' | tr '\n' ' ')"
    streams=$(
        cat "/proc/$1/net/tcp" "/proc/$1/net/tcp6" | while read -r _ _ remote stage _ _ _ _ _ inode _; do
            [ "$stage" = 01 ] || continue
            [ -z "$engine_port" ] || case $remote in *"$engine_port") continue ;; esac
            case $sockets in *" $inode "*) printf ' %s ' "$inode" ;; esac
        done
    )
}

# If kubectl is present, it asks the cluster itself; buildx only says what it waits for.
kube() {
    command -v kubectl >/dev/null || return 127
    ask_cluster ${pods_in:+"--namespace=$pods_in"} "$@"
}

# With a time limit of its own, kubectl does not use the service account of its pod.
ask_cluster() {
    if in_own_cluster; then
        timeout 10 kubectl "$@"
    else
        kubectl --request-timeout=10s "$@"
    fi
}

# Whether this is a pod that uses its service account. A kubeconfig may belong to another cluster.
in_own_cluster() {
    [ -z "${KUBECONFIG:-}" ] && [ ! -e "${HOME-}/.kube/config" ] && [ -r "$account" ]
}

# Why a builder has no ready pod, as far as the cluster knows. Prints nothing about ready pods.
tell_pods() {
    {
        kube get deployment "${builder}0" --ignore-not-found --output=jsonpath="$failing"
        kube get pods --selector="app=${builder}0" --output=jsonpath="$(each_of items "$waiting")"
    } 2>/dev/null | sort -u | sed 's/^/ERROR: of the builder'"'s pods in the cluster: /" >&2 || :
}

# The fields of each, one per line.
each_of() {
    printf '{range .%s[*]}%s{end}' "$1" "$2"
}
failing='{range .status.conditions[?(@.type=="ReplicaFailure")]}{.message}{"\n"}{end}'
waiting='{range .status.conditions[?(@.reason=="Unschedulable")]}{.reason}{": "}{.message}{"\n"}{end}'
waiting=$waiting'{range .status.containerStatuses[*].lastState.terminated}'
waiting=$waiting'{.reason}{": exit code "}{.exitCode}{"\n"}{end}'
waiting=$waiting'{range .status.containerStatuses[*].state.waiting}{.reason}{": "}{.message}{"\n"}{end}'

# Distinguishes a pod from all others that the cluster ever had.
own_pod() {
    in_own_cluster || return 0
    sed -n 's|^[^ ]* [^ ]* [^ ]* [^ ]*/pods/\([0-9a-f-]*\)/etc-hosts /etc/hosts .*| pod \1|p' /proc/self/mountinfo |
        head -n 1 | tr -d '\n'
    printf ' %s' "$(cat "$account")"
}

# Whether the owner (host boot namespace pid start time [pod UID NAMESPACE]) of something in the cluster has ended.
has_gone() {
    [ "$#" -ge 6 ] || return 1
    case $4$5$6 in *[!0-9]*) return 1 ;; esac
    alive "$@" || return 0
    [ "$#" -eq 9 ] || return 1
    running=$(ask_cluster get pods --namespace="$9" \
        --output=jsonpath='{range .items[*]}{.metadata.uid}{" "}{.status.phase}{"\n"}{end}' 2>/dev/null) || return 1
    case "
$running
" in
        *"
$8 Running
"* | *"
$8 Pending
"*) return 1 ;;
    esac
}

# Removes what killed builds left in the cluster, wherever they ran. A kept builder has no owner.
#
# reap_cluster [TOLD]: with TOLD, reports what it does, and searches all namespaces that it may.
reap_cluster() {
    if [ -z "${1-}" ] || ! made=$(made_in_cluster --all-namespaces 2>/dev/null); then
        made=$(made_in_cluster 2>&1) || {
            [ -z "${1-}" ] || echo "The cluster was not searched: ${made:-there is no kubectl}"
            return 0
        }
    fi
    set -f
    echo "$made" | while read -r there name marks; do
        # shellcheck disable=SC2086
        if has_gone $marks; then
            set -- $marks
            note_left deployment "$name" "$there"
            echo "The deployment $name was left in the cluster by a build on $1 that was killed, from" \
                "$((($(date +%s) - $6) / 60)) minutes ago; it ${dry:-is} removed."
            ${dry:+:} kubectl delete deployment "$name" --namespace="$there" --wait=false >/dev/null || continue
            ${dry:+:} kubectl delete configmap "$name-config" --namespace="$there" --ignore-not-found >/dev/null || :
        fi
    done
    set +f
}

made_in_cluster() {
    marks='{.metadata.annotations.cvmfs-derived-image-owner}'
    kube get deployments "$@" --selector=app.kubernetes.io/managed-by=cvmfs-derived-image --output=jsonpath="$(
        each_of items '{.metadata.namespace}{" "}{.metadata.name}{" "}'"$marks"'{"\n"}'
    )"
}

# What this build, or an earlier one, created in the cluster of this kubeconfig. buildx forgets a builder even if the
# cluster could not be reached, and uses the path that the kubeconfig had when the builder was created.
remove_pods() {
    known=${BUILDX_CONFIG:-${DOCKER_CONFIG:-${HOME-}/.docker}/buildx}/instances/$1
    if [ -s "$known" ]; then
        find_noted
        sed "s|kubeconfig=[^\"\\]*|kubeconfig=$noted|g" <"$known" >"$state/$1.record" || return 1
        cat "$state/$1.record" >"$known"
        if refusal=$(docker buildx rm --force "$1" 2>&1 >/dev/null); then
            rm -f "$state/$1.record"
            return 0
        fi
        mv "$state/$1.record" "$known"
    else
        # It could not be created, or somebody removed the record.
        kube delete deployment "${1}0" --ignore-not-found --wait=false >/dev/null 2>&1 || :
        return 0
    fi
    # A message could not be written once the reader of the output has gone.
    {
        echo "Warning: the builder $1 may still be in the cluster, since it could not be removed:"
        echo "  ${refusal%%
*}"
        echo "  Fix: let the build's identity delete deployments and configmaps; the next build removes it, or" \
            "kubectl delete deployment ${1}0."
    } >&2 2>/dev/null || :
    return 1
}
