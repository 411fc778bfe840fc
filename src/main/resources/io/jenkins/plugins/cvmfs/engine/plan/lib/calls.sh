# call_frontend CALL COMMAND...: writes the answer of the Dockerfile's frontend, as JSON. A check with findings ends
# with 1; so does a failed call, but without an answer.
call_frontend() {
    answer=$dir/results/$1.json
    shift
    "$@" >"$answer" || { [ "$code" -eq 1 ] && [ -s "$answer" ]; } || return "$code"
    code=0
}
