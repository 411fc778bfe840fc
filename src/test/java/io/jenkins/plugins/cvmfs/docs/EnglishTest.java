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
import org.junit.jupiter.params.provider.MethodSource;

/** The texts that people read, as far as a machine can judge them. */
class EnglishTest {
    private static final int LONGEST_SENTENCE = 35;
    private static final int WIDTH = 120;
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|^    .*?$|^#.*?$|^ *\\|.*?$");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?:;])\\s+|\\n\\n+|\\n(?=[-*] |\\d+\\. )");
    private static final Pattern MEND = Pattern.compile("(?i)\\bmend(?:s|ed|ing)?\\b");

    static List<Path> documents() throws IOException {
        return Documents.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void noSentenceHasToBeReadTwice(Path file) throws IOException {
        assertThat(longSentences(Files.readString(file))).isEmpty();
    }

    @Test
    void aLongSentenceIsFound() {
        assertThat(longSentences("# A\n\n- Short. " + "word ".repeat(LONGEST_SENTENCE) + "last.\n"))
                .hasSize(1);
    }

    private static List<String> longSentences(String text) {
        return SENTENCE_END
                .splitAsStream(CODE.matcher(text).replaceAll("\n"))
                .filter(sentence -> sentence.strip().split("\\s+").length > LONGEST_SENTENCE)
                .toList();
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
        List<Path> texts = new ArrayList<>(List.of(
                Path.of("README.md"), Path.of("CHANGELOG.md"), Path.of("CONTRIBUTING.md"), Path.of("SECURITY.md")));
        for (String folder : List.of("docs", "examples", ".github", "src/main/java", "src/main/resources")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(?:md|yml|html|jelly|java|properties|txt|sh)"))
                        .forEach(texts::add);
            }
        }
        return texts;
    }
}
