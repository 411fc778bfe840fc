package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Checks what a build asks for against the policy's rules. Each method returns the reason for a refusal, or empty.
 *
 * @param spec the image to build
 * @param dockerfile the text of the Dockerfile; empty if it cannot be read before the build
 * @param asker who requests the build
 */
@Restricted(NoExternalUse.class)
public record AskedPowers(ImageSpec spec, Optional<String> dockerfile, Asker asker) {
    /**
     * Both strategies and smoke tests need root-like power: an insecure RUN, or a container that may mount. Reading the
     * agent's own CVMFS needs none.
     */
    boolean insecure() {
        return !spec.readsHost() && (spec.insecure() || spec.strategy() == Strategy.COMMIT || testMounts());
    }

    private boolean testMounts() {
        return spec.smokeTest() != null && spec.mounts().any();
    }

    /** How the same build could avoid needing it. */
    String otherwise() {
        return instead()
                + " On an agent that has the repositories itself, cvmfs: [access: 'host'] needs no permission.";
    }

    private String instead() {
        if (!spec.insecure() && testMounts()) {
            return " A smokeTest mounts what the build does; omit it, or set mounts to none.";
        }
        return spec.strategy() == Strategy.BUILDX
                ? " A build in which no RUN mounts CVMFS can set insecure to false."
                : "";
    }

    Optional<String> refusedFolder(List<String> folders) {
        boolean allowed = folders.isEmpty() || folders.stream().anyMatch(this::isIn);
        return allowed
                ? Optional.empty()
                : Optional.of("Insecure builds are allowed only for jobs in " + String.join(", ", folders)
                        + "; this one is " + asker.job() + " (insecure policy: folders).");
    }

    private boolean isIn(String folder) {
        String name = Stream.of(folder.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*"));
        return Pattern.matches(name + "(?:/.*)?", asker.job());
    }

    Optional<String> refusedFrontend(List<String> listed) {
        return new FrontendRule(listed).refusal(spec, dockerfile);
    }

    Optional<String> refusedVariables() {
        return EngineVariables.refusal(asker.variables(), "insecure builds use");
    }

    Optional<String> refusedNetwork() {
        return new BuilderPowers(spec, asker).refusedNetwork();
    }

    Optional<String> refusedBuilder() {
        return new BuilderPowers(spec, asker).refusedBuilder();
    }
}
