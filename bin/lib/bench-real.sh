# shellcheck shell=bash
# Builds with a real CVMFS client, the base image's and the agent's: how long they take, and what they read from
# servers, at first and once more. Both clients read by one proxy, which counts; whatever has been read before, they
# have only their own caches.

# What setup scripts do.
real_copies() { printf 'cp "/cvmfs/%s" /tmp/\n' "$1"; }

real_reads() {
    cat <<SETUP
find "/cvmfs/$1" -type f -print0 >/tmp/names
xargs -0 cat </tmp/names | wc -c >/tmp/read
tr -cd '\\0' </tmp/names | wc -c >>/tmp/read
SETUP
}

# real_open PATH ROW: PATH starts with its repository. Where that cannot be measured, the row says why.
real_open() {
    if ! real_cvmfs_up "${1%%/*}"; then
        not_measured "$2" "$RIG_WHY"
        return 1
    fi
    if [ ! -e "$REAL_CVMFS/$1" ]; then
        not_measured "$2" "there is no /cvmfs/$1"
    elif ! have_image "$BENCH_CVMFS_IMAGE"; then
        not_measured "$2" "the base image $BENCH_CVMFS_IMAGE is not here and cannot be pulled"
    else
        host_cvmfs_device "$REAL_CVMFS"
        return 0
    fi
    real_cvmfs_down
    return 1
}

# real_round COMMANDS PATH ROUND WAY...: COMMANDS is real_copies or real_reads.
real_round() {
    local way temperature XDG_STATE_HOME=$WORK/state
    export XDG_STATE_HOME
    for way in "${@:4}"; do
        for temperature in cold warm; do
            real_build "$1" "$2" "$way" "$temperature" "$3"
        done
    done
}

# real_build COMMANDS PATH WAY cold|warm ROUND: cold is without any cache, and with host before anything is mounted.
real_build() {
    local name="real $4 ${3/ /-}" access=${3% *} image=bench-real/${3/ /-}:1 before arguments=()
    REMOVE+=("$image")
    {
        # An engine that other runs have used has their builds in its cache.
        printf '#!/bin/bash\nset -eo pipefail\n# %s %s %s %s\n' "$WORK" "$3" "$4" "$5"
        "$1" "$2"
        printf '%s\n' "sed -n 's/^CapBnd:[[:space:]]*//p' /proc/self/status >/tmp/capabilities"
    } >"$HERE/setup.sh"
    if [ "$access" = host ]; then
        arguments=(--cvmfs-host-path="$REAL_CVMFS")
    else
        arguments=(--cvmfs-http-proxy="$REAL_CVMFS_PROXY")
    fi
    if [ "$4" = cold ] && [ "$access" = host ]; then
        real_cvmfs_forget
    elif [ "$4" = cold ]; then
        # The builder's cache of the client has a name that is kept here.
        rm -f "$XDG_STATE_HOME/cvmfs-derived-image/cache"
    fi
    before=$(real_cvmfs_bytes)
    timed "$name" from_real "$4-$access" build --strategy="${3#* }" --cvmfs-access="$access" "${arguments[@]}" \
        --base-image="$BENCH_CVMFS_IMAGE" --mounts="${2%%/*}" --setup-file=setup.sh --tag="$image"
    printf '%s\n' $(($(real_cvmfs_bytes) - before)) >>"$WORK/$name.bytes"
}

# The agent's automounter would mount at the first look, so mounting belongs to its time.
from_real() {
    if [ "$1" = cold-host ]; then real_cvmfs_mount; fi && cli "${@:2}"
}

real_forget_times() { rm -f "$WORK/real "*.{times,bytes}; }

# real_head WHAT ROUNDS
real_head() {
    printf '\nreal CVMFS client %s, %s by %s, %s rounds; medians\n' "$REAL_CVMFS_VERSION" "$1" "$BENCH_CVMFS_IMAGE" "$2"
    printf '%-16s %28s %28s   %s\n' '' "base image's client" "agent's client" 'client / host: time, bytes'
}

