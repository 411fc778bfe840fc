package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * The script of a build while it is written, and the files it needs.
 *
 * <p>Every script has the same frame: it finds its private directory, runs what takes long in the background and waits
 * for it, so that a signal is answered at once, and cleans up whichever way it ends.
 */
final class Script {
    private static final String HEAD = """
            #!/bin/sh
            # Builds one derived image. Run it from the directory in which the build's relative paths start.
            set -eu
            dir=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
            child=''
            exec 3</dev/null
            mkdir -p "$dir/results"
            echo "$$" >"$dir/pid"
            # What would have the build take other sources or another builder than the plan names.
            unset EXPERIMENTAL_BUILDKIT_SOURCE_POLICY BUILDX_BUILDER BUILDKIT_HOST BUILDX_METADATA_PROVENANCE TAR_OPTIONS

            phase() {
                printf '%s\\n' "$1" >"$dir/results/phase"
            }

            # Takes its input from descriptor 3. The shell answers a signal only between commands, so it waits instead.
            run() {
                code=0
                "$@" <&3 3<&- &
                child=$!
                wait "$child" || code=$?
                child=''
                return "$code"
            }

            # What a command writes is a tar archive with a file of an image, which may be anything: at most 64 KiB of text are taken.
            take_revisions() {
                mkfifo "$dir/stream" || return 0
                tar -xOf - repositories <"$dir/stream" 2>/dev/null | head -c 65536 >"$dir/results/repositories" &
                reader=$!
                run "$@" >"$dir/stream" 2>/dev/null || :
                wait "$reader" || :
            }

            """;

    private static final String TRAPS = """

            stop() {
                trap '' TERM INT HUP
                if [ -n "$child" ]; then
                    kill -TERM "$child" 2>/dev/null || :
                    wait "$child" || :
                fi
                exit "$1"
            }

            trap 'code=$?; trap "" TERM INT HUP; clean_up; exit "$code"' EXIT
            trap 'stop 129' HUP
            trap 'stop 130' INT
            trap 'stop 143' TERM

            """;

    private final StringBuilder definitions = new StringBuilder();
    private final StringBuilder cleanUp = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private final List<PlannedFile> files = new ArrayList<>();

    /** Adds lines before anything runs. */
    Script define(String lines) {
        definitions.append(lines).append('\n');
        return this;
    }

    /** Adds a function. */
    Script function(String name, String lines) {
        definitions.append(name).append("() {\n").append(indented(lines)).append("}\n\n");
        return this;
    }

    /** Adds lines that run whichever way the script ends; they may not fail. */
    Script cleanUp(String lines) {
        cleanUp.append(lines).append('\n');
        return this;
    }

    Script phase(Phase phase) {
        body.append("phase ").append(phase.text()).append('\n');
        return this;
    }

    Script line(String line) {
        body.append(line).append('\n');
        return this;
    }

    Script command(ShellCommand command) {
        return line(command.render());
    }

    Script file(String path, String content, boolean executable) {
        files.add(new PlannedFile(path, content, executable));
        return this;
    }

    List<PlannedFile> files() {
        return files;
    }

    String text() {
        String clean = cleanUp.length() == 0 ? ":\n" : cleanUp.toString();
        return HEAD + definitions + "clean_up() {\n" + indented(clean) + "}\n" + TRAPS + body;
    }

    // Only this project's own lines are indented: in a user's text an indent would change what was written.
    static String indented(String lines) {
        return lines.stripTrailing().replaceAll("(?dm)^(?=.)", "    ") + "\n";
    }
}
