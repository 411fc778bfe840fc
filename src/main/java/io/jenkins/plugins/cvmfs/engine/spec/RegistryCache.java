package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.CacheTable;
import io.jenkins.plugins.cvmfs.engine.options.Csv;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cache of an image in a registry, as docker reads and writes it.
 *
 * @param from for {@code --cache-from}
 * @param to for {@code --cache-to}
 */
record RegistryCache(String from, String to) {
    private static final int TAG_MAX = 128;
    private static final int DIGITS = 32;

    /**
     * All steps, in a form that every registry accepts. A registry that does not take it is no reason for a build to
     * fail.
     */
    private static final List<String> DEFAULTS =
            List.of("mode=max", "image-manifest=true", "oci-mediatypes=true", "ignore-error=true");

    /** The one that was asked for. */
    static Optional<RegistryCache> of(GivenOptions values) {
        return Optional.ofNullable(values.text(CacheTable.CACHE))
                .flatMap(Csv::fields)
                .map(fields -> of(fields, values));
    }

    private static RegistryCache of(List<String> fields, GivenOptions values) {
        ImageReference repository = ImageReference.parse(fields.get(0)).orElseThrow();
        String reference = repository.tag() == null ? repository + ":" + tag(values) : repository.toString();
        Map<String, String> settings = new LinkedHashMap<>();
        Stream.concat(DEFAULTS.stream(), fields.stream().skip(1))
                .map(field -> field.split("=", 2))
                .forEach(field -> settings.put(field[0], field[1]));
        List<String> to = new ArrayList<>(List.of("type=registry", "ref=" + reference));
        settings.forEach((name, value) -> to.add(name + "=" + value));
        return new RegistryCache("type=registry,ref=" + reference, Csv.row(to));
    }

    /** Images that share a repository for their caches have a tag each. */
    private static String tag(GivenOptions values) {
        String name = ImageReference.parse(values.list(ImageTable.TAGS).get(0))
                .orElseThrow()
                .repository();
        String tag = name.replace('/', '-');
        return tag.length() <= TAG_MAX ? tag : Sha256.of(name).substring(0, DIGITS);
    }
}
