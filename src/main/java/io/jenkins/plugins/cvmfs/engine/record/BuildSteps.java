package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which instructions of the Dockerfile came from BuildKit's cache. Base images are not counted, since they are present
 * or not regardless of earlier builds.
 *
 * @param cached how many came from the cache
 * @param run how many were run
 * @param slowest the slowest of those that were run, the slowest first; at most {@value #MOST_SLOW}
 */
public record BuildSteps(int cached, int run, List<Step> slowest) {
    /** Limit of slow steps. */
    static final int MOST_SLOW = 3;

    /** Faster steps are not listed. */
    private static final long SLOW = 100;

    private static final int MOST_LINES = 1000;

    /** The arguments of an instruction are omitted, because they may contain the value of a build argument. */
    private static final Pattern NAME =
            Pattern.compile("\\[([A-Za-z0-9_./ -]{1,80} )?(\\d{1,4}/\\d{1,4})\\] ([A-Z]{2,12})\\b.*", Pattern.DOTALL);

    private static final String FROM = "FROM";

    /**
     * An instruction.
     *
     * @param step its stage, its number there, and its first word, such as {@code [build 2/4] RUN}
     * @param millis how long it took, in milliseconds
     */
    public record Step(String step, long millis) {}

    /** Empty values are omitted in JSON. */
    public BuildSteps {
        slowest = slowest == null
                ? List.of()
                : slowest.stream().filter(Objects::nonNull).toList();
    }

    /**
     * Reads what buildx replays of a build, one JSON object per line. The result only informs people, so unexpected
     * data is ignored.
     *
     * @return null if the data does not tell
     */
    static BuildSteps read(String text) {
        Map<String, Vertex> vertices = new LinkedHashMap<>();
        try {
            for (String line : text.lines().limit(MOST_LINES).toList()) {
                for (JsonNode vertex :
                        JsonText.object("the steps of the build", line).path("vertexes")) {
                    add(vertices, vertex);
                }
            }
            return of(vertices.values().stream().filter(Vertex::ended).toList());
        } catch (UnreadableResultException | DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    private static BuildSteps of(List<Vertex> ended) {
        List<Step> run = ended.stream()
                .filter(vertex -> !vertex.cached)
                .map(vertex -> new Step(vertex.name, vertex.millis()))
                .toList();
        List<Step> slowest = run.stream()
                .filter(step -> step.millis() >= SLOW)
                .sorted(Comparator.comparingLong(Step::millis).reversed())
                .limit(MOST_SLOW)
                .toList();
        return ended.isEmpty() ? null : new BuildSteps(ended.size() - run.size(), run.size(), slowest);
    }

    private static void add(Map<String, Vertex> vertices, JsonNode vertex) {
        Matcher name = NAME.matcher(vertex.path("name").asText());
        if (name.matches() && !name.group(3).equals(FROM)) {
            String stage = Objects.requireNonNullElse(name.group(1), "");
            vertices.computeIfAbsent(
                            vertex.path("digest").asText(),
                            digest -> new Vertex("[" + stage + name.group(2) + "] " + name.group(3)))
                    .add(vertex);
        }
    }

    /** A step, which BuildKit may process in several intervals. */
    private static final class Vertex {
        private final String name;
        private final Map<Instant, Instant> stretches = new LinkedHashMap<>();
        private boolean cached;

        Vertex(String name) {
            this.name = name;
        }

        void add(JsonNode said) {
            cached |= said.path("cached").asBoolean();
            if (said.hasNonNull("started") && said.hasNonNull("completed")) {
                stretches.put(
                        Instant.parse(said.path("started").asText()),
                        Instant.parse(said.path("completed").asText()));
            }
        }

        boolean ended() {
            return cached || !stretches.isEmpty();
        }

        long millis() {
            return stretches.entrySet().stream()
                    .map(stretch -> Duration.between(stretch.getKey(), stretch.getValue()))
                    .reduce(Duration.ZERO, Duration::plus)
                    .toMillis();
        }
    }
}
