package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import io.jenkins.plugins.cvmfs.engine.spec.Source.Script.File;
import io.jenkins.plugins.cvmfs.engine.spec.Source.Script.Inline;
import io.jenkins.plugins.cvmfs.engine.spec.Source.Script.Url;

/** Places a setup script in the private directory, wherever it comes from. */
final class SetupFiles {
    private SetupFiles() {}

    /** Adds the command that records the sum of the Dockerfile or setup script. */
    static void note(Script script, ShellWord file) {
        script.call(ShellCommand.of("note_source").word(file));
    }

    /** Adds the commands that place the setup script at {@code path} in the private directory. */
    static void bring(Script script, Source.Script setup, String path) {
        ShellWord destination = ShellWord.expansion("$dir/" + path);
        if (setup instanceof Inline inline) {
            script.file(path, inline.text(), true);
            note(script, destination);
        } else if (setup instanceof Url url) {
            script.perform(
                    Phase.FETCH,
                    "Fetch the setup script and check its sha256",
                    ShellCommand.of("fetch_setup")
                            .word(url.url())
                            .word(url.sha256())
                            .word(destination));
        } else if (setup instanceof File file) {
            script.perform(
                    Phase.FETCH,
                    "Copy the setup script from the workspace",
                    ShellCommand.of("take_setup").word(file.path()).word(destination));
        }
    }
}
