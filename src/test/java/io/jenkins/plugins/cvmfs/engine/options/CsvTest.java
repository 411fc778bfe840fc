package io.jenkins.plugins.cvmfs.engine.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as Go's encoding/csv, and so docker, reads them. */
class CsvTest {
    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of("", List.of("")),
                Arguments.of("a", List.of("a")),
                Arguments.of("a,b=c", List.of("a", "b=c")),
                Arguments.of("a,", List.of("a", "")),
                Arguments.of("\"a,b\",c", List.of("a,b", "c")),
                Arguments.of("\"say \"\"x\"\"\"", List.of("say \"x\"")),
                Arguments.of("\"\"", List.of("")),
                Arguments.of("\" a\",b ", List.of(" a", "b ")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowHasItsFields(String row, List<String> fields) {
        assertThat(Csv.fields(row)).contains(fields);
        assertThat(Csv.fields(Csv.row(fields))).contains(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"a", "\"a\"b", "a\"b", "a,\"b\"c\""})
    void rowsThatDockerRefusesAreRejected(String row) {
        assertThat(Csv.fields(row)).isEmpty();
    }
}
