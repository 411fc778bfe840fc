set -eu
dir=$(CDPATH='' cd -- "${0%"${0##*/}"}." && pwd -P)
. "$dir/../../lib.sh"
