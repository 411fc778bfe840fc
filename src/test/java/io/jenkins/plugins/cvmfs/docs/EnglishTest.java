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

/** The texts that people read, as far as a machine can judge them. */
class EnglishTest {
    private static final int LONGEST_SENTENCE = 35;
    private static final int WIDTH = 120;
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|^    .*?$|^#.*?$|^ *\\|.*?$");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?:;])\\s+|\\n\\n+|\\n(?=[-*] |\\d+\\. )");
    private static final Pattern MEND = Pattern.compile("(?i)\\bmend(?:s|ed|ing)?\\b");

    /** The first texts that a newcomer reads. */
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/getting-started.md"})
    void noSentenceHasToBeReadTwice(String file) throws IOException {
        String prose = CODE.matcher(Files.readString(Path.of(file))).replaceAll("");
        List<String> sentences = SENTENCE_END.splitAsStream(prose).toList();

        assertThat(sentences).hasSizeGreaterThan(20);
        assertThat(sentences.stream().filter(sentence -> sentence.split("\\s+").length > LONGEST_SENTENCE))
                .isEmpty();
    }

    @Test
    void proseFitsIntoAnEditor() throws IOException {
        List<String> wide = new ArrayList<>();
        for (Path file : texts()) {
            if (file.toString().endsWith(".md")) {
                String prose = CODE.matcher(Files.readString(file)).replaceAll("");
                prose.lines().filter(line -> line.length() > WIDTH).forEach(line -> wide.add(file + ": " + line));
            }
        }
        assertThat(wide).isEmpty();
    }

    @Test
    void errorsAreFixed() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : texts()) {
            for (String line : Files.readAllLines(file)) {
                if (MEND.matcher(line).find()) {
                    found.add(file + ": " + line);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> texts() throws IOException {
        List<Path> texts =
                new ArrayList<>(List.of(Path.of("README.md"), Path.of("CHANGELOG.md"), Path.of("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "examples", "src/main/resources")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(?:md|html|jelly|properties|txt|sh)"))
                        .forEach(texts::add);
            }
        }
        return texts;
    }
}
