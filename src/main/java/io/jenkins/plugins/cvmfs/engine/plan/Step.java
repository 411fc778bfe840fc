package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One command of a build.
 *
 * @param phase the phase in which it runs
 * @param purpose its purpose in a few words
 * @param command its words: a docker command, or a function of the shell library
 */
public record Step(Phase phase, String purpose, List<ShellWord> command) {
    /** The command in one line, as a shell reads it. */
    public String line() {
        return command.stream().map(ShellWord::render).collect(Collectors.joining(" "));
    }
}
