package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.dockerfile.SetupDockerfile;
import io.jenkins.plugins.cvmfs.engine.dockerfile.SyntaxDirective;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderNode;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Driver;
import io.jenkins.plugins.cvmfs.engine.spec.ImageReference;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import io.jenkins.plugins.cvmfs.engine.spec.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a build asks for, held against the policy's rules. Each answer is why it is refused, or empty.
 *
 * @param spec what is built
 * @param job the full name of the job
 * @param ownBuilder whether the job, and not the configuration, says what the builder is
 * @param dockerfile the text of the Dockerfile; empty where it cannot be read before the build
 */
@Restricted(NoExternalUse.class)
public record AskedPowers(ImageSpec spec, String job, boolean ownBuilder, Optional<String> dockerfile) {
    private static final String ANY = "*";
    private static final List<String> OFFICIAL_FRONTENDS = List.of("docker/dockerfile");
    private static final String OFFICIAL_BUILDKIT = "docker.io/moby/buildkit";
    private static final String SYNTAX_ARGUMENT = "BUILDKIT_SYNTAX";
    private static final String HOST_ENTITLEMENT = "network.host";

    /** Options of the driver that only limit what a builder may use. */
    private static final Set<String> LIMITS = Set.of(
            "memory",
            "memory-swap",
            "cpu-period",
            "cpu-quota",
            "cpu-shares",
            "cpuset-cpus",
            "cpuset-mems",
            "default-load",
            "network");

    /** Both strategies, and a smoke test, take root-like power: an insecure RUN, or a container that may mount. */
    boolean insecure() {
        return spec.insecure() || spec.strategy() == Strategy.COMMIT || testMounts();
    }

    private boolean testMounts() {
        return spec.smokeTest() != null && spec.mounts().any();
    }

    String otherwise() {
        if (!spec.insecure() && testMounts()) {
            return " A smokeTest mounts what the build does; leave it out, or set mounts to none.";
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
                        + "; this one is " + job + " (insecure policy: folders).");
    }

    private boolean isIn(String folder) {
        String name = Stream.of(folder.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*"));
        return Pattern.matches(name + "(?:/.*)?", job);
    }

    /** Whether {@code text} can be an entry of the list of frontends. */
    static boolean isFrontend(String text) {
        return text.equals(ANY) || ImageReference.parse(text).isPresent();
    }

    Optional<String> refusedFrontend(List<String> listed) {
        List<String> allowed = listed.isEmpty() ? OFFICIAL_FRONTENDS : listed;
        if (spec.strategy() == Strategy.COMMIT || allowed.contains(ANY)) {
            return Optional.empty();
        }
        Optional<Set<String>> frontends = frontends();
        String rule =
                "insecure builds may be read only with " + String.join(", ", allowed) + " (insecure policy: frontends";
        if (frontends.isEmpty()) {
            return Optional.of("The Dockerfile cannot be read before the build, so nobody knows its frontend; " + rule
                    + "; * allows every one).");
        }
        return frontends.get().stream()
                .filter(frontend -> allowed.stream().noneMatch(entry -> matches(entry, frontend)))
                .findFirst()
                .map(frontend -> "The Dockerfile is read with the frontend '" + frontend + "'; " + rule + ").");
    }

    private Optional<Set<String>> frontends() {
        String given = spec.options().buildArgs().getOrDefault(SYNTAX_ARGUMENT, "");
        if (!given.isBlank()) {
            return Optional.of(Set.of(SyntaxDirective.image(given)));
        }
        return spec.source() instanceof Source.Setup setup
                ? SyntaxDirective.frontends(SetupDockerfile.text(spec, setup))
                : dockerfile.flatMap(SyntaxDirective::frontends);
    }

    private static boolean matches(String entry, String frontend) {
        Optional<ImageReference> allowed = ImageReference.parse(entry);
        Optional<ImageReference> asked = ImageReference.parse(frontend);
        return allowed.isPresent()
                && asked.isPresent()
                && allowed.get().canonicalName().equals(asked.get().canonicalName())
                && (allowed.get().tag() == null
                        || allowed.get().tag().equals(asked.get().tag()))
                && (allowed.get().digest() == null
                        || allowed.get().digest().equals(asked.get().digest()));
    }

    /** Another container's network may be the host's, or that of a builder. */
    Optional<String> hostNetwork() {
        String network = spec.options().network();
        String asked = null;
        if (isHost(network)) {
            asked = "network is '" + network + "'";
        } else if (ownBuilder && isHost(spec.builder().driverOpts().get("network"))) {
            asked = "builderDriverOpts has 'network="
                    + spec.builder().driverOpts().get("network") + "'";
        } else if (ownBuilder
                && nodeOptions().anyMatch(option -> option.getKey().equals("network") && isHost(option.getValue()))) {
            asked = "builderNodes has a node with the host's network";
        } else if (ownBuilder && flags().anyMatch(flag -> flag.contains(HOST_ENTITLEMENT))) {
            asked = "buildkitdFlags grants " + HOST_ENTITLEMENT;
        }
        return Optional.ofNullable(asked)
                .map(
                        text -> text
                                + ": builds may not use the network of the machine that builds (insecure policy: hostNetwork).");
    }

    private static boolean isHost(String network) {
        return network != null && (network.equals("host") || network.startsWith("container:"));
    }

    private Stream<String> flags() {
        return spec.builder().buildkitdFlags().stream();
    }

    private Stream<Map.Entry<String, String>> nodeOptions() {
        return spec.builder().nodes().stream().flatMap(node -> node.driverOpts().entrySet().stream());
    }

    /**
     * BuildKit runs in a privileged container, so who says what it runs has the power of root without any insecure RUN.
     */
    Optional<String> builderSettings() {
        BuilderSpec builder = spec.builder();
        // Auto may come to a builder in a container.
        if (!ownBuilder || !builder.driver().runsBuildkit() && builder.driver() != Driver.AUTO) {
            return Optional.empty();
        }
        String asked = null;
        Optional<String> option = builder.driverOpts().keySet().stream()
                .filter(name -> !LIMITS.contains(name))
                .findFirst();
        Optional<String> node = spec.builder().nodes().stream()
                .map(BuilderNode::endpoint)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> nodeOptions()
                        .map(Map.Entry::getKey)
                        .filter(name -> !LIMITS.contains(name))
                        .findFirst());
        Optional<String> flag = flags().filter(text -> !text.contains(HOST_ENTITLEMENT) && !text.equals("--debug"))
                .findFirst();
        if (!ImageReference.parse(builder.image())
                .map(ImageReference::canonicalName)
                .equals(Optional.of(OFFICIAL_BUILDKIT))) {
            asked = "builderImage is '" + builder.image() + "'";
        } else if (builder.buildkitdConfig() != null) {
            asked = "buildkitdConfig is given";
        } else if (option.isPresent()) {
            asked = "builderDriverOpts has '" + option.get() + "'";
        } else if (node.isPresent()) {
            asked = "builderNodes has '" + node.get() + "'";
        } else if (flag.isPresent()) {
            asked = "buildkitdFlags has '" + flag.get() + "'";
        }
        return Optional.ofNullable(asked)
                .map(text -> text
                        + ": a job may not say what BuildKit runs, which runs privileged; the configuration's builder settings are for "
                        + "that (insecure policy: builderSettings).");
    }
}
