# reap [WHAT]: removes what killed builds left, or says what would be removed, and does nothing else.
set -eu
dry=${1-}
reap
