package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, it is read, and what is read is in the file. */
class MutationsTest {
    private static final int TIMES = 100_000;
    private static final long SEED = 20_261_124;

    @Test
    void readsEveryMutation() {
        SplittableRandom random = new SplittableRandom(SEED);
        int accepted = 0;
        for (int i = 0; i < TIMES; i++) {
            String text = Corpus.mutated(random);
            Dockerfile file = Dockerfile.parse(text).orElseThrow();
            holds(text, file);
            accepted += file.mistake().isEmpty() ? 1 : 0;
        }
        assertThat(accepted).as("files that are still accepted").isBetween(TIMES / 10, TIMES - TIMES / 10);
    }

    private static void holds(String text, Dockerfile file) {
        long lines = text.chars().filter(c -> c == '\n').count() + 1;
        int last = 0;
        int length = 0;
        for (Instruction in : file.instructions()) {
            if (in.firstLine() <= last || in.lastLine() < in.firstLine() || in.lastLine() > lines) {
                throw new AssertionError("lines " + in.firstLine() + " to " + in.lastLine() + " after " + last + " of "
                        + lines + " in\n" + text);
            }
            last = in.lastLine();
            length += in.name().length()
                    + in.arguments().length()
                    + in.heredocs().stream()
                            .mapToInt(doc -> doc.content().length())
                            .sum();
        }
        // Lower case may be longer.
        assertThat(length).isLessThanOrEqualTo(2 * text.length());
        file.mistake().ifPresent(mistake -> assertThat((long) mistake.line()).isBetween(1L, lines));
    }
}
