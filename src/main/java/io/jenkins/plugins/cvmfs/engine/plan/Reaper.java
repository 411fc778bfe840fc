package io.jenkins.plugins.cvmfs.engine.plan;

/**
 * Removes what killed builds left in the engine.
 *
 * <p>A build that makes a container or a builder of its own first notes it in a small file of the user's state
 * directory, with what tells its process from every other one, and takes the note away with the thing. The next build
 * looks for notes whose process has gone; where there are none, that is a look into a directory and calls nothing.
 * Labels would not do: those of a container are in the image that is made of it.
 */
public final class Reaper {
    private static final String STATE = """
            state=${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}/cvmfs-derived-image
            engine="${DOCKER_HOST:-} ${DOCKER_CONTEXT:-}"

            here() {
                host=$(uname -n)
                read -r boot </proc/sys/kernel/random/boot_id
                namespace=$(readlink /proc/self/ns/pid)
            }

            # When a process started: its number alone may be another's later.
            start_of() {
                start=''
                if IFS= read -r stat 2>/dev/null <"/proc/$1/stat"; then
                    # shellcheck disable=SC2086
                    set -- ${stat##*) }
                    # One that has ended stays as a zombie until its parent asks; the first process of a container may never do.
                    [ "$1" = Z ] || start=${20}
                fi
            }

            # Whether the owner (host boot namespace pid start time) still runs. Elsewhere only the time tells: two days.
            alive() {
                here
                if [ "$1 $2 $3" = "$host $boot $namespace" ]; then
                    start_of "$4"
                    [ "$start" = "$5" ]
                elif [ "$1" = "$host" ] && [ "$2" != "$boot" ]; then
                    return 1
                else
                    [ "$(($(date +%s) - $6))" -lt 172800 ]
                fi
            }

            """;

    private static final String NOTE = """
            owner() {
                here
                start_of "$$"
                echo "$host $boot $namespace $$ $start $(date +%s)"
            }

            # Notes what is about to be made, so that the next build removes it should this one be killed.
            note() {
                { mkdir -p "$state" && printf '%s\\n' "$(owner)" "$1 $2" "$engine" >"$state/$2.new" && mv "$state/$2.new" "$state/$2.made"; } 2>/dev/null || :
            }

            """;

    private static final String REMOVE = """
            # What this engine has of a builder.
            remove_nodes() {
                nodes=$(docker container ls --all --quiet --filter "name=^buildx_buildkit_$1[0-9]\\$") || return 1
                # shellcheck disable=SC2086
                [ -z "$nodes" ] || docker container rm --force $nodes >/dev/null || return 1
                nodes=$(docker volume ls --quiet --filter "name=^buildx_buildkit_$1[0-9]_state\\$") || return 1
                # shellcheck disable=SC2086
                [ -z "$nodes" ] || docker volume rm --force $nodes >/dev/null
            }

            remove() {
                if [ "$1" = builder ]; then
                    # What it says is of no use, and could not be said where the output has gone with its reader.
                    if docker buildx rm --force "$2" >/dev/null 2>&1; then
                        # Without a node's container it leaves the volume. There may be no engine here.
                        remove_nodes "$2" 2>/dev/null || :
                    else
                        remove_nodes "$2"
                    fi
                elif [ "$1" = image ]; then
                    { docker container rm --force --volumes "$2"; docker image rm "$2" || docker version; } >/dev/null 2>&1
                else
                    docker container rm --force --volumes "$2" >/dev/null || docker version >/dev/null
                fi && rm -f "$state/$2.made"
            }

            reap() {
                for left in "$state"/*.made; do
                    [ -e "$left" ] || continue
                    { read -r owner && read -r kind name && IFS= read -r where; } 2>/dev/null <"$left" || continue
                    # shellcheck disable=SC2086
                    if [ "$where" != "$engine" ] || alive $owner; then
                        continue
                    fi
                    echo "The $kind $name was left by a build that was killed; it ${dry:-is} removed." >&2
                    ${dry:+:} remove "$kind" "$name" || :
                done
            }

            """;

    private Reaper() {}

    /** Adds the functions, and the look for what was left. */
    static void addTo(Script script, boolean notes) {
        script.define(STATE + (notes ? NOTE : "") + REMOVE.stripTrailing() + "\n");
        script.line("[ ! -r /proc/self/stat ] || reap");
    }

    /**
     * A script that does nothing else.
     *
     * @param dry whether it only says what it would remove
     */
    public static String script(boolean dry) {
        return "set -eu\ndry=" + (dry ? "'would be'" : "''") + "\n" + STATE + REMOVE
                + "[ ! -r /proc/self/stat ] || reap\n";
    }
}
