package io.jenkins.plugins.cvmfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.Gate;
import io.jenkins.plugins.cvmfs.engine.options.Group;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Option.Recording;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.spec.Pair;
import io.jenkins.plugins.cvmfs.engine.spec.PairTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/options.md is the table of options. To write it again: {@code mvn test -Dtest=OptionsPageTest
 * -Doptions.write=true}.
 */
class OptionsPageTest {
    private static final Path PAGE = Path.of("docs", "options.md");

    private static final String BEGIN = """
            # Options

            Every option by its names in a Pipeline, on the command line and in forms, one below the other. Options of a list are
            repeated on the command line, and are lines of one field in a form; a Pipeline takes a list, or a text for one
            value. Flags that are true by default are switched off with `--no-NAME` on the command line.

            - **since**: the first versions that have it; [what options need](#what-options-need) says what to do with older ones.
            - **strategies**: `both`, or the only one that has it; for the builder's options also the drivers.
            - **elsewhere**: its name in Docker's GitHub actions build-push, setup-buildx, metadata and bake, and in bake files.
            - "recorded" after a meaning: the image's record has what was given, and `reproduce` takes it from there.

            What does not go together is refused before anything runs; [this table](#what-does-not-go-together) lists it.

            This page is generated from the table of options (`src/main/java/io/jenkins/plugins/cvmfs/engine/options`).
            """;

    private static final String NEEDS = """

            ## What options need

            Not every machine has everything. buildx, the engine and a BuildKit that runs already are asked for their version once,
            by the first build that needs one. The BuildKit of a builder that is created is known from `builder: [image: ...]`. A
            build that needs a later version is refused, and the message says what is needed, what is there, and what to do
            instead. The Dockerfile frontend is the one that the Dockerfile names in its first line; without such a line it is that
            of BuildKit.

            The engine's own builder (driver `docker`) may lack what a builder in a container has, so driver `auto` chooses the
            latter for it. With driver `docker`, docker itself refuses what the engine cannot do, before it builds. It also refuses
            to load an image of several platforms or with attestations into an engine without the containerd image store.

            | option | values | needs | otherwise |
            |---|---|---|---|
            """;

    private static final String PAIRS = """

            ## What does not go together

            These are refused before anything runs, all at once. An option that a strategy or a driver does not have is refused in
            the same way.

            | option | values | not with | why, and what to do |
            |---|---|---|---|
            """;

    private static final String ELSEWHERE = """

            ## Names elsewhere

            What the inputs of Docker's GitHub actions and the attributes of a bake target are here. The lists are those of
            """;

    private static final Pattern OPTION = Pattern.compile("\\{(\\w+)}");

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
            page.append("| Pipeline, command line, form | meaning | default | since | ")
                    .append(group == Group.BUILDER ? "strategies, drivers" : "strategies")
                    .append(" | elsewhere |\n|---|---|---|---|---|---|\n");
            for (Option option : OptionTable.of(group).toList()) {
                if (option.isInJenkins() || option.isOnCommandLine()) {
                    row(page, row(option));
                }
            }
        }
        needs(page);
        page.append(PAIRS);
        for (Pair pair : PairTable.all()) {
            row(
                    page,
                    List.of(
                            code(pair.option().pipeline()),
                            pair.values(),
                            spelled(pair.with()),
                            spelled(pair.reason())));
        }
        return elsewhere(page).toString();
    }

    private static List<String> row(Option option) throws IOException {
        return List.of(
                names(option),
                option.help() + (option.recording() == Recording.VALUES ? " recorded." : ""),
                option.byDefault(),
                option.gates().stream()
                        .map(OptionsPageTest::since)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("<br>")),
                strategies(option),
                elsewhere(option));
    }

    private static String names(Option option) {
        List<String> names = new ArrayList<>();
        if (option.isInJenkins()) {
            names.add(code(option.pipeline()));
        }
        if (option.isOnCommandLine() || option.group() == Group.IMAGES) {
            names.add(code(String.join("`, `", option.commandLine())));
        }
        if (option.isInJenkins()) {
            names.add(option.label());
        }
        return String.join("<br>", names);
    }

    private static String since(Gate gate) {
        String versions = gate.needs().entrySet().stream()
                .filter(need -> need.getKey() != Gate.Part.DRIVER)
                .map(need -> need.getKey().text() + " " + need.getValue())
                .collect(Collectors.joining(", "));
        return versions.isEmpty() || gate.value().isEmpty() ? versions : gate.value() + ": " + versions;
    }

    private static String strategies(Option option) {
        String strategies = Arrays.stream(Strategy.values()).allMatch(option::goesWith)
                ? "both"
                : option.goesWith(Strategy.COMMIT) ? "commit" : "buildx";
        boolean every = Arrays.stream(Driver.values()).allMatch(option::goesWith);
        return strategies + (every ? "" : "; " + String.join(", ", option.drivers()));
    }

    /** The names that others have for it, each with who has it. */
    private static String elsewhere(Option option) throws IOException {
        Map<String, Set<String>> tools = new LinkedHashMap<>();
        for (Elsewhere.Row row : Elsewhere.rows()) {
            if (row.isOf(option)) {
                tools.computeIfAbsent(row.name(), name -> new LinkedHashSet<>())
                        .add(row.tool().replaceFirst("(?:-action| target)$", ""));
            }
        }
        return tools.entrySet().stream()
                .map(name -> code(name.getKey()) + " (" + String.join(", ", name.getValue()) + ")")
                .collect(Collectors.joining("<br>"));
    }

    private static void needs(StringBuilder page) {
        page.append(NEEDS);
        for (Option option : OptionTable.all()) {
            for (Gate gate : option.gates()) {
                String needs = gate.needs().entrySet().stream()
                        .map(need -> need.getKey().text() + " " + need.getValue())
                        .collect(Collectors.joining("; "));
                row(page, List.of(code(option.pipeline()), gate.value(), needs, gate.instead()));
            }
        }
    }

    private static StringBuilder elsewhere(StringBuilder page) throws IOException {
        page.append(ELSEWHERE).append(String.join(",\n", Elsewhere.versions())).append(".\n");
        String tool = "";
        for (Elsewhere.Row row : Elsewhere.rows()) {
            if (!row.tool().equals(tool)) {
                tool = row.tool();
                page.append("\n| ").append(tool).append(" | here |\n|---|---|\n");
            }
            row(page, List.of(code(row.name()), row.text()));
        }
        return page;
    }

    private static void row(StringBuilder page, List<String> cells) {
        page.append("| ")
                .append(cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    /** With the options in the words of a Pipeline, which are those of the command line in another case. */
    private static String spelled(String text) {
        return OPTION.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(code(OptionTable.inPipeline(found.group(1)))));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
