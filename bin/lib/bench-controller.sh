# shellcheck shell=bash
# The rows of a controller: BENCH_CONTROLLER is its URL, where whoever asks may do all, and BENCH_LABEL (linux) an agent
# whose docker is the one of this bench. Steps of one Pipeline take turns, and it tells how long each took.

_controller() {
    curl --fail --silent --show-error --max-time 3600 --cookie-jar "$WORK/cookies" --cookie "$WORK/cookies" "$@"
}

_controller_post() {
    local crumb
    crumb=$(_controller "$BENCH_CONTROLLER/crumbIssuer/api/json" |
        python3 -c 'import json, sys; d = json.load(sys.stdin); print(d["crumbRequestField"] + ":" + d["crumb"])') || return 1
    _controller --header "$crumb" "$@"
}

# controller_run JOB SCRIPT: the log of a Pipeline that has ended well.
controller_run() {
    local job=$BENCH_CONTROLLER/job/$1 answer building=true
    python3 - "$2" >"$WORK/job.xml" <<'PYTHON'
import sys
from xml.sax.saxutils import escape
print('<flow-definition plugin="workflow-job"><definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition"'
      ' plugin="workflow-cps"><script>' + escape(sys.argv[1]) + "</script><sandbox>true</sandbox></definition>"
      "</flow-definition>")
PYTHON
    _controller_post --header 'Content-Type: application/xml' --data-binary "@$WORK/job.xml" \
        "$BENCH_CONTROLLER/createItem?name=$1" >/dev/null || return 1
    _controller_post --request POST "$job/build?delay=0sec" >/dev/null || return 1
    while [ "$building" = true ]; do
        sleep 2
        answer=$(_controller "$job/1/api/json?tree=building,result" 2>/dev/null) || continue
        building=$(python3 -c 'import json, sys; print(str(json.load(sys.stdin)["building"]).lower())' <<<"$answer")
    done
    _controller "$job/1/consoleText" >"$WORK/$1.log" || return 1
    case $answer in *SUCCESS*) ;; *) rig_fail "the Pipeline $1 failed" "$(tail -n 5 "$WORK/$1.log")" "see $job/1/console" ;; esac
}

# The bytes that the controller's heap has after a collection.
controller_heap() {
    _controller_post --data-urlencode \
        'script=3.times { System.gc() }; def r = Runtime.runtime; println(r.totalMemory() - r.freeMemory())' \
        "$BENCH_CONTROLLER/scriptText"
}

# The Pipeline's lines "BENCH NAME MILLISECONDS".
controller_times() {
    local name millis
    while read -r _ name millis; do took "$name" $((millis * 1000)); done < <(grep -a '^BENCH ' "$WORK/$1.log")
}

controller_rows() {
    local log=bench-log-$$ steps=bench-steps-$$ heap
    if [ -z "${BENCH_CONTROLLER:-}" ]; then
        not_measured "the step in a Pipeline / sh, docker-workflow, a million lines of log, freestyle, the page of a job" "BENCH_CONTROLLER names no Jenkins"
        return 0
    fi
    use docker
    controller_run "$steps" "$(steps)" || return 1
    controller_times "$steps"
    ratio "Pipeline, all cached, --load: the step / sh with the same command" step-load sh-load "<= 1.10"
    ratio "Pipeline, all cached, --push: the step / sh with the same command" step-push sh-push "<= 1.10"
    ratio "Pipeline, last RUN again, --push: the step / sh with the same command" step-again sh-again "<= 1.10"
    if _controller "$BENCH_CONTROLLER/pluginManager/api/json?depth=1" | grep -q '"shortName":"docker-workflow"'; then
        controller_run "$steps-workflow" "$(workflow)" || return 1
        controller_times "$steps-workflow"
        ratio "Pipeline, last RUN again: docker-workflow's build and push / the step" workflow-again step-beside
    else
        not_measured "docker-workflow's withRegistry { build; push } / the step" "the plugin docker-workflow is not there"
    fi
    freestyle_rows || return 1
    page_rows || return 1
    heap=$(controller_heap) || return 1
    controller_run "$log" "$(lines)" || return 1
    controller_times "$log"
    ratio "a million lines of log: the step / sh" step-lines sh-lines "<= 1.10"
    value "heap of the controller after two million lines, per line" \
        "$(($(controller_heap) - heap))e-6" bytes
}

# The script of the Pipeline whose steps take turns; the first round warms up.
_turns() {
    cat <<GROOVY
node('${BENCH_LABEL:-linux}') {
    def timed = { round, name, body ->
        def start = System.currentTimeMillis()
        body()
        if (round > 0) echo "BENCH \${name} \${System.currentTimeMillis() - start}"
    }
    writeFile file: 'Dockerfile', text: '''$(cat "$HERE/Dockerfile")'''
    writeFile file: '.dockerignore', text: '*'
    for (int round = 0; round <= $1; round++) {
$2
    }
}
GROOVY
}

_bare_words() {
    printf '%s' "docker buildx build --builder=$BUILDER --tag=$REF --provenance=false --build-arg=ARG_CVMFS_MOUNTS=none" \
        " --build-arg=ARG_MY_UID=$(id -u) --build-arg=ARG_MY_GID=$(id -g) --metadata-file=m --iidfile=i"
}

_step_words() { printf '%s' "tags: ['$REF'], mounts: 'none', insecure: false, builder: [driver: 'docker']"; }

steps() {
    _turns "$ROUNDS" "
        timed(round, 'sh-load') { sh '$(_bare_words) --load .' }
        timed(round, 'step-load') { cvmfsDerivedImage($(_step_words), load: true) }
        timed(round, 'sh-push') { sh '$(_bare_words) --push .' }
        timed(round, 'step-push') { cvmfsDerivedImage($(_step_words), push: true) }
        timed(round, 'sh-again') { sh '$(_bare_words) --push --build-arg=ROUND=sh'  + round + '-$$ .' }
        timed(round, 'step-again') { cvmfsDerivedImage($(_step_words), push: true, buildArgs: ['ROUND=step' + round + '-$$']) }"
}

workflow() {
    _turns "$ROUNDS" "
        timed(round, 'workflow-again') {
            docker.withRegistry('http://$REGISTRY_BENCH') {
                docker.build('bench/derived:1', '--build-arg ROUND=workflow' + round + '-$$ .').push()
            }
        }
        timed(round, 'step-beside') { cvmfsDerivedImage($(_step_words), push: true, buildArgs: ['ROUND=beside' + round + '-$$']) }"
}

lines() {
    _turns 1 "
        timed(round, 'sh-lines') { sh 'docker run --rm --entrypoint seq $BASE_IMAGE 1000000' }
        timed(round, 'step-lines') {
            cvmfsDerivedImage(tags: ['$REF'], mounts: 'none', strategy: 'commit', baseImage: '$BASE_IMAGE', setup: 'seq 1000000')
        }"
}
