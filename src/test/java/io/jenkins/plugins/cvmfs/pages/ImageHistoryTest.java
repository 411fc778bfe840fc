package io.jenkins.plugins.cvmfs.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageHistoryTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

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

    private static BuiltImage pushed(String tag, String digest) throws Exception {
        return new BuiltImage("id", ImageRecord.fromJson("""
                {"schemaVersion": 1, "strategy": "buildx", "sizeInRegistry": 7, "durationMillis": 1,
                 "images": [{"tag": "%s", "digest": "%s", "reference": "example.org/a@%s"}]}
                """.formatted(tag, digest, digest)));
    }

    private static PromotionRecord promotion(String tag, String digest) {
        return new PromotionRecord(
                1,
                "example.org/a@" + digest,
                digest,
                List.of(new TaggedImage(tag, digest, "example.org/a@" + digest)),
                "2026-11-24T03:15:00Z",
                1);
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
    void theNewestImageOfATagMayBeOneThatWasPromoted() throws Exception {
        history.add(1, pushed("example.org/a:1", DIGEST));
        history.promote(2, promotion("example.org/a:stable", DIGEST));

        HistoryEntry promoted = history.newest().get("example.org/a:stable");
        assertThat(promoted.promoted()).isTrue();
        assertThat(promoted.build()).isEqualTo(2);
        assertThat(promoted.size()).as("of the image that was built").isEqualTo(7);
        assertThat(new JobImage("example.org/a:stable", promoted).getState()).isEqualTo("Promoted");
        assertThat(history.built()).extracting(HistoryEntry::build).containsExactly(1);
        assertThat(history.before(3, "example.org/a:2"))
                .map(HistoryEntry::build)
                .as("what was promoted is no build to compare with")
                .hasValue(1);
    }

    @Test
    void anImageThatAnotherJobBuiltMayBePromoted() throws Exception {
        history.promote(2, promotion("example.org/a:stable", DIGEST));

        assertThat(history.newest().get("example.org/a:stable").size()).isNull();
    }

    @Test
    void theResultOfABuildIsRecorded() throws Exception {
        history.add(1, image("example.org/a:1", 10));
        history.add(2, pushed("example.org/a:2", DIGEST));
        history.ended(2, "UNSTABLE");
        history.ended(3, "FAILURE");

        assertThat(history.entries()).extracting(HistoryEntry::result).containsExactly(null, "UNSTABLE");
        assertThat(new JobImage("example.org/a:1", history.entries().get(0)).getState())
                .isEqualTo("In the engine only");
        assertThat(new JobImage("example.org/a:2", history.entries().get(1)).getState())
                .isEqualTo("Pushed");
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
