package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.record.ContainerState;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the output of {@code docker run}: that of the container, or docker's own if the container did not start. The
 * engine's state of the container tells which. Without that, the exit code does: 125, or 126 and 127 with an error of
 * docker at the end.
 */
final class ContainerOutput {
    private static final Set<Integer> PERHAPS_DOCKERS = Set.of(126, 127);
    private static final int DOCKERS = 125;
    private static final int LAST = 12;

    private static final Pattern ERROR = Pattern.compile(
            "(?:docker: |.{0,400}(?:build|lib)\\.sh: (?:line )?\\d{1,6}: docker: (?:command )?not found|Error response from daemon: |error during connect: "
                    + "|Cannot connect to the Docker daemon|permission denied while trying to connect|unknown flag: "
                    + "|unknown shorthand flag: |time=\"[^\"]{1,60}\" level=error msg=\"?error waiting for container"
                    + "|Emulate Docker CLI|failed to connect to the docker API"
                    + "|Error: (?:initializing source|short-name|unable to copy|copying system image|writing blob|creating container"
                    + "|cannot set up namespace|default OCI runtime|crun|runc|OCI|unrecognized))");
    private static final Pattern ADVICE = Pattern.compile("(?:See 'docker |Run 'docker |Usage:  ?docker )");

    // What the script's own clean-up says where there was no container.
    private static final Pattern CLEANED_UP =
            Pattern.compile("Error response from daemon: No such container: cvmfs-derived-image-");

    private ContainerOutput() {}

    /** Reads an output. */
    static Transcript read(List<String> all, int exitCode, ContainerState state) {
        List<String> lines = all.stream()
                .filter(line -> !CLEANED_UP.matcher(line).lookingAt())
                .toList();
        int error = lastError(lines);
        boolean dockers = switch (state) {
            case NOT_STARTED -> true;
            case ENDED, OUT_OF_MEMORY -> false;
            case UNKNOWN ->
                exitCode == DOCKERS && error >= 0 && error >= lines.size() - LAST
                        || PERHAPS_DOCKERS.contains(exitCode) && error >= 0 && onlyAdvice(lines, error + 1);
        };
        return dockers
                ? Transcript.ofWords(lines.subList(Math.max(error, 0), lines.size()))
                : Transcript.ofContainer(lines, exitCode);
    }

    private static int lastError(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (ERROR.matcher(lines.get(i)).lookingAt()) {
                return i;
            }
        }
        return -1;
    }

    private static boolean onlyAdvice(List<String> lines, int from) {
        return lines.subList(from, lines.size()).stream()
                .allMatch(line -> line.isBlank() || ADVICE.matcher(line).lookingAt());
    }
}
