package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import java.util.Optional;

/** What the engine says of an image ({@code docker image inspect}). */
final class EngineImage {
    private final JsonNode root;

    private EngineImage(JsonNode root) {
        this.root = root;
    }

    static EngineImage read(String file, String text) throws UnreadableResultException {
        return new EngineImage(JsonText.object(file, text));
    }

    Optional<String> id() {
        return JsonText.text(root, "Id");
    }

    Long size() {
        JsonNode size = root.get("Size");
        return size != null && size.isIntegralNumber() ? size.longValue() : null;
    }

    Optional<String> platform() {
        String variant = JsonText.text(root, "Variant").map(text -> "/" + text).orElse("");
        return JsonText.text(root, "Os")
                .flatMap(os ->
                        JsonText.text(root, "Architecture").map(architecture -> os + "/" + architecture + variant));
    }

    /**
     * The digest that the engine notes for the repository of {@code tag}; true of a registry only after a push or pull.
     */
    Optional<String> repositoryDigest(ImageReference tag) {
        for (JsonNode entry : root.path("RepoDigests")) {
            Optional<ImageReference> noted = ImageReference.parse(entry.asText());
            if (noted.isPresent() && noted.get().canonicalName().equals(tag.canonicalName())) {
                return Optional.ofNullable(noted.get().digest());
            }
        }
        return Optional.empty();
    }
}
