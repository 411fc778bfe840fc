package io.jenkins.plugins.cvmfs.engine.plan;

/**
 * Does a push again that failed for a reason that passes: the registry's own trouble, a timeout, a lost connection.
 *
 * <p>With buildx building and pushing are one command. The second time everything comes from the cache of the same
 * builder, so it is the push alone that is done again; what would pass the cache by is left out. Whether it was the
 * push that failed is only in the last lines of the errors. These are kept aside while they are shown; on a terminal
 * they are not, since docker would show no live display then.
 */
final class PushRetry {
    private static final String WATCHED = """
            # Runs a command and keeps the end of its errors, but leaves a terminal to it.
            watched() {
                : >"$dir/errors"
                if [ -t 2 ]; then
                    run "$@"
                    return
                fi
                rm -f "$dir/said" "$dir/last"
                mkfifo "$dir/said" "$dir/last"
                tail -n 20 <"$dir/last" >"$dir/errors" &
                tee "$dir/last" <"$dir/said" >&2 &
                run "$@" 2>"$dir/said" || :
                wait
                return "$code"
            }

            # Whether the push failed, and for what passes.
            passing() {
                grep -Eiq 'PUSH(.*[ :])?(408|429|5[0-9][0-9]) [A-Z]|PUSH.*(timeout|timed out|deadline exceeded|connection reset|broken pipe|EOF$)' "$dir/errors"
            }

            pushed() {
                watched "$@" || :
                for pause in ${CVMFS_DERIVED_IMAGE_PAUSES:-2 6 18}; do
                    if [ "$code" -eq 0 ] || [ "$code" -ge 126 ] || ! passing; then
                        return "$code"
                    fi
                    echo "The push failed, perhaps for a moment only; it is done again in $pause seconds." >&2
                    run sleep "$pause"
            """;

    // The engine's own builder has the engine push, in whose errors no word says so; what fails before is "failed to
    // solve".
    private static final String PUSH =
            "^ERROR: (.*failed to push |failed to build: (received unexpected HTTP status:|Get \"))";

    // What has just been built is to be taken, with the base image that was looked up for it.
    private static final String FROM_CACHE = """
                    for word do
                        shift
                        case $word in --no-cache | --pull) ;; *) set -- "$@" "$word" ;; esac
                    done
            """;

    private static final String AGAIN = """
                    watched "$@" || :
                done
                return "$code"
            }

            """;

    private PushRetry() {}

    /** Adds the function {@code pushed} for commands of buildx that build and push. */
    static void ofBuild(Script script, boolean pastCache) {
        add(script, PUSH, pastCache ? FROM_CACHE : "");
    }

    /** Adds the function {@code pushed} for commands that only push. */
    static void ofImage(Script script) {
        add(script, "", "");
    }

    private static void add(Script script, String push, String again) {
        script.define((WATCHED.replace("PUSH", push) + again + AGAIN).stripTrailing() + "\n");
    }
}
