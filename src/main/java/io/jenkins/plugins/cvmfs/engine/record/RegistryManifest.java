package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cvmfs.engine.spec.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The manifest or index that a registry has under a tag. */
final class RegistryManifest {
    private final JsonNode root;
    private final String digest;

    private RegistryManifest(JsonNode root, String digest) {
        this.root = root;
        this.digest = digest;
    }

    /**
     * Reads the manifest or index of that digest. Empty if the text has another one: then somebody has moved the tag
     * since.
     */
    static Optional<RegistryManifest> read(String text, String digest) throws UnreadableResultException {
        if (digest.equals("sha256:" + Sha256.of(text)) || digest.equals("sha256:" + Sha256.of(text.stripTrailing()))) {
            return Optional.of(new RegistryManifest(JsonText.object("the registry's manifest", text), digest));
        }
        return Optional.empty();
    }

    String digest() {
        return digest;
    }

    Optional<String> mediaType() {
        return JsonText.text(root, "mediaType");
    }

    /** The layers' packed size in bytes; null for an index, which does not tell. */
    Long size() {
        if (!root.has("layers")) {
            return null;
        }
        long size = 0;
        for (JsonNode layer : root.get("layers")) {
            size += layer.path("size").asLong();
        }
        return size;
    }

    /** The platforms of an index; attestations are no images and have none. */
    List<String> platforms() {
        List<String> platforms = new ArrayList<>();
        for (JsonNode manifest : root.path("manifests")) {
            String os = manifest.at("/platform/os").asText("unknown");
            if (!os.equals("unknown")) {
                String variant = manifest.at("/platform/variant").asText("");
                platforms.add(os + "/" + manifest.at("/platform/architecture").asText()
                        + (variant.isEmpty() ? "" : "/" + variant));
            }
        }
        return platforms;
    }
}
