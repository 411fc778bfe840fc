package io.jenkins.plugins.cvmfs.build;

import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.runner.Expected;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the controller remembers of a build until its results are collected. None of it comes from the agent.
 *
 * @param id of the build
 * @param images the requested images, in order
 * @param started when the build started
 * @param log masks the secrets of the build
 * @param logins descriptions of the logins it uses, by the registry's host
 */
public record RunningBuild(
        String id, List<Image> images, Instant started, MaskedListener log, Map<String, String> logins) {
    /**
     * One image.
     *
     * @param name its name among several images; empty for the only one
     * @param spec the requested image
     * @param dockerfile the text of the Dockerfile, if the plan contains one
     */
    public record Image(String name, ImageSpec spec, Optional<String> dockerfile) {
        /** The images of a plan. */
        public static List<Image> of(ImagesPlan plan) {
            return plan.images().stream()
                    .map(image -> new Image(
                            image.name(), image.plan().spec(), image.plan().dockerfile()))
                    .toList();
        }
    }

    Expected expected(Image image) {
        return new Expected(image.spec(), image.dockerfile(), logins, log.texts());
    }

    /** Distinguishes an image's artifacts from those of all others in the run. */
    String id(Image image) {
        return image.name().isEmpty() ? id : id + "-" + (images.indexOf(image) + 1);
    }

    List<String> names() {
        return images.stream().map(Image::name).toList();
    }
}
