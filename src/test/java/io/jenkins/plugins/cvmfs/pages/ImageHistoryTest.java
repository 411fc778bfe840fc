package io.jenkins.plugins.cvmfs.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageHistoryTest {
    @TempDir
    private Path job;

    private Path file;
    private ImageHistory history;

    @BeforeEach
    void create() {
        file = job.resolve("images.json");
        history = new ImageHistory(file);
    }

    private static BuiltImage image(String tag, long revision) throws Exception {
        return new BuiltImage("id", ImageRecord.fromJson("""
                {"schemaVersion": 1, "strategy": "buildx", "images": [{"tag": "%s"}], "sizeInRegistry": %d,
                 "repositories": [{"name": "cms.cern.ch", "revision": %d}], "durationMillis": 1}
                """.formatted(tag, revision, revision)));
    }

    @Test
    void theNewestImageOfEachTagComesFirst() throws Exception {
        history.add(1, image("example.org/a:1", 10));
        history.add(2, image("example.org/a:nightly", 20));
        history.add(3, image("example.org/a:1", 30));

        assertThat(history.newest().keySet()).containsExactly("example.org/a:1", "example.org/a:nightly");
        assertThat(history.newest().get("example.org/a:1").build()).isEqualTo(3);
    }

    @Test
    void itStaysSmall() throws Exception {
        for (int build = 1; build <= ImageHistory.MOST + 50; build++) {
            history.add(build, image("example.org/a:" + build, build));
        }

        assertThat(history.entries()).hasSize(ImageHistory.MOST);
        assertThat(history.entries().get(0).build()).isEqualTo(51);
    }

    @Test
    void theImageBeforeHasTheSameNameWhateverItsTag() throws Exception {
        history.add(1, image("example.org/a:1", 10));
        history.add(2, image("example.org/b:1", 20));
        history.add(3, image("example.org/a:2", 30));

        assertThat(history.before(3, "example.org/a:2"))
                .map(HistoryEntry::build)
                .hasValue(1);
        assertThat(history.before(1, "example.org/a:1")).isEmpty();
    }

    @Test
    void whatChangedIsNamed() throws Exception {
        HistoryEntry before = HistoryEntry.of(1, image("example.org/a:1", 10));
        HistoryEntry after = HistoryEntry.of(2, image("example.org/a:1", 11));

        assertThat(ImageChange.between(before, after)).contains(new ImageChange("cms.cern.ch", "10", "11", 1));
        assertThat(ImageChange.between(before, HistoryEntry.of(2, image("example.org/a:1", 10))))
                .isEmpty();
    }

    @Test
    void aDeletedBuildIsForgotten() throws Exception {
        history.add(1, image("example.org/a:1", 10));
        history.add(2, image("example.org/a:1", 20));
        history.remove(2);

        assertThat(history.entries()).extracting(HistoryEntry::build).containsExactly(1);
    }

    @Test
    void anUnreadableFileIsAnEmptyHistory() throws IOException {
        Files.writeString(file, "[{\"build\": \"x\"");

        assertThat(history.entries()).isEmpty();
    }
}
