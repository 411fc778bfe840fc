package io.jenkins.plugins.cvmfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever comes from Docker's actions finds each of their inputs, or the reason why it is not here. */
class ElsewhereTest {
    @Test
    void everyInputIsMappedOrRefusedOnce() throws IOException {
        List<String> asked = new ArrayList<>();
        for (Map.Entry<String, List<String>> tool : Elsewhere.inputs().entrySet()) {
            tool.getValue().forEach(name -> asked.add(tool.getKey() + " " + name));
        }

        assertThat(Elsewhere.rows())
                .extracting(row -> row.tool() + " " + row.name())
                .containsExactlyElementsOf(asked);
    }

    @Test
    void mappedInputsAreOptionsThatUsersHave() throws IOException {
        for (Elsewhere.Row row : Elsewhere.rows()) {
            List<Optional<Option>> options =
                    row.named().stream().map(OptionTable::find).toList();
            assertThat(options)
                    .as(row.toString())
                    .allMatch(option -> option.filter(found -> found.isInJenkins() || found.isOnCommandLine())
                            .isPresent());
            if (!row.isRefused()) {
                assertThat(row.named()).as(row.toString()).isNotEmpty();
            }
        }
    }

    @Test
    void everyRefusedInputHasAReason() throws IOException {
        assertThat(Elsewhere.rows().stream().filter(Elsewhere.Row::isRefused))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.text()).matches("none: .{10,}[^.]"));
    }

    @Test
    void itIsKnownWhichVersionsHaveThem() throws IOException {
        assertThat(Elsewhere.inputs().keySet())
                .containsExactly(
                        "build-push-action", "setup-buildx-action", "metadata-action", "bake-action", "bake target");
        assertThat(Elsewhere.versions()).allMatch(version -> version.matches(".* (?:v|buildx )[0-9.]+"));
    }
}
