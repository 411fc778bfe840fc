# reap [WHAT [LIST]]: removes what killed builds left, or says what would be removed, and does nothing else. The file
# LIST gets a line for each thing: kind, name, and the namespace of what is in a cluster.
set -eu
dry=${1-}
list=${2-/dev/null}
note_left() { echo "$@" >>"$list"; }
reap
if [ -n "${KUBECONFIG:-}" ] || [ -e "${HOME-}/.kube/config" ] || [ -e "$account" ]; then
    reap_cluster told
fi
