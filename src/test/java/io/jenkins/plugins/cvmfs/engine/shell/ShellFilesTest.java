package io.jenkins.plugins.cvmfs.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shell that builds run is read as files, so it is written like all other sources. */
class ShellFilesTest {
    private static final int COLUMNS = 120;

    @Test
    void noLineIsWiderThanTheSources() throws IOException {
        List<String> wide = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of("src/main/resources"))) {
            files = all.filter(path -> path.toString().endsWith(".sh")).toList();
        }
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > COLUMNS) {
                    wide.add(file.getFileName() + ":" + (i + 1) + " " + lines.get(i));
                }
            }
        }
        assertThat(files).hasSizeGreaterThan(15);
        assertThat(wide).isEmpty();
    }
}
