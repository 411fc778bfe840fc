package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.record.ContainerState;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.HashSet;
import java.util.Set;

/**
 * What is known about a failed build.
 *
 * @param spec the requested image
 * @param phase the phase of the script, or null if it did not start
 * @param exitCode the script's exit code
 * @param lastOutput the end of the output, may be empty
 * @param chosen the driver that the script chose, or null if it recorded none
 * @param review the findings of the checks of the Dockerfile
 * @param container the final state of the container of a setup script or smoke test
 * @param killed whether a signal ended the script itself before it could clean up
 */
public record Evidence(
        ImageSpec spec,
        Phase phase,
        int exitCode,
        String lastOutput,
        Driver chosen,
        Review review,
        ContainerState container,
        boolean killed) {
    /** For a failure without a container's state, of a script that has ended by itself. */
    public Evidence(ImageSpec spec, Phase phase, int exitCode, String lastOutput, Driver chosen, Review review) {
        this(spec, phase, exitCode, lastOutput, chosen, review, ContainerState.UNKNOWN, false);
    }

    boolean commits() {
        return spec.strategy() == Strategy.COMMIT;
    }

    boolean setsUp() {
        return spec.source() instanceof Source.Setup;
    }

    /** The words that fixes use to say when they apply. */
    Set<String> situation() {
        Set<String> words = new HashSet<>();
        words.add(setsUp() ? "setup" : "dockerfile");
        if (spec.client().httpProxy() != null) {
            words.add("proxy-given");
        }
        if (commits()) {
            words.addAll(Set.of("commit", "engine"));
            return words;
        }
        Driver driver = chosen != null ? chosen : spec.builder().driver();
        if (!spec.insecure()) {
            words.add("secure");
        }
        words.add(driver == Driver.DOCKER_CONTAINER ? "container" : driver.text());
        switch (driver) {
            case DOCKER -> words.add("engine");
            case DOCKER_CONTAINER, KUBERNETES -> words.add("buildkit");
            default -> {
                // A remote buildkitd is configured where it runs, and of the others it is not known which they are.
            }
        }
        if ("host".equals(spec.builder().driverOpts().get("network"))) {
            words.add("host-network");
        }
        if (spec.builder().buildkitdConfig() != null) {
            words.add("configured");
        }
        return words;
    }
}
