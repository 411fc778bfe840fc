package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.record.ContainerState;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of a table of failures.
 *
 * @param strategy commit, also in a container that is out of memory, setup (a setup script by buildx) or buildx, with a
 *     driver or docker-container, also by a script that was killed
 */
record FailureRow(String phase, int exitCode, String strategy, String cause, String fix, String output) {
    /** Nothing is known of the Dockerfile. */
    static final Review NO_REVIEW = new Review("", List.of());

    private static final String OUT_OF_MEMORY = "out-of-memory";
    private static final String KILLED = "killed-script";

    /** The rows of a file: a heading of five parts, then the indented output. */
    static List<FailureRow> read(String file) throws IOException {
        String text;
        try (InputStream in = FailureRow.class.getResourceAsStream(file)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<FailureRow> rows = new ArrayList<>();
        String[] heading = null;
        StringBuilder output = new StringBuilder();
        for (String line : (text.substring(text.indexOf("\n\n")) + "\nend | 0 | | |").split("\n")) {
            if (line.startsWith("    ")) {
                output.append(line.substring(4)).append('\n');
            } else if (line.contains(" | ")) {
                if (heading != null) {
                    rows.add(new FailureRow(
                            heading[0],
                            Integer.parseInt(heading[1]),
                            heading[2],
                            heading[3],
                            heading[4],
                            output.toString()));
                }
                heading = line.split(" \\| ", 5);
                output.setLength(0);
            }
        }
        return rows;
    }

    Finding finding() {
        return finding(FrontEnd.PLAIN);
    }

    Finding finding(FrontEnd frontEnd) {
        Driver driver = switch (strategy) {
            case "commit", OUT_OF_MEMORY -> null;
            case "buildx", "setup", KILLED -> Driver.DOCKER_CONTAINER;
            default -> Driver.of(strategy).orElseThrow();
        };
        ImageSpec spec = Specs.valid(
                driver == null ? Specs.commit() : strategy.equals("setup") ? Specs.setup() : Specs.dockerfile());
        return Diagnosis.of(
                new Evidence(
                        spec,
                        Phase.of(phase).orElse(null),
                        exitCode,
                        output,
                        driver,
                        NO_REVIEW,
                        strategy.equals(OUT_OF_MEMORY) ? ContainerState.OUT_OF_MEMORY : ContainerState.UNKNOWN,
                        strategy.equals(KILLED)),
                frontEnd);
    }

    @Override
    public String toString() {
        String[] lines = output.strip().split("\n");
        String last = lines[lines.length - 1];
        return cause + ": " + (last.length() < 90 ? last : last.substring(last.length() - 90));
    }
}
