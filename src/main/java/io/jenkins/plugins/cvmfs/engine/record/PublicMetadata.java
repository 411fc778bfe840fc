package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** buildx's metadata as it may be shown: its provenance holds the build arguments in clear and is left out. */
public final class PublicMetadata {
    private PublicMetadata() {}

    /**
     * The metadata without provenance.
     *
     * @param metadata the text of the {@code --metadata-file}
     * @throws UnreadableResultException if it is no JSON object
     */
    public static String of(String metadata) throws UnreadableResultException {
        ObjectNode root = (ObjectNode) JsonText.object("buildx's metadata file", metadata);
        List<String> shown = root.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.startsWith(BuildMetadata.PROVENANCE))
                .toList();
        return root.retain(shown).toPrettyString() + "\n";
    }
}
