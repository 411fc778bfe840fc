package io.jenkins.plugins.cvmfs.engine.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> NAMES = List.of("tags", "target", "buildArgs", "uid", "gid");

    @Test
    void theClosestNameIsSuggested() {
        assertThat(Suggestion.of("tag", NAMES)).contains("tags");
        assertThat(Suggestion.of("buildargs", NAMES)).contains("buildArgs");
        assertThat(Suggestion.of("buildArg", NAMES)).contains("buildArgs");
        assertThat(Suggestion.of("guid", NAMES)).contains("gid");
    }

    @Test
    void unknownFactsStayUnknown() {
        assertThat(Suggestion.of("nonsense", NAMES)).isEmpty();
        assertThat(Suggestion.of("x".repeat(100_000), NAMES)).isEmpty();
    }
}
