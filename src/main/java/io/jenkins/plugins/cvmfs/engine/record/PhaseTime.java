package io.jenkins.plugins.cvmfs.engine.record;

import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a phase of a build took.
 *
 * @param phase the {@link Phase} by its name in records
 * @param millis milliseconds, in steps of 10
 */
public record PhaseTime(String phase, long millis) {
    private static final Pattern LINE = Pattern.compile("([a-z]{1,20}) (\\d{1,10})\\.(\\d\\d)");
    private static final String END = "end";
    private static final int MOST_LINES = 100;
    private static final int HUNDREDTH = 10;
    private static final int SECOND = 1000;

    private record Mark(String phase, long at) {}

    /**
     * Reads the file of lines {@code phase uptime}, the last of which is {@code end}. Machines without an uptime write
     * none.
     *
     * @throws UnreadableResultException if a line has another form, or there are too many lines
     */
    static List<PhaseTime> read(String text) throws UnreadableResultException {
        List<Mark> marks = marks(text);
        Map<String, Long> times = new LinkedHashMap<>();
        for (int i = 1; i < marks.size(); i++) {
            Mark begun = marks.get(i - 1);
            if (begun.phase().equals(END)) {
                // Nothing happens between two parts of a script.
                continue;
            }
            times.merge(begun.phase(), Math.max(0, marks.get(i).at() - begun.at()), Long::sum);
        }
        return times.entrySet().stream()
                .map(entry -> new PhaseTime(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * The time from the first line to the last; empty if there are none.
     *
     * @throws UnreadableResultException if a line has another form, or there are too many lines
     */
    public static Optional<Duration> whole(String text) throws UnreadableResultException {
        List<Mark> marks = marks(text);
        return marks.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.max(
                        0, marks.get(marks.size() - 1).at() - marks.get(0).at())));
    }

    private static List<Mark> marks(String text) throws UnreadableResultException {
        List<Mark> marks = new ArrayList<>();
        for (String line : text.lines().limit(MOST_LINES + 1L).toList()) {
            Matcher fields = LINE.matcher(line);
            boolean known = fields.matches()
                    && (fields.group(1).equals(END) || Phase.of(fields.group(1)).isPresent());
            if (!known) {
                throw Grammar.invalid(ResultFile.TIMES.fileName(), "line", line, "a phase and a number of seconds");
            }
            marks.add(new Mark(
                    fields.group(1),
                    Long.parseLong(fields.group(2)) * SECOND + Long.parseLong(fields.group(3)) * HUNDREDTH));
        }
        if (marks.size() > MOST_LINES) {
            throw Grammar.tooMany(ResultFile.TIMES.fileName(), "phases");
        }
        return marks;
    }
}
