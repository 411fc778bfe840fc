package io.jenkins.plugins.cvmfs.pages;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job keeps of an image when it has many builds.
 *
 * @param build number of the build
 * @param references {@code name@sha256:...} by tag, null where it was not pushed
 * @param size in bytes, or null where it is not known
 * @param durationMillis how long it took
 * @param startedAt when the build began, ISO 8601 in UTC
 * @param revisions of the mounted repositories by name, where they are known
 * @param bases the digests of the images that it was made from by name, null where they are not known
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record HistoryEntry(
        int build,
        Map<String, String> references,
        Long size,
        long durationMillis,
        String startedAt,
        Map<String, Long> revisions,
        Map<String, String> bases) {
    HistoryEntry {
        references = references == null ? Map.of() : references;
        revisions = revisions == null ? Map.of() : revisions;
        bases = bases == null ? Map.of() : bases;
    }

    static HistoryEntry of(int build, BuiltImage image) {
        ImageRecord record = image.record();
        Map<String, String> references = new LinkedHashMap<>();
        record.images().forEach(one -> references.put(one.tag(), one.reference()));
        Map<String, Long> revisions = new LinkedHashMap<>();
        record.repositories().forEach(one -> revisions.put(one.name(), one.revision()));
        Map<String, String> bases = new LinkedHashMap<>();
        record.baseImages().forEach(one -> bases.put(one.name(), one.digest()));
        return new HistoryEntry(
                build, references, image.getBytes(), record.durationMillis(), record.startedAt(), revisions, bases);
    }

    List<String> tags() {
        return List.copyOf(references.keySet());
    }
}
