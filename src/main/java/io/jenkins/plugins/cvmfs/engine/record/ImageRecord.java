package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The record of one built image; {@code docs/record.md} is its schema.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION} when it was written
 * @param strategy {@code buildx} or {@code commit}
 * @param builderDriver what ran BuildKit, or null with strategy commit
 * @param images the image under each of its tags, in their order
 * @param digest the first tag's registry digest, or null if the image was not pushed
 * @param mediaType media type of what {@code digest} names, or null where it is not known
 * @param imageId the ID by which the engine knows a loaded image, else the digest of the image's configuration; null
 *     where neither is known
 * @param loaded whether the engine has the image
 * @param pushed whether the registries have it
 * @param sizeInEngine unpacked size in bytes, or null if it was not loaded
 * @param sizeInRegistry packed size of all layers in bytes, or null where it is not known
 * @param platforms {@code os/arch[/variant]} of each image
 * @param manifests the image of each platform, if it is an index that was pushed
 * @param outputs what further outputs have written, where that was asked for
 * @param mounts the CVMFS repositories that were asked for, as {@code CVMFS_MOUNTS} says them
 * @param repositories in which state each of them was mounted; empty where that is not known
 * @param baseImages what the image was made from, where that is known
 * @param inputs what it was asked to be made from; null in records older than this field
 * @param startedAt when the build began, ISO 8601 in UTC
 * @param durationMillis how long it took, in milliseconds
 * @param phases how long each phase of it took, in their order; empty where that is not known
 * @param steps what of it came from the cache, or null where that is not known
 * @param calls what docker was asked of the Dockerfile before it was built, with the answers
 */
@JsonPropertyOrder({"schemaVersion", "strategy", "builderDriver", "images", "digest", "mediaType", "imageId"})
public record ImageRecord(
        int schemaVersion,
        String strategy,
        String builderDriver,
        List<TaggedImage> images,
        String digest,
        String mediaType,
        String imageId,
        boolean loaded,
        boolean pushed,
        Long sizeInEngine,
        Long sizeInRegistry,
        List<String> platforms,
        List<PlatformImage> manifests,
        List<OutputFile> outputs,
        String mounts,
        List<MountedRepository> repositories,
        List<BaseImage> baseImages,
        BuildInputs inputs,
        String startedAt,
        long durationMillis,
        List<PhaseTime> phases,
        BuildSteps steps,
        List<CallResult> calls) {
    /** A record of before a field was added lacks it, and one from elsewhere may lack any. */
    public ImageRecord {
        images = present(images);
        platforms = present(platforms);
        manifests = present(manifests);
        outputs = present(outputs);
        repositories = present(repositories);
        baseImages = present(baseImages);
        phases = present(phases);
        calls = present(calls);
    }

    private static <T> List<T> present(List<T> entries) {
        return entries == null
                ? List.of()
                : entries.stream().filter(Objects::nonNull).toList();
    }

    /** The version that this code writes. A field may be added within a version; readers skip what they do not know. */
    public static final int SCHEMA_VERSION = 1;

    /** The most characters that a record may have. */
    private static final int LONGEST = 4 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * The record without the inputs that hold a secret; what is left out is named.
     *
     * @param secret whether a text holds one
     */
    public ImageRecord without(Predicate<String> secret) {
        return new ImageRecord(
                schemaVersion,
                strategy,
                builderDriver,
                images,
                digest,
                mediaType,
                imageId,
                loaded,
                pushed,
                sizeInEngine,
                sizeInRegistry,
                platforms,
                manifests,
                outputs,
                mounts,
                repositories,
                baseImages,
                KnownSecrets.without(inputs, secret),
                startedAt,
                durationMillis,
                phases,
                steps,
                calls.stream().map(call -> call.without(secret)).toList());
    }

    /** {@code name@sha256:...} for each tag that was pushed, in their order. */
    public List<String> references() {
        return images.stream()
                .map(TaggedImage::reference)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Size in bytes: unpacked in the engine, or otherwise packed in the registry; null where neither is known. */
    public Long size() {
        return sizeInEngine == null ? sizeInRegistry : sizeInEngine;
    }

    /** The record as JSON text. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record is always JSON", e);
        }
    }

    /**
     * Reads a record.
     *
     * @throws UnreadableResultException if it is no record, or one of a later version
     */
    public static ImageRecord fromJson(String json) throws UnreadableResultException {
        if (json.length() > LONGEST) {
            throw new UnreadableResultException("the record", "it is larger than " + LONGEST / 1024 + " KiB");
        }
        ImageRecord record;
        try {
            record = JSON.readValue(json, ImageRecord.class);
        } catch (JsonProcessingException e) {
            throw new UnreadableResultException("the record", e.getOriginalMessage());
        }
        if (record == null || record.schemaVersion < 1 || record.schemaVersion > SCHEMA_VERSION) {
            throw new UnreadableResultException(
                    "the record", "its schemaVersion is not one from 1 to " + SCHEMA_VERSION);
        }
        return record;
    }
}
