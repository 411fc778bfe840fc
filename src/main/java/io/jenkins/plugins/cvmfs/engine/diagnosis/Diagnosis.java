package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Cause.Zone;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.record.ContainerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out why a build failed from evidence: its phase, its exit code, and who wrote which of the last lines. Output
 * of a RUN, a setup script or a smoke test is never mistaken for docker's own.
 */
public final class Diagnosis {
    // The script of a setup under buildx is one RUN of a Dockerfile that nobody wrote.
    private static final String DERIVE = "/run/cvmfs-derived-image/derive";
    private static final String TEST_BEGINS = "Smoke test, in a container of the image:";

    private static final Pattern NOT_MOUNTED = Pattern.compile(
            "(?:[\\w/.-]{1,60}: )?CVMFS is not mounted(?: as asked)?: ([\\w-]{1,60}\\.[\\w.-]{1,120}.*)",
            Pattern.DOTALL);
    private static final int KILLED = 137;
    private static final int CLIENT_LINES = 60;
    private static final int OUTPUT_LINES = 15;

    private final Evidence evidence;
    private final Transcript transcript;
    private final Wording wording;

    private Diagnosis(Evidence evidence, FrontEnd frontEnd) {
        this.evidence = evidence;
        this.transcript = transcript(evidence);
        this.wording = new Wording(evidence, transcript, frontEnd);
    }

    /** Explains a failure, with options spelled for a front end. */
    public static Finding of(Evidence evidence, FrontEnd frontEnd) {
        return new Diagnosis(evidence, frontEnd).finding();
    }

    private static Transcript transcript(Evidence evidence) {
        List<String> lines = Transcript.lines(evidence.lastOutput());
        if (evidence.phase() == Phase.TEST) {
            return ContainerOutput.read(
                    lines.subList(lines.lastIndexOf(TEST_BEGINS) + 1, lines.size()),
                    evidence.exitCode(),
                    evidence.container());
        }
        if (evidence.phase() == Phase.BUILD && evidence.commits()) {
            return ContainerOutput.read(lines, evidence.exitCode(), evidence.container());
        }
        // Pushing and collecting may build again, and then show a build.
        return evidence.commits() ? Transcript.ofWords(lines) : BuildOutput.read(lines, evidence.exitCode());
    }

    /** A cause and where it was found. */
    record Hit(Cause cause, Matcher matcher, String line) {}

    private Finding finding() {
        if (evidence.killed()) {
            // What docker wrote afterwards is a consequence.
            return wording.machine(machine());
        }
        Optional<Command> command = transcript.command();
        if (transcript.decisive()) {
            return command(command.orElseThrow());
        }
        Optional<Hit> strong = words(false);
        if (strong.isEmpty() && command.isPresent()) {
            return command(command.get());
        }
        // If docker itself was killed, what its plugin wrote afterwards is a consequence, too.
        boolean consequence = evidence.exitCode() == KILLED;
        Hit hit = strong.or(() -> consequence ? Optional.empty() : words(true)).orElseGet(this::machine);
        return wording.machine(hit);
    }

    private Finding command(Command command) {
        boolean setup =
                evidence.setsUp() && (evidence.commits() || command.text().contains(DERIVE));
        String rest = Transcript.bearable(command.rest());
        Optional<Hit> docker = rest.isBlank()
                ? Optional.empty()
                : find(Zone.ERROR, rest, false).or(() -> find(Zone.ERROR, rest, true));
        if (docker.isPresent()) {
            return wording.command(docker.get(), command, setup);
        }
        Optional<Hit> client = client();
        if (client.isPresent()) {
            return wording.mount(client.get(), setup);
        }
        Hit hit = output(command.exitCode()).orElseGet(() -> code(Zone.EXIT, command.exitCode()));
        return wording.command(hit, command, setup);
    }

    /** A cause from docker's own output, searched from its end. */
    private Optional<Hit> words(boolean weak) {
        return lastFirst(transcript.words(), Integer.MAX_VALUE).stream()
                .flatMap(line -> find(Zone.ERROR, line, weak).stream())
                .findFirst();
    }

    /** A cause from the CVMFS client's message, as reported by the mount script. */
    private Optional<Hit> client() {
        for (String line : lastFirst(transcript.printed(), CLIENT_LINES)) {
            Matcher marked = NOT_MOUNTED.matcher(line);
            if (marked.matches()) {
                return find(Zone.CLIENT, marked.group(1), false);
            }
        }
        return Optional.empty();
    }

    /** A cause from a command's own output. The output of a smoke test is not searched. */
    private Optional<Hit> output(int exitCode) {
        if (evidence.phase() == Phase.TEST || exitCode > 128 && exitCode < 160) {
            return Optional.empty();
        }
        return lastFirst(transcript.printed(), OUTPUT_LINES).stream()
                .flatMap(line -> find(Zone.OUTPUT, line, false).stream())
                .findFirst();
    }

    private Hit machine() {
        return code(Zone.MACHINE, evidence.exitCode());
    }

    private Hit code(Zone zone, int exitCode) {
        boolean memory = exitCode == KILLED && evidence.container() == ContainerState.OUT_OF_MEMORY;
        String code =
                Math.max(exitCode, 0) + (memory ? " for memory" : "") + (evidence.killed() ? " of the script" : "");
        List<String> printed = transcript.printed();
        String last = printed.isEmpty() ? "" : printed.get(printed.size() - 1);
        for (Cause cause : Catalogue.CAUSES) {
            for (Cause.Sign sign : cause.signs()) {
                if (sign.fits(zone, evidence.phase())
                        && sign.text().matcher(code).matches()
                        && (cause.last() == null || cause.last().matcher(last).find())) {
                    return new Hit(cause, null, last);
                }
            }
        }
        throw new IllegalStateException("no cause for code " + code);
    }

    private Optional<Hit> find(Zone zone, String line, boolean weak) {
        for (Cause cause : Catalogue.CAUSES) {
            if (cause.weak() == weak) {
                for (Cause.Sign sign : cause.signs()) {
                    if (sign.fits(zone, evidence.phase())) {
                        Matcher matcher = sign.text().matcher(line);
                        if (matcher.find()) {
                            return Optional.of(new Hit(cause, matcher, line));
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> lastFirst(List<String> lines, int most) {
        List<String> turned = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0 && turned.size() < most; i--) {
            turned.add(lines.get(i));
        }
        return turned;
    }
}
