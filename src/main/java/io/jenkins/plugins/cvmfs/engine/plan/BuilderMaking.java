package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the builder of a build.
 *
 * <p>A kept one is made and started by one build, while others that want it too wait for a lock. Builds that share an
 * engine but no directory, such as those of agents in containers, do not see each other's lock: there the one that
 * comes second is told that the builder exists, and takes it.
 */
final class BuilderMaking {
    private static final String LOCK = """
            # flock's lock goes with its process; a directory stays, so its owner is looked for. It is a politeness: without it
            # the one that comes second finds the builder made.
            lock() {
                lock=$state/$builder.lock
                if ! { mkdir -p "$state" && true >>"$lock"; } 2>/dev/null; then
                    return 0
                elif command -v flock >/dev/null; then
                    exec 9>>"$lock"
                    run flock 9 || :
                else
                    until mkdir "$lock.d" 2>/dev/null; do
                        run sleep 1
                        # shellcheck disable=SC2046
                        { [ -s "$lock.d/owner" ] && alive $(cat "$lock.d/owner"); } 2>/dev/null || break
                    done
                    held=$lock.d
                    { mkdir -p "$held" && owner >"$held/owner"; } 2>/dev/null || :
                fi
            }

            unlock() {
                exec 9>&-
                [ -z "$held" ] || rm -rf "$held"
                held=''
            }
            """;

    // A file test; asking buildx would take as long as a cached build. It is only a hint: another configuration may be
    // in use.
    private static final String MISSING = """
            [ ! -e "$instance" ]
            """;

    // Its nodes are added one after the other, so one that was killed in the midst lacks the last.
    private static final String MISSING_NODES = """
            ! grep -qs "\\"${builder}LAST\\"" "$instance"
            """;

    // Asked only when a build has failed, or before a builder is made again. buildx calls a container that restarts for
    // ever a success.
    private static final String WORKS = """
            docker buildx inspect --bootstrap "$builder" >/dev/null 2>&1 &&
                [ -z "$(docker container ls --quiet --filter "name=^buildx_buildkit_${builder}0\\$" --filter status=restarting)" ]
            """;

    // One node that does not start is no reason to take the others from the builds that run there.
    private static final String NODES_WORK = """
            docker buildx inspect --bootstrap "$builder" >/dev/null 2>&1 ||
                docker buildx inspect "$builder" 2>/dev/null | grep -q '^Status: *running'
            """;

    // Making the record of a buildkitd that runs elsewhere anew does not bring that back, so only what is written is
    // looked at.
    private static final String WRITTEN = """
            case $(cat "$instance" 2>/dev/null) in
                *ENDPOINT*}) true ;;
                *) false ;;
            esac
            """;

    private final Script script;
    private final ShellCommand create;
    private final List<ShellCommand> append;

    /**
     * @param create makes the builder with its first node
     * @param append adds the other nodes, which are named after the builder, with the numbers from 1
     */
    BuilderMaking(Script script, ShellCommand create, List<ShellCommand> append) {
        this.script = script;
        this.create = create;
        this.append = append;
    }

    /** A builder for this build alone, which is removed at its end. */
    void ephemeral() {
        script.define("made=''\n");
        script.cleanUp("[ -z \"$made\" ] || remove builder \"$builder\" || :\n");
        script.function(
                "make_builder",
                "phase " + Phase.BUILDER.text() + "\nnote builder \"$builder\"\nmade=yes\nrun " + create.render()
                        + " >/dev/null\n" + append());
    }

    /**
     * A builder that stays. One that is there but does not start is made again; its state volume, with the cache,
     * stays.
     */
    void kept() {
        kept(
                append.isEmpty() ? WORKS : NODES_WORK,
                "    run docker buildx inspect --bootstrap \"$builder\" >/dev/null\n");
    }

    /** The record of a buildkitd that runs elsewhere, which stays. */
    void kept(String endpoint) {
        kept(WRITTEN.replace("ENDPOINT", ShellWord.literal(endpoint).render()), "");
    }

    private void kept(String works, String start) {
        script.define(
                "instance=${BUILDX_CONFIG:-${DOCKER_CONFIG:-${HOME-}/.docker}/buildx}/instances/$builder\nheld=''\n");
        script.cleanUp("[ -z \"$held\" ] || rm -rf \"$held\"\n");
        script.define(LOCK);
        script.function(
                "builder_is_missing",
                append.isEmpty() ? MISSING : MISSING_NODES.replace("LAST", Integer.toString(append.size())));
        script.function("builder_works", works);
        script.function(
                "make_builder",
                "phase " + Phase.BUILDER.text()
                        + """

                        lock
                        if builder_is_missing || ! builder_works; then
                            [ ! -e "$instance" ] || docker buildx rm --force --keep-state "$builder" >/dev/null 2>&1 || rm -f "$instance"
                        """
                        + "    run " + create.render()
                        + " >/dev/null ||\n        docker buildx inspect \"$builder\" >/dev/null\n"
                        + (append.isEmpty() ? "" : Script.indented(append()))
                        + start
                        + """
                        fi
                        unlock
                        """);
    }

    private String append() {
        return append.stream()
                .map(command -> "run " + command.render() + " >/dev/null\n")
                .collect(Collectors.joining());
    }
}
