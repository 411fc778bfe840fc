package io.jenkins.plugins.cvmfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents name only what exists. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern PATH = Pattern.compile(
            "(?:docs|examples|jenkins|packaging|src)/[\\w./-]+|(?:README|CHANGELOG|CONTRIBUTING|SECURITY)\\.md");
    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/.-])bin/[a-z-]+");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : Documents.all()) {
            LINK.matcher(Files.readString(document)).results().forEach(link -> {
                String target = link.group(1);
                if (!target.contains("://") && !leads(document, target, link.group(2))) {
                    broken.add(document + " -> " + link.group());
                }
            });
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leads(Path document, String target, String heading) {
        Path file = target.isEmpty() ? document : document.toAbsolutePath().resolveSibling(target);
        return Files.exists(file) && (heading == null || headings(file).contains(heading));
    }

    /** As GitHub makes links of them. */
    private static List<String> headings(Path file) {
        try {
            return HEADING.matcher(Files.readString(file))
                    .results()
                    .map(heading -> heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\w -]", "")
                            .replace(' ', '-'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLinkThatLeadsNowhereIsFound() {
        assertThat(leads(Path.of("README.md"), "docs/agents.md", "a-pod-with-buildkit"))
                .isTrue();
        assertThat(leads(Path.of("README.md"), "docs/agents.md", "a-pod")).isFalse();
        assertThat(leads(Path.of("README.md"), "docs/agent.md", null)).isFalse();
    }

    @Test
    void everyPathInASentenceExists() throws IOException {
        assertThat(Documents.inline())
                .filteredOn(code -> PATH.matcher(code.text()).matches())
                .hasSizeGreaterThan(5)
                .allSatisfy(code ->
                        assertThat(Path.of(code.text())).as(code.place()).exists());
    }

    @Test
    void everyScriptThatIsNamedExists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path document : Documents.all()) {
            SCRIPT.matcher(Files.readString(document))
                    .results()
                    .map(found -> found.group())
                    .forEach(script -> {
                        if (!Files.isExecutable(Path.of(script))
                                && !script.equals("bin/bash")
                                && !script.equals("bin/sh")) {
                            missing.add(document + " names " + script);
                        }
                    });
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void theIndexHasEveryDocument() throws IOException {
        String index = Files.readString(Path.of("docs/README.md"));
        assertThat(Documents.all())
                .filteredOn(document -> document.startsWith("docs")
                        && !document.getFileName().toString().equals("README.md"))
                .isNotEmpty()
                .allSatisfy(document -> assertThat(index).contains("](" + document.getFileName() + ")"));
    }
}
