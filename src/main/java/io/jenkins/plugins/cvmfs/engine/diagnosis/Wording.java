package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.login.RegistryName;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Phrases the explanation of a cause for a particular build. */
final class Wording {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(@?[\\w-]{1,60})}|\\$(1|registry|Registry|ref|login)\\b");
    private static final Pattern PUSHED = Pattern.compile("failed to push ([^\\s\"]{1,300}?):?(?: |$)");
    private static final Pattern REFERS =
            Pattern.compile("(?:The push refers to repository \\[| > pushing )([^\\s\\]]{1,300})");
    private static final Pattern LOOKED_UP = Pattern.compile(
            "(?:resolve source metadata for|resolve reference|pulling image|manifest for) \"?([^\\s\":]{1,200})");
    private static final Pattern HOST = Pattern.compile("https?://([^/\"\\s?]{1,255})");
    private static final Pattern SETUP_LINE =
            Pattern.compile("/\\S{1,120}/setup: (?:line )?(\\d{1,6}): (.{0,300})", Pattern.DOTALL);
    private static final String HUB_TOKENS = "auth.docker.io";
    private static final int SHOWN_LINES = 10;
    private static final int SHOWN = 300;
    private static final int MESSAGE_SHOWN = 800;
    private static final int COMMAND_SHOWN = 120;

    private final Evidence evidence;
    private final Transcript transcript;
    private final FrontEnd frontEnd;

    Wording(Evidence evidence, Transcript transcript, FrontEnd frontEnd) {
        this.evidence = evidence;
        this.transcript = transcript;
        this.frontEnd = frontEnd;
    }

    /** For a failure of docker or of the machine. */
    Finding machine(Diagnosis.Hit hit) {
        return finding(hit, what() + " failed with exit code " + evidence.exitCode() + ".", "");
    }

    /** For a failure of a user's command. */
    Finding command(Diagnosis.Hit hit, Command command, boolean setup) {
        String code = command.exitCode() < 0 ? " failed." : " failed with exit code " + command.exitCode() + ".";
        return finding(hit, subject(setup) + code + quoted(command, setup), lines(setup) + (setup ? "" : foretold()));
    }

    /** For a mount that failed before the user's own command started, or as part of it. */
    Finding mount(Diagnosis.Hit hit, boolean setup) {
        String what = evidence.phase() == Phase.TEST
                ? "Mounting CVMFS for the smoke test failed."
                : setup ? "Mounting CVMFS for the setup script failed." : subject(false) + " failed to mount CVMFS.";
        return finding(
                hit,
                what,
                "\n    CVMFS is not mounted: " + shown(clean(hit.line()), MESSAGE_SHOWN) + (setup ? "" : foretold()));
    }

    private Finding finding(Diagnosis.Hit hit, String what, String after) {
        Cause cause = hit.cause();
        return new Finding(cause.id(), what, filled(cause.why(), hit) + after, filled(cause.fix(situation(hit)), hit));
    }

    private String subject(boolean setup) {
        if (evidence.phase() == Phase.TEST) {
            return "The smoke test";
        } else if (setup) {
            return "The setup script";
        }
        return transcript.place().isEmpty() ? "A RUN of the Dockerfile" : "The RUN at " + place();
    }

    /** The place of the RUN in the user's file. */
    private String place() {
        String file = evidence.review().path();
        return file.isEmpty() ? transcript.place() : file + ":" + placeLine();
    }

    private int placeLine() {
        String place = transcript.place();
        return Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
    }

    /** The findings about the RUN before it was built. */
    private String foretold() {
        return transcript.place().isEmpty()
                ? ""
                : evidence.review().at(placeLine()).stream()
                        .map(finding -> "\n  Found in it before the build: " + finding.explanation())
                        .collect(Collectors.joining());
    }

    private String quoted(Command command, boolean setup) {
        String text =
                clean(command.text().replaceFirst("^/bin/(?:ba)?sh -c ", "").replaceAll("(?:\\\\n|\\s){1,99}", " "));
        if (setup || text.isBlank()) {
            return "";
        }
        return "\n  Command: " + shown(text, COMMAND_SHOWN);
    }

    private String lines(boolean setup) {
        List<String> printed = transcript.printed();
        String line = evidence.phase() == Phase.TEST ? " Nothing was pushed, and no tag was given." : "";
        if (printed.isEmpty()) {
            return line;
        }
        if (setup) {
            for (String text : printed) {
                Matcher matcher = SETUP_LINE.matcher(text);
                line = matcher.lookingAt() ? " The shell names line " + matcher.group(1) + " of the script." : line;
            }
        }
        return line + " Its last lines:"
                + printed.stream()
                        .skip(Math.max(0, printed.size() - SHOWN_LINES))
                        .map(Wording::clean)
                        .map(text -> "\n    " + shown(text, SHOWN))
                        .collect(Collectors.joining());
    }

    private String build() {
        if (!evidence.commits()) {
            return "Building the image";
        }
        return evidence.killed() ? "Running the setup script" : "Starting the container of the setup script";
    }

    private String what() {
        if (evidence.phase() == null) {
            return "Starting the build";
        }
        return switch (evidence.phase()) {
            case FETCH -> "Fetching the setup script";
            case BUILDER -> "Creating the builder";
            case BUILD -> build();
            case COMMIT -> "Committing the container as an image";
            case TEST -> "Starting the container of the smoke test";
            case PUBLISH -> "Pushing the image";
            case COLLECT -> "Collecting the build metadata";
        };
    }

    private String filled(String text, Diagnosis.Hit hit) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value;
            if (name == null) {
                value = variable(matcher.group(2), hit);
            } else if (name.startsWith("@")) {
                value = filled(Catalogue.ADVICE.get(name.substring(1)).fix(situation(hit)), hit);
            } else {
                value = frontEnd.naming().apply(name);
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        // The place of an unknown part is closed up.
        return matcher.appendTail(filled)
                .toString()
                .replaceAll(": \\.(?!\\.)", ".")
                .replace("'docker login the registry'", "'docker login'")
                .replaceAll(" {2,9}", " ")
                .replaceAll(" ([.,;:])(?= |$)", "$1");
    }

    private String variable(String name, Diagnosis.Hit hit) {
        return switch (name) {
            case "1" -> group(hit);
            case "registry" -> registry(hit.line(), "the registry");
            case "Registry" -> registry(hit.line(), "The registry");
            case "ref" -> ref(hit.line());
            default -> login(hit.line()).orElse("the build's login");
        };
    }

    /** The login for the registry that a line mentions. */
    private Optional<String> login(String line) {
        return Optional.ofNullable(frontEnd.logins().get(RegistryName.of(registry(line, ""))));
    }

    private Set<String> situation(Diagnosis.Hit hit) {
        Set<String> words = evidence.situation();
        if (login(hit.line()).isPresent()) {
            words.add("login-given");
        }
        return words;
    }

    private static String group(Diagnosis.Hit hit) {
        for (int i = 1; hit.matcher() != null && i <= hit.matcher().groupCount(); i++) {
            String group = hit.matcher().group(i);
            if (group != null && !group.isBlank()) {
                // A sentence of docker's ends with its own full stop.
                return clean(group.strip()).replaceFirst("(?<=[\\w)])\\.$", "");
            }
        }
        return "";
    }

    private String ref(String line) {
        return first(PUSHED, line)
                .or(() -> transcript.words().stream()
                        .flatMap(word -> first(REFERS, word).stream())
                        .reduce((before, last) -> last))
                .orElseGet(() -> evidence.spec().tags().size() == 1
                        ? evidence.spec().tags().get(0).toString()
                        : "the image");
    }

    private String registry(String line, String otherwise) {
        return first(PUSHED, line)
                .or(() -> first(LOOKED_UP, line))
                .map(Wording::host)
                .or(() -> first(HOST, line).map(Wording::registryOf))
                .or(() -> transcript.words().stream()
                        .flatMap(word -> first(REFERS, word).stream())
                        .reduce((before, last) -> last)
                        .map(Wording::host))
                .orElse(otherwise);
    }

    private static String host(String reference) {
        int slash = reference.indexOf('/');
        String host = slash < 0 ? "" : reference.substring(0, slash);
        return host.contains(".") || host.contains(":") || host.equals("localhost") ? host : "docker.io";
    }

    /** The registry of a host; Docker Hub has several hosts. */
    private static String registryOf(String host) {
        return host.equals(HUB_TOKENS) ? RegistryName.of("docker.io") : RegistryName.of(host);
    }

    private static Optional<String> first(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Optional.of(clean(matcher.group(1))) : Optional.empty();
    }

    private static String shown(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }

    /** Removes control characters of terminals. */
    private static String clean(String text) {
        return text.replaceAll("\\e\\[[0-9;?]{0,20}[A-Za-z]", "").replaceAll("[\\p{Cc}\\p{Cf}&&[^\\t]]", "");
    }
}
