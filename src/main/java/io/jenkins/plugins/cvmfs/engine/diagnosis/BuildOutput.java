package io.jenkins.plugins.cvmfs.engine.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the plain progress output of buildx.
 *
 * <p>A line that a RUN wrote is preceded by the number of its step and a time ({@code #9 0.31 text}), and repeated in a
 * block between lines of dashes. All other lines come from buildx or from the script, except names of steps and
 * excerpts of the Dockerfile, which come from the user.
 */
final class BuildOutput {
    private static final Pattern LOGGED = Pattern.compile("#(\\d{1,9}) \\d{1,9}\\.\\d{1,6}(?: (.*))?", Pattern.DOTALL);
    private static final Pattern STEP_ERROR = Pattern.compile("#(\\d{1,9}) ERROR:? (.*)", Pattern.DOTALL);
    private static final Pattern STEP = Pattern.compile("#\\d{1,9}(?: .*)?", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("\\S{1,300}:\\d{1,7}");
    private static final Pattern TIME = Pattern.compile("(?:#\\d{1,9} )?\\d{1,9}\\.\\d{1,6} ?");
    private static final Pattern RUNTIME =
            Pattern.compile("(?:runc run failed|container_linux\\.go:\\d{1,5}|runc did not)");
    private static final int SIGNAL = 128;
    private static final String DASHES = "------";
    private static final Pattern TELLING =
            Pattern.compile(" > (?:\\[internal] waiting for connection:|pushing \\S{1,300} with docker:)");
    private static final String RULE = "--------------------";

    private final List<String> words = new ArrayList<>();
    private final Map<String, List<String>> logs = new HashMap<>();
    private final List<String> block = new ArrayList<>();
    private String place = "";
    private String lastStep = "";
    private String failedStep = "";
    private Command command;
    private boolean decisive;

    /** Reads an output. */
    static Transcript read(List<String> lines, int exitCode) {
        BuildOutput output = new BuildOutput();
        output.all(lines);
        return output.transcript(exitCode);
    }

    private void all(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
            Matcher logged = LOGGED.matcher(line);
            Matcher failed = STEP_ERROR.matcher(line);
            if (logged.matches()) {
                log(logged.group(1), logged.group(2) == null ? "" : logged.group(2));
            } else if (failed.matches()) {
                say(failed.group(2), failed.group(1));
            } else if (line.equals(DASHES) && next.startsWith(" > ")) {
                i = block(lines, i + 1);
            } else if (PLACE.matcher(line).matches() && next.equals(RULE)) {
                place = line;
                i = excerpt(lines, i + 2);
            } else if (Command.begins(line)) {
                i = command(lines, i);
            } else if (!STEP.matcher(line).matches() && !line.startsWith(" ") && !line.startsWith("---")) {
                say(line, "");
            }
        }
    }

    private void log(String step, String text) {
        lastStep = step;
        logs.computeIfAbsent(step, number -> new ArrayList<>()).add(text);
    }

    private void say(String text, String step) {
        Optional<Command> failed = text.isBlank() ? Optional.empty() : Command.in(text);
        if (failed.isEmpty()) {
            if (!text.isBlank()) {
                words.add(text);
                decisive = decisive && !isError(text);
            }
            return;
        }
        decisive = true;
        command = failed.get();
        if (!step.isEmpty()) {
            failedStep = step;
        }
        if (!command.rest().isBlank()) {
            words.add(command.rest());
        }
    }

    private static boolean isError(String text) {
        return text.regionMatches(true, 0, "error", 0, 5) || text.startsWith("failed to solve");
    }

    /** Skips the block of a failed step and returns its last line. */
    private int block(List<String> lines, int from) {
        block.clear();
        if (TELLING.matcher(lines.get(from)).matches()) {
            words.add(lines.get(from));
        }
        for (int i = from + 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.equals(DASHES)) {
                return i;
            } else if (isError(line)) {
                return i - 1;
            }
            block.add(TIME.matcher(line).replaceFirst(""));
        }
        return lines.size();
    }

    private static int excerpt(List<String> lines, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).equals(RULE)) {
                return i;
            }
        }
        return lines.size();
    }

    /** Skips a command with line breaks, as older versions show it. */
    private int command(List<String> lines, int from) {
        StringBuilder text = new StringBuilder(lines.get(from));
        for (int i = from + 1; i < lines.size(); i++) {
            text.append(' ').append(lines.get(i));
            if (lines.get(i).contains("]: ")) {
                say(text.toString(), "");
                return i;
            }
        }
        return lines.size();
    }

    private Transcript transcript(int exitCode) {
        List<String> printed = logs.getOrDefault(failedStep.isEmpty() ? lastStep : failedStep, block);
        List<String> said = new ArrayList<>(words);
        if (command == null && exitCode < SIGNAL && said.isEmpty() && !printed.isEmpty()) {
            // Docker's last words are missing, but something was at work.
            return Transcript.of(said, printed, new Command("", -1, ""), true, place);
        }
        if (command != null
                && !printed.isEmpty()
                && RUNTIME.matcher(printed.get(printed.size() - 1)).lookingAt()) {
            // The container did not start, so its command wrote nothing.
            said.add(printed.get(printed.size() - 1));
            return Transcript.of(
                    said,
                    List.of(),
                    new Command(command.text(), command.exitCode(), said.get(said.size() - 1)),
                    decisive,
                    place);
        }
        return Transcript.of(said, command == null ? List.of() : printed, command, decisive, place);
    }
}
