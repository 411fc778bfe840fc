package io.jenkins.plugins.cvmfs.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** What was seen, as a table of docs/reliability.md: target/faults.md. */
final class FaultTable {
    private static final Path FILE = Path.of("target", "faults.md");
    private static final String HEAD =
            "| what happened | how it was built | outcome | left | after the next build |\n|---|---|---|---|---|\n";
    private static final List<Row> ROWS = new ArrayList<>();

    private record Row(String what, String how, String outcome, String left, String after) {
        boolean sameEnd(Row other) {
            return List.of(what, outcome, left, after)
                    .equals(List.of(other.what, other.outcome, other.left, other.after));
        }
    }

    private FaultTable() {}

    /** Adds a row; ways that have the same end share one. */
    static synchronized void add(String what, String how, String outcome, Collection<String> left, String after)
            throws IOException {
        Row row =
                new Row(what, how, outcome, left.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(left)), after);
        for (int i = 0; i < ROWS.size(); i++) {
            if (ROWS.get(i).sameEnd(row)) {
                ROWS.set(i, new Row(what, ROWS.get(i).how + "; " + how, outcome, row.left, after));
                write();
                return;
            }
        }
        ROWS.add(row);
        write();
    }

    private static void write() throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        for (Row row : ROWS) {
            text.append("| ")
                    .append(String.join(" | ", row.what, row.how, row.outcome, row.left, row.after))
                    .append(" |\n");
        }
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, text);
    }
}
