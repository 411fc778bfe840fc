package io.jenkins.plugins.cvmfs.engine.record;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * How to publish a pushed image through services that unpack images on CVMFS, and to use it in Apptainer. Derived from
 * the record, so not part of it.
 *
 * @param unpacked its line in the wishlist ({@code recipe.yaml}) of unpacked.cern.ch
 * @param osg its line in the list ({@code docker_images.txt}) of OSG's singularity.opensciencegrid.org, or null: the
 *     list cannot name an image whose repository has only one part, unless it is on Docker Hub
 * @param apptainer the reference by which Apptainer pulls exactly this image
 */
public record Publication(String unpacked, String osg, String apptainer) {
    /** The publications of a record's pushed images, in the order of their tags. */
    public static List<Publication> of(ImageRecord record) {
        return record.images().stream().flatMap(image -> of(image).stream()).toList();
    }

    /** The publication of one image; empty if it was not pushed. */
    public static Optional<Publication> of(TaggedImage image) {
        if (image.reference() == null) {
            return Optional.empty();
        }
        return ImageReference.parse(image.tag()).map(tag -> {
            boolean hub = tag.registry().equals(ImageReference.DOCKER_HUB);
            String named = tag.repository() + ":" + (tag.tag() == null ? "latest" : tag.tag());
            return new Publication(
                    "    - 'https://" + (hub ? "registry.hub.docker.com" : tag.registry()) + "/" + named + "'",
                    // Its reader treats a name of two parts as one on Docker Hub.
                    hub ? named : tag.repository().indexOf('/') < 0 ? null : tag.registry() + "/" + named,
                    "docker://" + image.reference());
        });
    }
}
