package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The validated description of a promotion: an image in a registry, and tags to add.
 *
 * @param source the image, by its digest
 * @param tags the tags to add, at least one, each once
 */
public record PromotionSpec(ImageReference source, List<ImageReference> tags) {
    private static final String SOURCE = "image";
    private static final String TAGS = "tags";

    /**
     * @param image {@code name@sha256:...}
     * @param tags the tags to add
     * @throws InvalidSpecException with every mistake
     */
    public static PromotionSpec of(String image, Collection<String> tags) throws InvalidSpecException {
        List<Problem> problems = new ArrayList<>();
        Optional<ImageReference> source = Optional.ofNullable(image)
                .flatMap(ImageReference::parse)
                .filter(reference ->
                        reference.digest() != null && reference.digest().startsWith("sha256:"));
        if (source.isEmpty()) {
            problems.add(new Problem(
                    SOURCE, image, "expected an image with its digest, [registry[:port]/]repository[:tag]@sha256:..."));
        }
        List<ImageReference> names = new ArrayList<>();
        for (String tag : new LinkedHashSet<>(tags)) {
            Optional<ImageReference> name = ImageReference.parse(tag).filter(reference -> reference.digest() == null);
            name.ifPresent(names::add);
            if (name.isEmpty()) {
                problems.add(new Problem(
                        TAGS, tag, "expected [registry[:port]/]repository[:tag], the repository in lower case"));
            }
        }
        if (tags.isEmpty()) {
            problems.add(
                    new Problem(TAGS, null, "name at least one, such as registry.example.org/cms/analysis:stable"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidSpecException(problems);
        }
        return new PromotionSpec(source.get(), List.copyOf(names));
    }
}
