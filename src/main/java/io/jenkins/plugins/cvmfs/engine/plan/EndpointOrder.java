package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Sha256;
import java.util.Comparator;
import java.util.List;

/**
 * In which order an image tries several buildkitds: the same one from every agent and controller, so that its cache is
 * there the next time.
 *
 * <p>By rendezvous hashing: each endpoint is weighed together with the image's repository. The order in which they were
 * written does not count, and when one is added or removed, only the images move that it builds.
 */
final class EndpointOrder {
    private EndpointOrder() {}

    /** The builder of an image, with its endpoints in the image's order. */
    static BuilderSpec of(ImageSpec spec, Driver driver) {
        BuilderSpec builder = spec.builder().with(driver);
        if (!BuilderScript.isPool(builder)) {
            return builder;
        }
        return builder.at(String.join(" ", of(spec.tags().get(0).canonicalName(), builder.endpoints())));
    }

    /** @param repository without a tag, since images of other tags have most of their steps in common */
    static List<String> of(String repository, List<String> endpoints) {
        return endpoints.stream()
                .sorted(Comparator.comparing((String each) -> Sha256.of(repository + "\n" + each)))
                .toList();
    }
}
