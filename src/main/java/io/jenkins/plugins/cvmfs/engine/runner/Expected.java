package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a build before it runs, by which its results and its failure are judged; nothing of it comes from
 * where it runs.
 *
 * @param spec what is wanted
 * @param dockerfile the text of the Dockerfile that is built; empty for a setup script, and where it comes with a
 *     context from elsewhere
 * @param logins what the build logs in with, by the registry's host, for people: {@code the credentials 'robot'}
 * @param sensitive texts that neither the record nor a message may hold
 */
public record Expected(ImageSpec spec, Optional<String> dockerfile, Map<String, String> logins, Set<String> sensitive) {
    /** A build that logs in nowhere itself and knows no secrets. */
    public static Expected of(BuildPlan plan) {
        return new Expected(plan.spec(), plan.dockerfile(), Map.of(), Set.of());
    }

    /** What the checks say of the Dockerfile. */
    Review review() {
        return Review.of(spec, path -> dockerfile);
    }
}
