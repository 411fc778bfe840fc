package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.spec.PromotionSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The record of tags added to an image without building; {@code docs/record.md} is its schema.
 *
 * @param schemaVersion {@link ImageRecord#SCHEMA_VERSION} when it was written
 * @param promoted the image, {@code name@sha256:...}
 * @param digest its digest, the same for each tag
 * @param images the image under each added tag, in order
 * @param startedAt when it started, ISO 8601 in UTC
 * @param durationMillis how long it took, in milliseconds
 */
@JsonPropertyOrder({"schemaVersion", "promoted", "digest", "images"})
public record PromotionRecord(
        int schemaVersion,
        String promoted,
        String digest,
        List<TaggedImage> images,
        String startedAt,
        long durationMillis) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The record of a promotion for which the registries confirmed that each tag has the digest. */
    public static PromotionRecord of(PromotionSpec spec, Instant startedAt, Duration duration) {
        ImageReference source = spec.source();
        String digest = source.digest();
        return new PromotionRecord(
                ImageRecord.SCHEMA_VERSION,
                source.pinned(digest),
                digest,
                spec.tags().stream()
                        .map(tag -> new TaggedImage(tag.toString(), digest, tag.pinned(digest)))
                        .toList(),
                startedAt.toString(),
                duration.toMillis());
    }

    /** {@code name@sha256:...} for each added tag, in order. */
    public List<String> references() {
        return images.stream().map(TaggedImage::reference).toList();
    }

    /** The record as JSON text. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record is always JSON", e);
        }
    }
}
