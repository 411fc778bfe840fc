package io.jenkins.plugins.cvmfs.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The last lines of real builds that failed: the right cause, with its fix, and no other. */
class FailuresTest {
    static List<FailureRow> rows() throws IOException {
        List<FailureRow> rows = new ArrayList<>(FailureRow.read("failures.txt"));
        rows.addAll(FailureRow.read("known.txt"));
        return rows;
    }

    @Test
    void thereAreRows() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(480);
    }

    @Test
    void everyCauseHasARow() throws IOException {
        Set<String> rows = rows().stream().map(FailureRow::cause).collect(Collectors.toSet());

        assertThat(Catalogue.CAUSES.stream().map(Cause::id)).isSubsetOf(rows).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theCauseIsFound(FailureRow row) {
        Finding finding = row.finding();

        assertThat(finding.cause()).as(finding.message()).isEqualTo(row.cause());
        assertThat(finding.fix()).contains(row.fix());
        assertThat(finding.message()).doesNotContain("$1", "{@").doesNotContainPattern("\\{[a-z][A-Za-z]+}");
    }
}
