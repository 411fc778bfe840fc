# reap [WHAT [LIST]]: removes what killed builds left, or says what would be removed, and does nothing else. The file
# LIST gets a line for each thing: kind, name, and the namespace of what is in a cluster.
set -eu
dry=${1-}
list=${2-/dev/null}
note_left() { echo "$@" >>"$list"; }
note_elsewhere() {
    # shellcheck disable=SC2086
    ! alive $marks || return 0
    case $3 in
        cluster*) place="in another cluster, and reap removes it with that cluster's kubeconfig" ;;
        ' ') place="in docker's default engine, and reap removes it without DOCKER_HOST and DOCKER_CONTEXT" ;;
        ' '*) place="in another engine, and reap removes it with DOCKER_CONTEXT=${3# }" ;;
        *) place="in another engine, and reap removes it with DOCKER_HOST=${3%% *}" ;;
    esac
    echo "The $1 $2 was left by a build that was killed, $place." >&2
}
reap
if [ -n "${KUBECONFIG:-}" ] || [ -e "${HOME-}/.kube/config" ] || [ -e "$account" ]; then
    reap_cluster told
fi
