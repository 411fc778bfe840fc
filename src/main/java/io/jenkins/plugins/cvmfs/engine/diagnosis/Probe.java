package io.jenkins.plugins.cvmfs.engine.diagnosis;

/** Runs commands on the machine that builds and returns their answers. */
public interface Probe {
    /**
     * A command's answer.
     *
     * @param exitCode its exit code, 127 if there is no such command
     * @param output its output, including errors
     */
    record Answer(int exitCode, String output) {
        /** Whether the command succeeded. */
        public boolean ok() {
            return exitCode == 0;
        }

        /** The last line of its output. */
        String lastLine() {
            String text = output.strip();
            return text.substring(text.lastIndexOf('\n') + 1);
        }
    }

    /**
     * Runs a command in the environment of builds and waits for its end.
     *
     * @param input its standard input
     * @param command the command and its arguments
     */
    Answer run(String input, String... command);

    /**
     * Runs a text for {@code sh}.
     *
     * @param arguments the text's {@code $1} and so on
     */
    default Answer shell(String text, String... arguments) {
        String[] command = new String[4 + arguments.length];
        command[0] = "/bin/sh";
        command[1] = "-c";
        command[2] = text;
        command[3] = "doctor";
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return run("", command);
    }
}
