package io.jenkins.plugins.cvmfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents name only what exists. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/.-])bin/[a-z-]+");
    private static final int WORDS = 35;

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents;
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Path folder = document.toAbsolutePath().getParent();
            LINK.matcher(Files.readString(document))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(target -> {
                        if (!target.contains("://") && !Files.exists(folder.resolve(target))) {
                            broken.add(document + " -> " + target);
                        }
                    });
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyScriptThatIsNamedExists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path document : documents()) {
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

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/getting-started.md"})
    void noSentenceIsLong(String document) throws IOException {
        String prose = Files.readString(Path.of(document))
                .replaceAll("(?s)```.*?```", ".")
                .replaceAll("(?m)^( {4}|\\||#).*$", ".");
        List<String> sentences = List.of(prose.split("(?<=[.:!?])\\s+|\\n\\s*\\n|\\n- "));
        assertThat(sentences)
                .hasSizeGreaterThan(20)
                .allSatisfy(sentence ->
                        assertThat(sentence.split("\\s+")).as(sentence).hasSizeLessThanOrEqualTo(WORDS));
    }

    @Test
    void theIndexHasEveryDocument() throws IOException {
        String index = Files.readString(Path.of("docs/README.md"));
        assertThat(documents())
                .filteredOn(document -> document.startsWith("docs")
                        && !document.getFileName().toString().equals("README.md"))
                .isNotEmpty()
                .allSatisfy(document -> assertThat(index).contains("](" + document.getFileName() + ")"));
    }

    @Test
    void nothingThatUsersReadIsMended() throws IOException {
        List<Path> texts = new ArrayList<>(documents());
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            files.filter(Files::isRegularFile).forEach(texts::add);
        }
        assertThat(texts)
                .allSatisfy(
                        text -> assertThat(Files.readString(text)).doesNotContainPattern("(?i)\\bmend(ed|s|ing)?\\b"));
    }
}
