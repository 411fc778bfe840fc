package io.jenkins.plugins.cvmfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.options.Group;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Option.Recording;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * docs/options.md is the table of options. To write it again: {@code mvn test -Dtest=OptionsPageTest
 * -Doptions.write=true}.
 */
class OptionsPageTest {
    private static final Path PAGE = Path.of("docs", "options.md");

    private static final String BEGIN = """
            # Options

            Every option by its name in a Pipeline, on the command line, and in forms. Options of a list are repeated on the
            command line, and are lines of one field in a form; a Pipeline takes a list, or one text. Flags that are true by
            default are switched off with `--no-NAME` on the command line.

            "buildx" or "commit" after a meaning: only that strategy has the option. "recorded": the image's record has what was
            given, and `reproduce` takes it from there.

            This page is generated from the table of options (`src/main/java/io/jenkins/plugins/cvmfs/engine/options`).
            """;

    /** In the words of a Pipeline, which are those of the command line in another case. */
    private static String elsewhere() throws IOException {
        StringBuilder page = new StringBuilder("""

                ## Names elsewhere

                What the inputs of Docker's GitHub actions and the attributes of a bake target are here.
                """);
        String tool = "";
        for (Elsewhere.Row row : Elsewhere.rows()) {
            if (!row.tool().equals(tool)) {
                tool = row.tool();
                page.append("\n| ").append(tool).append(" | here |\n|---|---|\n");
            }
            page.append("| ")
                    .append(code(row.name()))
                    .append(" | ")
                    .append(cell(row.text()))
                    .append(" |\n");
        }
        return page.toString();
    }

    @Test
    void thePageIsTheTable() throws IOException {
        String page = page();
        if (Boolean.getBoolean("options.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("write it again with -Doptions.write=true")
                .isEqualTo(page);
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder(BEGIN);
        for (Group group : Group.values()) {
            page.append("\n## ").append(group.title()).append("\n\n");
            page.append("| Pipeline | command line | form | meaning | default |\n|---|---|---|---|---|\n");
            OptionTable.of(group)
                    .filter(option -> option.isInJenkins() || option.isOnCommandLine())
                    .forEach(option -> page.append("| ")
                            .append(String.join(" | ", row(option)))
                            .append(" |\n"));
        }
        return page.append(elsewhere()).toString();
    }

    private static List<String> row(Option option) {
        return List.of(
                option.isInJenkins() ? code(option.pipeline()) : "",
                option.isOnCommandLine() || option.group() == Group.IMAGES
                        ? code(String.join("`, `", option.commandLine()))
                        : "",
                option.isInJenkins() ? option.label() : "",
                cell(option.help() + notes(option)),
                cell(option.byDefault()));
    }

    private static String notes(Option option) {
        String strategy = option.goesWith(Strategy.COMMIT)
                ? option.goesWith(Strategy.BUILDX) ? "" : " commit."
                : option.help().contains("strategy buildx") || option.group() == Group.BUILDER ? "" : " buildx.";
        String buildkit = option.buildkit().isEmpty() ? "" : " and BuildKit " + option.buildkit();
        String since = option.buildx().isEmpty() ? "" : " From buildx " + option.buildx() + buildkit + ".";
        return strategy + since + (option.recording() == Recording.VALUES ? " recorded." : "");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
