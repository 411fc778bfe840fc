# reap [WHAT]: removes what killed builds left, or says what would be removed, and does nothing else.
set -eu
dry=${1-}
reap
if [ -n "${KUBECONFIG:-}" ] || [ -e "${HOME-}/.kube/config" ] || [ -e "$account" ]; then
    reap_cluster told
fi
