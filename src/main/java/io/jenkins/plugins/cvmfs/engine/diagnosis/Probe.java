package io.jenkins.plugins.cvmfs.engine.diagnosis;

/** Runs a command on the machine that builds, for an answer. */
public interface Probe {
    /**
     * A command's answer.
     *
     * @param exitCode its exit code, 127 if there is no such command
     * @param output what it wrote, errors included
     */
    record Answer(int exitCode, String output) {
        /** Whether the command succeeded. */
        public boolean ok() {
            return exitCode == 0;
        }
    }

    /**
     * Runs a command to its end.
     *
     * @param input its standard input
     * @param command the command and its arguments
     */
    Answer run(String input, String... command);
}
