package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The texts of a build's result files, within limits. Answers of another machine are untrusted, so the limits are
 * checked again.
 */
public final class ResultTexts implements Results {
    private static final int KIB = 1024;
    private static final int LARGE = 4 * KIB * KIB;
    private static final int SMALL = 64 * KIB;
    private static final int TOTAL = 8 * KIB * KIB;

    private final Map<ResultFile, FileContent> contents;

    /** @param contents what {@link #read(Path)} returned on the machine that built */
    public ResultTexts(Map<ResultFile, FileContent> contents) {
        this.contents = contents;
    }

    /**
     * Reads all result files.
     *
     * @param directory the private directory
     * @param folder the folder of one of several images; empty for the only one
     */
    public static EnumMap<ResultFile, FileContent> read(Path directory, String folder) throws IOException {
        EnumMap<ResultFile, FileContent> contents = new EnumMap<>(ResultFile.class);
        String start = folder.isEmpty() ? "" : folder + "/";
        for (ResultFile file : ResultFile.values()) {
            contents.put(file, PrivateFiles.read(directory, start + file.path(), limit(file)));
        }
        return contents;
    }

    private static int limit(ResultFile file) {
        return switch (file) {
            case METADATA, IMAGE, MANIFEST, BASE_IMAGE, STEPS, CHECK, OUTLINE, TARGETS -> LARGE;
            default -> SMALL;
        };
    }

    @Override
    public Optional<String> read(ResultFile file) throws UnreadableResultException {
        FileContent content = contents.get(file);
        if (content == null || content.text() == null && content.problem() == null) {
            return Optional.empty();
        }
        if (content.problem() != null) {
            throw new UnreadableResultException(file.fileName(), content.problem());
        }
        if (content.text().length() > limit(file)) {
            throw new UnreadableResultException(file.fileName(), PrivateFiles.tooLarge(limit(file)));
        }
        long total = contents.values().stream()
                .filter(each -> each != null && each.text() != null)
                .mapToLong(each -> each.text().length())
                .sum();
        if (total > TOTAL) {
            throw new UnreadableResultException(
                    file.fileName(), "all result files together are larger than " + TOTAL / KIB + " KiB");
        }
        return Optional.of(content.text());
    }
}
