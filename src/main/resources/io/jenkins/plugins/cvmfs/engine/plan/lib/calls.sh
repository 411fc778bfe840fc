# call_frontend CALL COMMAND...: what the Dockerfile's frontend answers, as JSON. A check that found something ends with
# 1; so does one that could not be made, but it has no answer.
call_frontend() {
    answer=$dir/results/$1.json
    shift
    "$@" >"$answer" || { [ "$code" -eq 1 ] && [ -s "$answer" ]; } || return "$code"
    code=0
}
