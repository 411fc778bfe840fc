package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
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

/** The contents of buildx's {@code --metadata-file}. */
final class BuildMetadata {
    private static final String DESCRIPTOR = "containerimage.descriptor";
    private static final String PROVENANCE = "buildx.build.provenance";
    private static final Pattern IMAGE_URI =
            Pattern.compile("pkg:docker/(?<name>[^?@]+)(?:@(?<version>[^?]+))?(?:\\?.*)?");
    private static final Pattern DIGEST_QUALIFIER = Pattern.compile("[?&]digest=sha256(?::|%3A)([0-9a-f]{64})(?:&|$)");
    private static final int LONGEST_URI = 4096;
    static final String FILE = "buildx's metadata file";

    private final Optional<String> digest;
    private final Optional<String> configDigest;
    private final Optional<String> mediaType;
    private final Optional<String> platform;
    private final List<BaseImage> baseImages;

    private BuildMetadata(JsonNode root) throws UnreadableResultException {
        JsonNode descriptor = root.path(DESCRIPTOR);
        digest = Grammar.DIGEST.member(FILE, root, "containerimage.digest");
        configDigest = Grammar.DIGEST.member(FILE, root, "containerimage.config.digest");
        mediaType = Grammar.MEDIA_TYPE.member(FILE, descriptor, "mediaType");
        platform = platform(descriptor.path("platform"));
        baseImages = baseImages(root);
    }

    static BuildMetadata read(String text) throws UnreadableResultException {
        return new BuildMetadata(JsonText.object(FILE, text));
    }

    /** {@code containerimage.digest}, whose meaning depends on the driver and the output. */
    Optional<String> digest() {
        return digest;
    }

    Optional<String> configDigest() {
        return configDigest;
    }

    Optional<String> mediaType() {
        return mediaType;
    }

    /** The platform of an image that is not an index. */
    Optional<String> platform() {
        return platform;
    }

    /**
     * The images that the build used, without the Dockerfile frontend.
     *
     * <p>For a local image, an engine with its own image store records a sum over the layers as the digest, which no
     * registry knows. This case is recognized by the missing descriptor.
     */
    List<BaseImage> baseImages() {
        return baseImages;
    }

    private static Optional<String> platform(JsonNode platform) throws UnreadableResultException {
        Optional<String> os = Grammar.WORD.member(FILE, platform, "os");
        Optional<String> architecture = Grammar.WORD.member(FILE, platform, "architecture");
        String variant = Grammar.WORD
                .member(FILE, platform, "variant")
                .map(text -> "/" + text)
                .orElse("");
        return os.isEmpty() || architecture.isEmpty()
                ? Optional.empty()
                : Optional.of(os.get() + "/" + architecture.get() + variant);
    }

    private static List<BaseImage> baseImages(JsonNode root) throws UnreadableResultException {
        Set<BaseImage> found = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> member : root.properties()) {
            if (member.getKey().startsWith(PROVENANCE)) {
                JsonNode provenance = member.getValue();
                JsonNode definition = provenance.path("buildDefinition");
                images(provenance.path("materials"), provenance.at("/invocation/parameters/args/source"), root, found);
                images(
                        definition.path("resolvedDependencies"),
                        definition.at("/externalParameters/request/args/source"),
                        root,
                        found);
            }
        }
        return new ArrayList<>(found);
    }

    private static void images(JsonNode materials, JsonNode source, JsonNode root, Set<BaseImage> found)
            throws UnreadableResultException {
        Optional<ImageReference> frontend = ImageReference.parse(source.asText(""));
        for (JsonNode material : materials) {
            image(material, frontend, root.has(DESCRIPTOR)).ifPresent(found::add);
            if (found.size() > Grammar.ENTRIES) {
                throw Grammar.tooMany(FILE, "base images");
            }
        }
    }

    private static Optional<BaseImage> image(JsonNode material, Optional<ImageReference> frontend, boolean digests)
            throws UnreadableResultException {
        String text = material.path("uri").asText("");
        Matcher uri = IMAGE_URI.matcher(text.length() > LONGEST_URI ? "" : text);
        if (!uri.matches()) {
            return Optional.empty();
        }
        String name = decoded(uri.group("name"));
        // An image that was asked for by its digest alone has no version.
        String version = uri.group("version") == null ? null : decoded(uri.group("version"));
        Matcher qualifier = DIGEST_QUALIFIER.matcher(text);
        String pinned = qualifier.find() ? "sha256:" + qualifier.group(1) : null;
        String tag = version == null ? pinned : version;
        if (tag == null) {
            return Optional.empty();
        }
        String reference =
                Grammar.image(FILE, "image", tag.startsWith("sha256:") ? name + "@" + tag : name + ":" + tag);
        if (frontend.isPresent() && isFrontend(ImageReference.parse(reference).get(), pinned, frontend.get())) {
            return Optional.empty();
        }
        String sha256 = material.at("/digest/sha256").asText("");
        return Optional.of(new BaseImage(
                reference,
                digests && !sha256.isEmpty() ? "sha256:" + Grammar.SHA256.held(FILE, "sha256", sha256) : null));
    }

    private static String decoded(String text) throws UnreadableResultException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Grammar.invalid(FILE, "uri", text, "a URI");
        }
    }

    /** @param pinned the digest in the image's reference, or null */
    private static boolean isFrontend(ImageReference image, String pinned, ImageReference frontend) {
        boolean named = image.canonicalName().equals(frontend.canonicalName());
        if (frontend.digest() != null) {
            return named && frontend.digest().equals(image.digest() == null ? pinned : image.digest());
        }
        return named && (frontend.tag() == null ? "latest" : frontend.tag()).equals(image.tag());
    }
}
