#!/bin/sh
# Tells the build of a private directory to stop: terminate.sh DIRECTORY
# shellcheck source=/dev/null disable=SC2154
. "$1/lib.sh" && builds "$1" && kill -TERM "$pid"
