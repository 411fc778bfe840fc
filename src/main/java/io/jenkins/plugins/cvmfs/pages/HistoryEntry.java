package io.jenkins.plugins.cvmfs.pages;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.record.BuildInputs;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The entry of an image in the history of a job.
 *
 * @param build number of the build
 * @param references {@code name@sha256:...} by tag, null if it was not pushed
 * @param size size in bytes, or null if unknown
 * @param durationMillis how long it took
 * @param startedAt when the build started, ISO 8601 in UTC
 * @param revisions revisions of the mounted repositories by name, if known
 * @param phases how long each phase took in milliseconds, if known
 * @param options the inputs of the image, for comparison
 * @param result the result of the run; null until it ends, or if unknown
 * @param promoted whether the tags were added to an image that was built before
 * @param bases the digests of base images by name, null if unknown
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record HistoryEntry(
        int build,
        Map<String, String> references,
        Long size,
        long durationMillis,
        String startedAt,
        Map<String, Long> revisions,
        Map<String, String> bases,
        Map<String, Long> phases,
        Map<String, String> options,
        String result,
        boolean promoted) {
    private static final Set<Option> COMPARED = Set.of(ImageTable.TAGS, ImageTable.BASE_IMAGE);

    /** Limit of characters of an option. */
    private static final int LONGEST = 500;

    HistoryEntry {
        references = references == null ? Map.of() : references;
        revisions = revisions == null ? Map.of() : revisions;
        bases = bases == null ? Map.of() : bases;
        phases = phases == null ? Map.of() : phases;
        options = options == null ? Map.of() : options;
    }

    static HistoryEntry of(int build, BuiltImage image) {
        ImageRecord record = Objects.requireNonNull(image.record(), "only an image with a record has an entry");
        Map<String, String> references = new LinkedHashMap<>();
        record.images().forEach(one -> references.put(one.tag(), one.reference()));
        Map<String, Long> revisions = new LinkedHashMap<>();
        record.repositories().forEach(one -> revisions.put(one.name(), one.revision()));
        Map<String, String> bases = new LinkedHashMap<>();
        record.baseImages().forEach(one -> bases.put(one.name(), one.digest()));
        Map<String, Long> phases = new LinkedHashMap<>();
        image.getPhases().forEach(phase -> phases.put(phase.getPhase(), phase.getMillis()));
        BuildInputs inputs = record.inputs();
        return new HistoryEntry(
                build,
                references,
                image.getBytes(),
                record.durationMillis(),
                record.startedAt(),
                revisions,
                bases,
                phases,
                inputs == null ? Map.of() : options(inputs.options()),
                null,
                false);
    }

    /**
     * An image that got more tags.
     *
     * @param built the image as it was built, if the job built it
     */
    static HistoryEntry of(int build, PromotionRecord record, Optional<HistoryEntry> built) {
        Map<String, String> references = new LinkedHashMap<>();
        record.images().forEach(one -> references.put(one.tag(), one.reference()));
        return new HistoryEntry(
                build,
                references,
                built.map(HistoryEntry::size).orElse(null),
                record.durationMillis(),
                record.startedAt(),
                built.map(HistoryEntry::revisions).orElse(null),
                built.map(HistoryEntry::bases).orElse(null),
                null,
                null,
                null,
                true);
    }

    /** The same, after its run has ended. */
    HistoryEntry ended(String how) {
        return new HistoryEntry(
                build, references, size, durationMillis, startedAt, revisions, bases, phases, options, how, promoted);
    }

    /** Whether one of its tags has the digest. */
    boolean has(String digest) {
        return references.values().stream()
                .anyMatch(reference -> reference != null && reference.endsWith("@" + digest));
    }

    /** The recorded options. Tags, mounts and base images are compared by their results instead. */
    private static Map<String, String> options(GivenOptions given) {
        Map<String, String> options = new LinkedHashMap<>();
        given.byName().keySet().stream()
                .flatMap(name -> OptionTable.find(name).stream())
                .filter(option -> !COMPARED.contains(option))
                .forEach(option -> options.put(option.name(), bounded(given.shown(option))));
        return options;
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }

    List<String> tags() {
        return List.copyOf(references.keySet());
    }
}
