package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import io.jenkins.plugins.cvmfs.engine.spec.Source.Script.File;
import io.jenkins.plugins.cvmfs.engine.spec.Source.Script.Inline;
import io.jenkins.plugins.cvmfs.engine.spec.Source.Script.Url;

/** Brings a setup script to one place in the private directory, wherever it comes from. */
final class SetupFiles {
    private static final String FETCH = """
            if command -v curl >/dev/null; then
                run curl --fail --silent --show-error --location --proto =http,https --output "$2" -- "$1"
            elif command -v wget >/dev/null; then
                run wget --quiet --output-document="$2" -- "$1"
            else
                echo 'Neither curl nor wget is here to fetch the setup script with' >&2
                return 127
            fi
            if [ "$(sha256sum <"$2" | cut -d ' ' -f 1)" != "$3" ]; then
                echo "The setup script that was fetched has the sha256 $(sha256sum <"$2" | cut -d ' ' -f 1), not $3" >&2
                return 1
            fi
            """;

    private static final String TAKE = """
            [ -f "$1" ] || {
                echo "The setup script $1 is no regular file" >&2
                return 1
            }
            head -c 16777217 <"$1" >"$2"
            [ "$(wc -c <"$2")" -le 16777216 ] || {
                echo "The setup script $1 is larger than 16 MiB" >&2
                return 1
            }
            """;

    private SetupFiles() {}

    /** Adds what notes which Dockerfile or setup script it is. */
    static void note(Script script, ShellWord file) {
        script.line("{ sha256sum <" + file.render() + " && id -u && id -g; } >"
                + ResultFile.SOURCE.word().render() + " 2>/dev/null || :");
    }

    /** Adds what makes {@code path}, in the private directory, the setup script. */
    static void bring(Script script, Source.Script setup, String path) {
        ShellWord destination = ShellWord.expansion("$dir/" + path);
        if (setup instanceof Inline inline) {
            script.file(path, inline.text(), true);
            note(script, destination);
            return;
        }
        script.phase(Phase.FETCH);
        if (setup instanceof Url url) {
            script.function("fetch", FETCH);
            script.command(
                    ShellCommand.of("fetch").word(url.url()).word(destination).word(url.sha256()));
        } else if (setup instanceof File file) {
            script.function("take_setup", TAKE);
            script.command(ShellCommand.of("take_setup").word(file.path()).word(destination));
        }
        script.command(ShellCommand.of("chmod", "755").word(destination));
        note(script, destination);
    }
}
