# shellcheck shell=bash
# The rows of a controller that take jobs of their own: the build step of a freestyle job, and the page of a job with
# 5,000 builds. bench-controller.sh has what asks the controller.

# freestyle_job NAME BUILDER: a job with one step besides the files.
freestyle_job() {
    cat >"$WORK/job.xml" <<XML
<project><assignedNode>${BENCH_LABEL:-linux}</assignedNode><canRoam>false</canRoam><builders>
<hudson.tasks.Shell><command>cat >Dockerfile &lt;&lt;'END'
$(cat "$HERE/Dockerfile")
END
echo '*' >.dockerignore</command></hudson.tasks.Shell>$2</builders></project>
XML
    _controller_post --header 'Content-Type: application/xml' --data-binary "@$WORK/job.xml" \
        "$BENCH_CONTROLLER/createItem?name=$1" >/dev/null
}

# freestyle_run JOB NUMBER ROW: a build; the controller says how long it took.
freestyle_run() {
    local answer='' millis
    _controller_post --request POST "$BENCH_CONTROLLER/job/$1/build?delay=0sec" >/dev/null || return 1
    until [[ $answer == *'"building":false'* ]]; do
        sleep 0.5
        answer=$(_controller "$BENCH_CONTROLLER/job/$1/$2/api/json?tree=building,duration,result" 2>/dev/null) || answer=''
    done
    [[ $answer == *SUCCESS* ]] || {
        rig_fail "the job $1 failed" "$answer" "see $BENCH_CONTROLLER/job/$1/$2/console"
        return 1
    }
    millis=${answer#*'"duration":'}
    took "$3" "${millis%%[!0-9]*}000"
}

freestyle_rows() {
    local round shell ours output
    use docker
    for output in load push; do
        shell="<hudson.tasks.Shell><command>exec $(_bare_words) --$output .</command></hudson.tasks.Shell>"
        ours="<io.jenkins.plugins.cvmfs.CvmfsDerivedImageBuilder><image><tags><string>$REF</string></tags>"
        ours+="<mounts>none</mounts><$output>true</$output><insecure>false</insecure>"
        ours+="<builder><driver>docker</driver></builder></image></io.jenkins.plugins.cvmfs.CvmfsDerivedImageBuilder>"
        freestyle_job "bench-shell-$output-$$" "$shell" || return 1
        freestyle_job "bench-ours-$output-$$" "$ours" || return 1
        for ((round = 1; round <= ROUNDS + 1; round++)); do
            freestyle_run "bench-shell-$output-$$" "$round" "shell-$output" || return 1
            freestyle_run "bench-ours-$output-$$" "$round" "ours-$output" || return 1
            [ "$round" -gt 1 ] || rm -f "$WORK"/{shell,ours}"-$output.times"
        done
        ratio "freestyle, all cached, --$output: a build with our step / with a shell step" "ours-$output" "shell-$output"
    done
}

# many_builds NAME: copies the first build of a job 4,999 times, and has Jenkins read the job again.
many_builds() {
    _controller_post --data-urlencode "script=
        def job = Jenkins.get().getItem('$1')
        def dir = job.buildDir
        (2..5000).each { n ->
            def to = new File(dir, n as String)
            to.mkdirs()
            new File(to, 'build.xml').bytes = new File(dir, '1/build.xml').bytes
            new File(to, 'log').text = ''
        }
        new File(dir, 'permalinks').text = ['Completed', 'Stable', 'Successful'].collect { \"last\${it}Build 5000\n\" }.join() +
            ['Failed', 'Unstable', 'Unsuccessful'].collect { \"last\${it}Build -1\n\" }.join()
        job.updateNextBuildNumber(5001)
        job.doReload()
        println(job.lastBuild.number)" "$BENCH_CONTROLLER/scriptText"
}

# The page at first, when nothing of the job is in memory, and later; the same of a job without images.
page_rows() {
    local round kind
    # The first page of all also reads what makes up pages.
    for kind in ours shell; do
        _controller "$BENCH_CONTROLLER/job/bench-$kind-load-$$/" >/dev/null || return 1
    done
    for kind in ours shell; do
        [ "$(many_builds "bench-$kind-push-$$")" = 5000 ] || {
            rig_fail "the job bench-$kind-push-$$ has no 5,000 builds" "Jenkins did not read them" "see its log"
            return 1
        }
        timed "page-first-$kind" _controller "$BENCH_CONTROLLER/job/bench-$kind-push-$$/"
        for ((round = 0; round < ROUNDS; round++)); do
            timed "page-later-$kind" _controller "$BENCH_CONTROLLER/job/bench-$kind-push-$$/"
        done
    done
    ratio "page of a job with 5,000 builds, at first: with images / without" page-first-ours page-first-shell
    ratio "page of a job with 5,000 builds, later: with images / without" page-later-ours page-later-shell
}
