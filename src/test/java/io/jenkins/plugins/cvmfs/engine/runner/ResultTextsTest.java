package io.jenkins.plugins.cvmfs.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultTextsTest {
    private static final int KIB = 1024;
    private static final int LARGE = 4 * KIB * KIB;
    private static final int SMALL = 64 * KIB;

    private static int limit(ResultFile file) {
        return switch (file) {
            case METADATA, IMAGE, MANIFEST, BASE_IMAGE, STEPS, CHECK, OUTLINE, TARGETS -> LARGE;
            default -> SMALL;
        };
    }

    @ParameterizedTest
    @EnumSource(ResultFile.class)
    void eachFileHasALimitWhereItIsRead(ResultFile file, @TempDir Path directory) throws Exception {
        Path path = directory.resolve(file.path());
        Files.createDirectories(path.getParent());
        Files.writeString(path, "x".repeat(limit(file)));
        assertThat(texts(directory).read(file)).isPresent();

        Files.writeString(path, "x".repeat(limit(file) + 1));
        assertThatThrownBy(() -> texts(directory).read(file))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining("it is larger than " + limit(file) / KIB + " KiB");
    }

    private static ResultTexts texts(Path directory) throws IOException {
        return new ResultTexts(ResultTexts.read(directory, ""));
    }

    @ParameterizedTest
    @EnumSource(ResultFile.class)
    void aTextFromAnotherMachineHasTheSameLimit(ResultFile file) {
        ResultTexts answered = new ResultTexts(Map.of(file, FileContent.of("x".repeat(limit(file) + 1))));

        assertThatThrownBy(() -> answered.read(file)).hasMessageContaining("it is larger than ");
    }

    @Test
    void allTextsTogetherHaveALimit() {
        Map<ResultFile, FileContent> texts = new EnumMap<>(ResultFile.class);
        for (ResultFile file : ResultFile.values()) {
            texts.put(file, FileContent.of("x".repeat(limit(file))));
        }

        assertThatThrownBy(() -> new ResultTexts(texts).read(ResultFile.PHASE))
                .hasMessageContaining("all result files together are larger than 8192 KiB");
    }

    @Test
    void missingValuesAreNull() throws Exception {
        Map<ResultFile, FileContent> texts = new EnumMap<>(ResultFile.class);
        texts.put(ResultFile.IMAGE, null);
        texts.put(ResultFile.METADATA, FileContent.NONE);

        for (ResultFile file : ResultFile.values()) {
            assertThat(new ResultTexts(texts).read(file)).isEmpty();
        }
    }

    @Test
    void aProblemIsReported() {
        ResultTexts texts = new ResultTexts(Map.of(ResultFile.IMAGE, FileContent.refused("it is " + "x".repeat(999))));

        assertThatThrownBy(() -> texts.read(ResultFile.IMAGE))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining("image.json cannot be read: it is xxx")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void theLastOutputIsCut() {
        String output = "a" + "b".repeat(32 * KIB);

        assertThat(new Outcome(1, output, Duration.ZERO).lastOutput()).isEqualTo("b".repeat(32 * KIB));
        assertThat(new Outcome(1, null, Duration.ZERO).lastOutput()).isEmpty();
    }
}
