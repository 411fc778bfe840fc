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
 * @param builderEndpoint the endpoint of the buildkitd that built it, or null with any driver except {@code remote}
 * @param images the image under each of its tags, in order
 * @param digest the first tag's registry digest, or null if the image was not pushed
 * @param mediaType media type of {@code digest}, or null if unknown
 * @param imageId the engine's ID of a loaded image, otherwise the digest of the image's configuration; null if both are
 *     unknown
 * @param loaded whether the image is in the engine
 * @param pushed whether the image is in the registries
 * @param sizeInEngine unpacked size in bytes, or null if it was not loaded
 * @param sizeInRegistry packed size of all layers in bytes, or null if unknown
 * @param platforms {@code os/arch[/variant]} of each image
 * @param manifests the image of each platform, if an index was pushed
 * @param outputs the files of further outputs, if requested
 * @param mounts the requested CVMFS repositories, as in {@code CVMFS_MOUNTS}
 * @param repositories the mounted state of each repository; empty if unknown
 * @param baseImages the images it is based on, if known
 * @param inputs the inputs of the build; null in records older than this field
 * @param startedAt when the build started, ISO 8601 in UTC
 * @param durationMillis how long it took, in milliseconds
 * @param phases how long each phase took, in order; empty if unknown
 * @param steps which steps came from the cache, or null if unknown
 * @param calls the answers to calls about the Dockerfile before the build
 */
@JsonPropertyOrder({
    "schemaVersion",
    "strategy",
    "builderDriver",
    "builderEndpoint",
    "images",
    "digest",
    "mediaType",
    "imageId"
})
public record ImageRecord(
        int schemaVersion,
        String strategy,
        String builderDriver,
        String builderEndpoint,
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
    /** Older records lack newer fields, and records from elsewhere may lack any. */
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

    /** The version that this code writes. Fields may be added within a version; readers ignore unknown ones. */
    public static final int SCHEMA_VERSION = 1;

    /** Limit of characters of a record. */
    private static final int LONGEST = 4 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * The record without inputs that contain a secret. Omitted inputs are listed.
     *
     * @param secret whether a text contains one
     */
    public ImageRecord without(Predicate<String> secret) {
        return new ImageRecord(
                schemaVersion,
                strategy,
                builderDriver,
                builderEndpoint,
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

    /** {@code name@sha256:...} for each pushed tag, in order. */
    public List<String> references() {
        return images.stream()
                .map(TaggedImage::reference)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Size in bytes: unpacked in the engine, or otherwise packed in the registry; null if both are unknown. */
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
     * @throws UnreadableResultException if it is not a record, or one of a later version
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
