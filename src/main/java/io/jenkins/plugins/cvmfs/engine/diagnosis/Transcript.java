package io.jenkins.plugins.cvmfs.engine.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The end of an output, split by who wrote what.
 *
 * @param words the lines of docker and the script, in order
 * @param printed the output of the failed command
 * @param command the failed command of the user; empty if there is none
 * @param decisive whether the failed command is the last error that docker reported
 * @param place its place in the Dockerfile, such as {@code Dockerfile:4}, or an empty text
 */
record Transcript(List<String> words, List<String> printed, Optional<Command> command, boolean decisive, String place) {
    private static final int MOST = 32 * 1024;
    private static final int LONGEST = 4 * 1024;
    private static final int MOST_WORDS = 200;
    private static final int MOST_PRINTED = 60;

    /** @param place see above */
    static Transcript of(List<String> words, List<String> printed, Command command, boolean decisive, String place) {
        return new Transcript(
                end(words, MOST_WORDS),
                end(printed, MOST_PRINTED),
                Optional.ofNullable(command),
                decisive && command != null,
                place);
    }

    /** An output of docker and the script alone. */
    static Transcript ofWords(List<String> lines) {
        return of(lines, List.of(), null, false, "");
    }

    /** The output of a container that ended with an exit code. */
    static Transcript ofContainer(List<String> lines, int exitCode) {
        return of(List.of(), lines, new Command("", exitCode, ""), true, "");
    }

    /** The lines of an output's last 32 KiB, without an incomplete first one. */
    static List<String> lines(String output) {
        String text = output;
        boolean cut = text.length() >= MOST;
        if (cut) {
            text = text.substring(text.length() - MOST);
        }
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (cut && lines.stream().skip(1).anyMatch(line -> !line.isBlank())) {
            lines.remove(0);
        } else if (cut) {
            // An incomplete line is better than none.
            lines.set(0, lines.get(0).strip());
        }
        lines.replaceAll(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        return lines;
    }

    /** A long line shortened to its beginning and its end. */
    static String bearable(String line) {
        return line.length() <= LONGEST
                ? line
                : line.substring(0, LONGEST / 2) + " ... " + line.substring(line.length() - LONGEST / 2);
    }

    private static List<String> end(List<String> lines, int most) {
        return lines.stream()
                .filter(line -> !line.isBlank())
                .skip(Math.max(0, lines.stream().filter(line -> !line.isBlank()).count() - most))
                .map(Transcript::bearable)
                .toList();
    }
}
