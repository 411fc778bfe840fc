package io.jenkins.plugins.cvmfs.build;

import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.runner.Expected;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the controller keeps of a build until its results are collected; nothing of it comes from the agent.
 *
 * @param id of the build
 * @param images what was wanted, in its order
 * @param started when it began
 * @param log does not show the secrets of the build
 * @param logins what it logs in with, by the registry's host, for people
 */
public record RunningBuild(
        String id, List<Image> images, Instant started, MaskedListener log, Map<String, String> logins) {
    /**
     * One image.
     *
     * @param name tells it from the others; empty for the only one
     * @param spec what was wanted
     * @param dockerfile the text of the Dockerfile, where one is laid down
     */
    public record Image(String name, ImageSpec spec, Optional<String> dockerfile) {
        /** What a plan is to make. */
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

    /** Tells an image's artifacts from those of all others in the run. */
    String id(Image image) {
        return image.name().isEmpty() ? id : id + "-" + (images.indexOf(image) + 1);
    }

    List<String> names() {
        return images.stream().map(Image::name).toList();
    }
}
