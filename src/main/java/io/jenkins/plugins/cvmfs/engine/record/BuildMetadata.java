package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What buildx wrote into its {@code --metadata-file}. */
final class BuildMetadata {
    private static final String DESCRIPTOR = "containerimage.descriptor";
    static final String PROVENANCE = "buildx.build.provenance";
    private static final Pattern IMAGE_URI =
            Pattern.compile("pkg:docker/([^?@]+)(?:@([^@?]+)|(?=\\?(?:.*&)?digest=(sha256:[0-9a-f]{64})))(?:\\?.*)?");

    private final JsonNode root;

    private BuildMetadata(JsonNode root) {
        this.root = root;
    }

    static BuildMetadata read(String text) throws UnreadableResultException {
        return new BuildMetadata(JsonText.object("buildx's metadata file", text));
    }

    /** {@code containerimage.digest}: which digest that is depends on the driver and the output. */
    Optional<String> digest() {
        return JsonText.text(root, "containerimage.digest");
    }

    Optional<String> configDigest() {
        return JsonText.text(root, "containerimage.config.digest");
    }

    Optional<String> mediaType() {
        return Optional.ofNullable(root.get(DESCRIPTOR)).flatMap(node -> JsonText.text(node, "mediaType"));
    }

    /** The one platform of an image that is no index. */
    Optional<String> platform() {
        JsonNode platform = root.path(DESCRIPTOR).path("platform");
        String variant =
                JsonText.text(platform, "variant").map(text -> "/" + text).orElse("");
        return JsonText.text(platform, "os")
                .flatMap(os ->
                        JsonText.text(platform, "architecture").map(architecture -> os + "/" + architecture + variant));
    }

    /**
     * The images that the build took in, the Dockerfile frontend left out.
     *
     * <p>An engine that keeps images in its own store notes as digest of an image that it has a sum over the layers,
     * which no registry knows. It is known by the descriptor that it does not write.
     */
    List<BaseImage> baseImages() {
        boolean digests = root.has(DESCRIPTOR);
        Set<BaseImage> found = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> member : root.properties()) {
            if (member.getKey().startsWith(PROVENANCE)) {
                JsonNode provenance = member.getValue();
                String frontend =
                        provenance.at("/invocation/parameters/args/source").asText("");
                provenance
                        .path("materials")
                        .forEach(material -> image(material, frontend, digests).ifPresent(found::add));
                JsonNode definition = provenance.path("buildDefinition");
                String source =
                        definition.at("/externalParameters/request/args/source").asText("");
                definition
                        .path("resolvedDependencies")
                        .forEach(material -> image(material, source, digests).ifPresent(found::add));
            }
        }
        return new ArrayList<>(found);
    }

    private static Optional<BaseImage> image(JsonNode material, String frontend, boolean digests) {
        Matcher uri = IMAGE_URI.matcher(material.path("uri").asText(""));
        if (!uri.matches()) {
            return Optional.empty();
        }
        String name = URLDecoder.decode(uri.group(1), StandardCharsets.UTF_8);
        // An image that was asked for by its digest alone has no version.
        String tag = URLDecoder.decode(uri.group(2) == null ? uri.group(3) : uri.group(2), StandardCharsets.UTF_8);
        String reference = tag.startsWith("sha256:") ? name + "@" + tag : name + ":" + tag;
        String sha256 = material.at("/digest/sha256").asText("");
        boolean isFrontend = !frontend.isEmpty() && (reference.equals(frontend) || frontend.endsWith("/" + reference));
        String digest = digests && !sha256.isEmpty() ? "sha256:" + sha256 : null;
        return isFrontend ? Optional.empty() : Optional.of(new BaseImage(reference, digest));
    }
}