# real_row WHAT STRATEGY cold|warm
real_row() {
    local client="real $3 client-$2" host="real $3 host-$2"
    awk -v text="$1, $2, $3: client / host" -v row="$2, $3" \
        -v ct="$(median "$client")" -v cb="$(median "$client" bytes)" \
        -v ht="$(median "$host")" -v hb="$(median "$host" bytes)" -v json="$WORK/rows.jsonl" 'BEGIN {
            printf "%-16s %8.3f s %12d bytes %8.3f s %12d bytes   %.2f, %s\n",
                row, ct / 1e6, cb, ht / 1e6, hb, ct / ht, (hb > 0 ? sprintf("%.2f", cb / hb) : "none by host")
            printf "{\"row\": \"%s\", \"ratio\": %.4f, \"above\": %.6f, \"below\": %.6f,", text, ct / ht, ct / 1e6, ht / 1e6 >>json
            printf " \"bytesAbove\": %d, \"bytesBelow\": %d}\n", cb, hb >>json
    }'
}

# What a build reads that needs one small file.
real_rows() {
    local round way temperature ways=("client commit" "host commit")
    real_open "$BENCH_CVMFS_FILE" "real CVMFS client, times and bytes read from its servers" || return 0
    if have_ways_of_buildx; then ways+=("client buildx" "host buildx"); fi
    for ((round = 0; round <= ROUNDS; round++)); do
        real_round real_copies "$BENCH_CVMFS_FILE" "$round" "${ways[@]}"
        [ "$round" -gt 0 ] || real_forget_times
    done
    real_head "a file of $(stat -c %s "$REAL_CVMFS/$BENCH_CVMFS_FILE") bytes of ${BENCH_CVMFS_FILE%%/*}" "$ROUNDS"
    for temperature in cold warm; do
        real_row "a small file of CVMFS" commit "$temperature"
        [ "${#ways[@]}" -eq 2 ] || real_row "a small file of CVMFS" buildx "$temperature"
    done
    for way in "${ways[@]}"; do
        printf '%-16s %s\n' "$way" "$(left_in "bench-real/${way/ /-}:1" "$BENCH_CVMFS_IMAGE" /tmp/capabilities)"
    done
    [ "${#ways[@]}" -gt 2 ] || printf '%s\n' "$NO_BUILDX"
    real_forget_times
    real_cvmfs_down
}

# read_in IMAGE: what its setup script has read.
read_in() {
    docker run --rm --network none --entrypoint /bin/cat "$1" /tmp/read |
        awk '{ n[NR] = $1 } END { printf "%d bytes (files: %d)\n", n[1], n[2] }'
}

# read_rows VARIABLE ROW: a setup that reads all that is below the path in VARIABLE.
read_rows() {
    local path=${!1:-} round temperature by_client by_host strategy=buildx
    if [ -z "$path" ]; then
        not_measured "$2" "$1 names no repository and path"
        return 0
    fi
    real_open "$path" "$2" || return 0
    have_ways_of_buildx || strategy=commit
    for ((round = 1; round <= 3; round++)); do
        real_round real_reads "$path" "$round" "client $strategy" "host $strategy"
    done
    by_client=$(read_in "bench-real/client-$strategy:1")
    by_host=$(read_in "bench-real/host-$strategy:1")
    if [ "$by_client" != "$by_host" ]; then
        rig_fail "the clients have read different content" "the base image's: $by_client; the agent's: $by_host" \
            "see whether the base image mounts the same repository"
        return 1
    fi
    real_head "a setup that reads $by_host of ${path%%/*}" 3
    for temperature in cold warm; do real_row "$2" "$strategy" "$temperature"; done
    [ "$strategy" = buildx ] || printf '%s\n' "$NO_BUILDX"
    real_forget_times
    real_cvmfs_down
}

reads_rows() {
    read_rows BENCH_CVMFS_LARGE "a setup that reads 50 MB from CVMFS"
    read_rows BENCH_CVMFS_MANY "a setup that reads 20,000 files from CVMFS"
}
