package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import java.util.Optional;

/** The engine's description of an image ({@code docker image inspect}). */
final class EngineImage {
    private final JsonNode root;
    private final String file;
    private final Optional<String> id;
    private final Long size;
    private final Optional<String> platform;

    private EngineImage(String file, JsonNode root) throws UnreadableResultException {
        this.root = root;
        this.file = file;
        this.id = Grammar.DIGEST.member(file, root, "Id");
        this.size = Grammar.size(file, root, "Size");
        Optional<String> os = Grammar.WORD.member(file, root, "Os");
        Optional<String> architecture = Grammar.WORD.member(file, root, "Architecture");
        Optional<String> variant = Grammar.WORD.member(file, root, "Variant");
        this.platform = os.isEmpty() || architecture.isEmpty()
                ? Optional.empty()
                : Optional.of(os.get() + "/" + architecture.get()
                        + variant.map(text -> "/" + text).orElse(""));
    }

    static EngineImage read(String file, String text) throws UnreadableResultException {
        return new EngineImage(file, JsonText.object(file, text));
    }

    Optional<String> id() {
        return id;
    }

    /** Unpacked size in bytes; null if unknown. */
    Long size() {
        return size;
    }

    Optional<String> platform() {
        return platform;
    }

    /**
     * The digest that the engine has for the repository of {@code tag}; that of a registry only after a push or pull.
     */
    Optional<String> repositoryDigest(ImageReference tag) throws UnreadableResultException {
        for (JsonNode entry : root.path("RepoDigests")) {
            Optional<ImageReference> noted = ImageReference.parse(entry.asText());
            if (noted.isPresent()
                    && noted.get().digest() != null
                    && noted.get().canonicalName().equals(tag.canonicalName())) {
                return Optional.of(
                        Grammar.DIGEST.held(file, "RepoDigests", noted.get().digest()));
            }
        }
        return Optional.empty();
    }
}
