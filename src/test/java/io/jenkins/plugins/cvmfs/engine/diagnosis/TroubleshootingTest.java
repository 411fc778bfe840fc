package io.jenkins.plugins.cvmfs.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/troubleshooting.md is the catalogue, with examples of the tables of tests. To write it again: {@code mvn test
 * -Dtest=TroubleshootingTest -Dtroubleshooting.write=true}.
 */
class TroubleshootingTest {
    private static final Path PAGE = Path.of("docs", "troubleshooting.md");
    private static final int WIDTH = 120;
    private static final int EXAMPLE = 110;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(@?[\\w-]+)}|\\$(1|registry|Registry|ref|login)\\b");

    private static final Map<String, String> SITUATIONS = Map.ofEntries(
            Map.entry("engine", "the engine's own builder, or strategy commit"),
            Map.entry("commit", "strategy commit"),
            Map.entry("docker", "driver docker"),
            Map.entry("container", "driver docker-container"),
            Map.entry("buildkit", "driver docker-container or kubernetes"),
            Map.entry("kubernetes", "driver kubernetes"),
            Map.entry("remote", "driver remote"),
            Map.entry("existing", "driver existing"),
            Map.entry("auto", "driver auto, not chosen yet"),
            Map.entry("configured", "`builder: [buildkitdConfig: ...]`"),
            Map.entry("host-network", "network=host"),
            Map.entry("login-given", "in Jenkins with credentials for the registry"),
            Map.entry("proxy-given", "`cvmfs: [httpProxy: ...]`"),
            Map.entry("setup", "a setup script"),
            Map.entry("secure", "`insecure: false`"));

    private static final String BEGIN = """
            # Troubleshooting

            When a build fails, the last lines of the log say what failed, why, and how to fix it. This page lists every cause
            that is recognized. The message in the log is more precise: it contains the actual names, and the fix for the
            driver and strategy of the build. Options are named here as in a Pipeline; [Options](options.md) has their names
            on the command line and in forms.

            How a cause is found:

            - Output of a RUN, a setup script or a smoke test is never mistaken for docker's own. Docker's own errors are those
              that it marks as such, and what `docker run` prints if the container did not start.
            - When a RUN fails, the message contains its line in the Dockerfile, its exit code and its last lines. A cause is
              added only for problems of the builder: CVMFS that is not mounted, a full disk, a name that is not resolved, a
              program of another architecture, memory.
            - The last error counts, unless it is only a consequence of another one.

            `doctor` on the command line checks a machine before a build does. This page is generated from the catalogue of causes
            (`src/main/resources/io/jenkins/plugins/cvmfs/engine/diagnosis`).
            """;

    @Test
    void thePageIsTheCatalogue() throws IOException {
        String page = page();
        if (Boolean.getBoolean("troubleshooting.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
        assertThat(page.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
    }

    @Test
    void everySituationHasAName() {
        Set<String> words = Catalogue.CAUSES.stream()
                .flatMap(cause -> cause.fixes().stream())
                .flatMap(fix -> fix.when().stream())
                .collect(Collectors.toSet());

        assertThat(SITUATIONS).containsKeys(words.toArray(String[]::new));
    }

    private static String page() throws IOException {
        Map<String, String> examples = examples();
        StringBuilder page = new StringBuilder(BEGIN);
        String family = "";
        for (Cause cause : Catalogue.CAUSES) {
            if (!cause.family().equals(family)) {
                family = cause.family();
                page.append("\n## ").append(family).append('\n');
            }
            page.append("\n### ").append(cause.id()).append("\n\n");
            String example = examples.getOrDefault(cause.id(), "");
            if (!example.isEmpty()) {
                page.append("    ").append(example).append("\n\n");
            }
            page.append(wrapped("", filled(cause.why())));
            List<Cause.Fix> fixes = cause.fixes();
            page.append("\n")
                    .append(wrapped(
                            "", "Fix: " + filled(fixes.get(fixes.size() - 1).text())));
            for (Cause.Fix fix : fixes.subList(0, fixes.size() - 1)) {
                String when = fix.when().stream().map(SITUATIONS::get).sorted().collect(Collectors.joining(", "));
                page.append(wrapped("- ", "With " + when + ": " + filled(fix.text())));
            }
        }
        return page.toString();
    }

    /** One line of the output by which each cause is known. */
    private static Map<String, String> examples() throws IOException {
        Map<String, String> examples = new LinkedHashMap<>();
        for (FailureRow row : FailuresTest.rows()) {
            List<String> lines = new ArrayList<>(row.output().lines().toList());
            boolean ran = lines.stream().anyMatch(line -> line.matches("#\\d+ \\d+\\.\\d+ .*"))
                    && row.output().contains("did not complete successfully");
            lines.removeIf(
                    line -> line.isBlank() || line.matches("(?:See|Run) 'docker .*|Switch to .*|Usual causes.*"));
            String line = ran
                    ? lines.stream()
                            .filter(each -> each.matches("#\\d+ \\d+\\.\\d+ .*"))
                            .findFirst()
                            .orElseThrow()
                    : lines.stream()
                            .filter(each -> isKnown(row.cause(), each))
                            .findFirst()
                            .orElse(lines.get(lines.size() - 1));
            String text = line.replaceFirst("^#\\d+ \\d+\\.\\d+ ", "")
                    .replaceFirst("^ERROR: failed to (?:build|solve): ", "ERROR: ");
            examples.putIfAbsent(
                    row.cause(), text.length() <= EXAMPLE ? text : "..." + text.substring(text.length() - EXAMPLE + 3));
        }
        return examples;
    }

    private static boolean isKnown(String id, String line) {
        return Catalogue.CAUSES.stream()
                .filter(cause -> cause.id().equals(id))
                .flatMap(cause -> cause.signs().stream())
                .anyMatch(sign -> sign.zone() == Cause.Zone.ERROR
                        && sign.text().matcher(line).find());
    }

    private static String filled(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value;
            if (name == null) {
                value = switch (matcher.group(2)) {
                    case "1" -> "...";
                    case "registry" -> "the registry";
                    case "Registry" -> "The registry";
                    case "ref" -> "the image";
                    default -> "the build's login";
                };
            } else if (name.startsWith("@")) {
                value = filled(Catalogue.ADVICE.get(name.substring(1)).fix(Set.of()));
            } else {
                value = "`" + OptionTable.inPipeline(name) + "`";
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(filled).toString().replace("....", "...");
    }

    private static String wrapped(String bullet, String text) {
        String indent = " ".repeat(bullet.length());
        StringBuilder lines = new StringBuilder(bullet);
        int column = bullet.length();
        for (String word : text.split(" ")) {
            if (column > bullet.length() && column + 1 + word.length() > WIDTH) {
                lines.append('\n').append(indent);
                column = indent.length();
            } else if (column > bullet.length()) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.append('\n').toString();
    }
}
