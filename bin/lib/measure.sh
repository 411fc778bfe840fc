# shellcheck shell=bash
# Times commands that take turns, and keeps what they came to: a table on standard output, a line of JSON for each row.
# The caller gives WORK, a directory of its own, and HERE, where the commands run.

# timed NAME COMMAND...: notes how long it took, in microseconds; a command that fails ends the bench.
timed() {
    local name=$1 start=$EPOCHREALTIME end
    shift
    if ! (cd "$HERE" && "$@") </dev/null >"$WORK/log" 2>&1; then
        rig_fail "'$*' failed" "$(tail -n 3 "$WORK/log")" "fix what it says and run again"
        return 1
    fi
    end=$EPOCHREALTIME
    took "$name" $((${end/[.,]/} - ${start/[.,]/}))
}

# took NAME MICROSECONDS
took() { printf '%s\n' "$2" >>"$WORK/$1.times"; }

# median NAME [times|bytes]
median() {
    sort -n "$WORK/$1.${2:-times}" |
        awk '{ t[NR] = $1 } END { print NR % 2 ? t[(NR + 1) / 2] : (t[NR / 2] + t[NR / 2 + 1]) / 2 }'
}

# ratio TEXT ABOVE BELOW [GOAL]: a row of two medians; a goal is such as '<= 1.30'.
ratio() {
    awk -v text="$1" -v a="$(median "$2")" -v b="$(median "$3")" -v goal="${4:-}" -v json="$WORK/rows.jsonl" 'BEGIN {
        printf "%-72s %6.2f   (%.3f s / %.3f s)%s\n", text, a / b, a / 1e6, b / 1e6, goal == "" ? "" : "   goal " goal
        gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text)
        printf "{\"row\": \"%s\", \"ratio\": %.4f, \"above\": %.6f, \"below\": %.6f, \"goal\": \"%s\"}\n",
            text, a / b, a / 1e6, b / 1e6, goal >>json
    }'
}

# value TEXT NUMBER UNIT: a row that is no ratio.
value() {
    printf '%-72s %s %s\n' "$1" "$2" "$3"
    printf '{"row": "%s", "value": %s, "unit": "%s"}\n' "${1//\"/\\\"}" "$2" "$3" >>"$WORK/rows.jsonl"
}

# not_measured TEXT WHY: no row is estimated.
not_measured() {
    printf '%s: not measured, since %s\n' "$1" "$2"
    printf '{"row": "%s", "notMeasured": "%s"}\n' "${1//\"/\\\"}" "${2//\"/\\\"}" >>"$WORK/rows.jsonl"
}

# report JSON SVG: all rows as one document, and a picture of the ratios.
report() {
    mkdir -p "$(dirname "$1")" "$(dirname "$2")"
    python3 bin/lib/bench-picture.py "$WORK/rows.jsonl" "$1" "$2"
}
