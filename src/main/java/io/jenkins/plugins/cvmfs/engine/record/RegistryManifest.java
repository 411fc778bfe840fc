package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cvmfs.engine.spec.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The manifest or index in a registry under a tag. */
final class RegistryManifest {
    private static final String FILE = "the registry's manifest";

    private final String digest;
    private final Optional<String> mediaType;
    private final Long size;
    private final List<PlatformImage> images;

    private RegistryManifest(JsonNode root, String digest) throws UnreadableResultException {
        this.digest = digest;
        this.mediaType = Grammar.MEDIA_TYPE.member(FILE, root, "mediaType");
        this.size = size(root);
        this.images = images(root);
    }

    /**
     * Reads the manifest or index of a digest. Empty if the text has another digest, because somebody has moved the tag
     * since.
     */
    static Optional<RegistryManifest> read(String text, String digest) throws UnreadableResultException {
        if (digest.equals("sha256:" + Sha256.of(text)) || digest.equals("sha256:" + Sha256.of(text.stripTrailing()))) {
            return Optional.of(new RegistryManifest(JsonText.object(FILE, text), digest));
        }
        return Optional.empty();
    }

    String digest() {
        return digest;
    }

    Optional<String> mediaType() {
        return mediaType;
    }

    /** The layers' packed size in bytes; null for an index. */
    Long size() {
        return size;
    }

    /** The platforms of an index, without attestations. */
    List<String> platforms() {
        return images.stream().map(PlatformImage::platform).toList();
    }

    /** The image of each platform of an index. */
    List<PlatformImage> images() {
        return images;
    }

    private static Long size(JsonNode root) throws UnreadableResultException {
        if (!root.has("layers")) {
            return null;
        }
        long size = 0;
        for (JsonNode layer : root.get("layers")) {
            Long packed = Grammar.size(FILE, layer, "size");
            size += packed == null ? 0 : packed;
            if (size < 0) {
                throw new UnreadableResultException(FILE, "the sizes of the layers make no sum");
            }
        }
        return size;
    }

    private static List<PlatformImage> images(JsonNode root) throws UnreadableResultException {
        List<PlatformImage> images = new ArrayList<>();
        for (JsonNode manifest : root.path("manifests")) {
            String os = manifest.at("/platform/os").asText("unknown");
            if (!os.equals("unknown")) {
                String variant = manifest.at("/platform/variant").asText("");
                String platform = os + "/"
                        + manifest.at("/platform/architecture").asText("") + (variant.isEmpty() ? "" : "/" + variant);
                images.add(new PlatformImage(
                        Grammar.PLATFORM.held(FILE, "platform", platform),
                        Grammar.DIGEST.held(
                                FILE, "digest", manifest.path("digest").asText(""))));
            }
            if (images.size() > Grammar.ENTRIES) {
                throw Grammar.tooMany(FILE, "platforms");
            }
        }
        return images;
    }
}
