package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about a build before it runs, used to interpret its results or failure. None of it comes from the
 * machine that builds.
 *
 * @param spec the requested image
 * @param dockerfile the text of the Dockerfile; empty for a setup script or a remote context
 * @param logins descriptions of the build's logins, by the registry's host: {@code the credentials 'robot'}
 * @param sensitive texts that must not appear in the record or a message
 */
public record Expected(ImageSpec spec, Optional<String> dockerfile, Map<String, String> logins, Set<String> sensitive) {
    /** A build without logins and secrets. */
    public static Expected of(BuildPlan plan) {
        return new Expected(plan.spec(), plan.dockerfile(), Map.of(), Set.of());
    }

    /** The findings about the Dockerfile. */
    Review review() {
        return Review.of(spec, path -> dockerfile);
    }
}
