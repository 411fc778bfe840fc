package io.jenkins.plugins.cvmfs.engine.record;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.BuildStage;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Pins the base images of a record by digest, as far as known. */
public final class BasePins {
    private final List<BaseImage> images;

    /** @param record contains the digests */
    public BasePins(ImageRecord record) {
        this.images = record.baseImages() == null ? List.of() : record.baseImages();
    }

    /** The reference with the recorded digest; unchanged if that is unknown. */
    String pinned(String reference) {
        Optional<ImageReference> base = ImageReference.parse(reference);
        return images.stream()
                .filter(image ->
                        image.digest() != null && base.isPresent() && base.get().digest() == null)
                .filter(image -> ImageReference.parse(image.name())
                        .filter(named -> same(named, base.get()))
                        .isPresent())
                .findFirst()
                .map(image -> base.get().pinned(image.digest()))
                .orElse(reference);
    }

    private static boolean same(ImageReference a, ImageReference b) {
        return a.canonicalName().equals(b.canonicalName()) && tag(a).equals(tag(b));
    }

    private static String tag(ImageReference reference) {
        return reference.tag() == null ? "latest" : reference.tag();
    }

    /**
     * Build contexts that replace the images in a Dockerfile's FROM. A named context takes precedence over a stage of
     * the same name, so an image with the name of a stage gets none.
     *
     * @param dockerfile the text of the Dockerfile; empty if it cannot be read before the build
     */
    public Map<String, String> contexts(Optional<String> dockerfile) {
        Set<String> stages = dockerfile.flatMap(Dockerfile::parse).map(Dockerfile::stages).orElse(List.of()).stream()
                .map(BuildStage::name)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<String, String> contexts = new LinkedHashMap<>();
        for (BaseImage image : images) {
            Optional<ImageReference> reference =
                    ImageReference.parse(image.name()).filter(named -> named.digest() == null);
            if (image.digest() != null && reference.isPresent() && !stages.contains(stage(reference.get()))) {
                contexts.put(image.name(), "docker-image://" + reference.get().pinned(image.digest()));
            }
        }
        return contexts;
    }

    /** The images of the record that the build may use in another state. */
    public List<String> unpinned(ImageSpec spec) {
        if (spec.source() instanceof Source.Setup setup) {
            return setup.baseImage().contains("@") ? List.of() : List.of(setup.baseImage());
        }
        return images.stream()
                .map(BaseImage::name)
                .filter(name ->
                        !name.contains("@") && !spec.options().buildContexts().containsKey(name))
                .toList();
    }

    /** The name of a stage that would hide the image. */
    private static String stage(ImageReference reference) {
        return tag(reference).equals("latest")
                ? reference.canonicalName().replaceFirst("^docker\\.io/(?:library/)?", "")
                : reference.toString();
    }
}
