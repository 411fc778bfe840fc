package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The public part of buildx's metadata: the fields that identify the image. Provenance and build information contain
 * the build arguments in clear, and fields added by a later buildx may be unsafe.
 */
public final class PublicMetadata {
    private static final String IMAGE = "containerimage.";
    private static final String BUILD_INFORMATION = "containerimage.buildinfo";
    private static final Set<String> OTHERS = Set.of("image.name", "buildx.build.ref");
    private static final int LONGEST = 64 * 1024;

    private PublicMetadata() {}

    /**
     * The public part, at most 64 Ki characters.
     *
     * @param metadata the text of the {@code --metadata-file}
     * @throws UnreadableResultException if it is not a JSON object, or too long
     */
    public static String of(String metadata) throws UnreadableResultException {
        ObjectNode root = (ObjectNode) JsonText.object(BuildMetadata.FILE, metadata);
        List<String> shown = root.properties().stream()
                .map(Map.Entry::getKey)
                .filter(PublicMetadata::isShown)
                .toList();
        String text = root.retain(shown).toPrettyString() + "\n";
        if (text.length() > LONGEST) {
            throw new UnreadableResultException(
                    BuildMetadata.FILE, "what it says of the image is larger than " + LONGEST / 1024 + " KiB");
        }
        return text;
    }

    private static boolean isShown(String name) {
        return name.startsWith(IMAGE) && !name.startsWith(BUILD_INFORMATION) || OTHERS.contains(name);
    }
}
