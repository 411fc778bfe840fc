#!/bin/sh
# Stops what a build left if it was killed: end-left.sh DIRECTORY EXIT-CODE
# shellcheck source=/dev/null
. "$1/lib.sh" && was_killed "$1" "$2" && end_left "$1"
