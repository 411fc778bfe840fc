package io.jenkins.plugins.cvmfs.engine.options;

import static io.jenkins.plugins.cvmfs.engine.options.Declaration.text;

import java.util.List;
import java.util.regex.Pattern;

/** The cache of an image by one option; those of docker's are in {@link BuildTable}. */
public final class CacheTable {
    /** What an export to a registry may do otherwise than by default. */
    private static final Pattern FIELD = Pattern.compile("mode=(?:min|max)|ignore-error=(?:true|false)"
            + "|image-manifest=(?:true|false)|oci-mediatypes=(?:true|false)|force-compression=(?:true|false)"
            + "|compression=(?:gzip|zstd|estargz|uncompressed)|compression-level=[0-9]{1,2}");

    public static final Option CACHE = text(
                    Group.CACHE,
                    "cache",
                    "Repository in a registry that keeps the cache of this image, for agents that are deleted after a "
                            + "build.")
            .only(Strategy.BUILDX, BuildTable.NOT_BY_COMMIT)
            .advanced()
            .label("Cache in a registry")
            .placeholder("REFERENCE")
            .allows(Grammar.of(
                    CacheTable::isCache,
                    "a repository such as registry.example.org/cms/cache, then fields of type=registry such as "
                            + ",mode=min or ,ignore-error=false"))
            .needs(Gate.containerd())
            .expands(Expansion.ROW)
            .perImage()
            .option();

    static final List<Option> ALL = List.of(CACHE);

    private CacheTable() {}

    private static boolean isCache(String text) {
        List<String> fields = Csv.fields(text).orElse(List.of());
        return !fields.isEmpty()
                && ImageReference.parse(fields.get(0))
                        .filter(reference -> reference.digest() == null)
                        .isPresent()
                && fields.stream()
                        .skip(1)
                        .allMatch(field -> FIELD.matcher(field).matches());
    }
}
