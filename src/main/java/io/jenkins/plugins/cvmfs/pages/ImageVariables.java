package io.jenkins.plugins.cvmfs.pages;

import hudson.EnvVars;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The environment variables for the steps after a build. */
final class ImageVariables {
    private ImageVariables() {}

    /**
     * Adds the variables.
     *
     * @param images in the order in which they were built
     */
    static void put(EnvVars env, List<ImageRecord> images) {
        if (images.isEmpty()) {
            return;
        }
        ImageRecord last = images.get(images.size() - 1);
        put(env, "CVMFS_IMAGE_DIGEST", last.digest());
        put(env, "CVMFS_IMAGE_REFERENCE", last.images().get(0).reference());
        put(env, "CVMFS_IMAGE_REFERENCES", references(images));
        put(env, "CVMFS_IMAGE_ID", last.imageId());
        put(env, "CVMFS_IMAGE_TAG", last.images().get(0).tag());
        put(
                env,
                "CVMFS_IMAGE_TAGS",
                last.images().stream().map(TaggedImage::tag).collect(Collectors.joining(" ")));
    }

    /** The references of all pushed images, in order. */
    private static String references(List<ImageRecord> images) {
        String references = images.stream()
                .map(image -> image.images().get(0).reference())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return references.isEmpty() ? null : references;
    }

    private static void put(EnvVars env, String name, String value) {
        if (value != null) {
            env.put(name, value);
        }
    }
}
