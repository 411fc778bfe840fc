package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.options.ControlTable;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderNode;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks what a build asks of networks and of BuildKit, whether it is insecure or not. The builder of the configuration
 * was chosen by the administrator and is not checked.
 */
record BuilderPowers(ImageSpec spec, Asker asker) {
    private static final String OFFICIAL_BUILDKIT = "docker.io/moby/buildkit";
    private static final Pattern RELEASE = Pattern.compile("v([0-9]{1,6})\\.([0-9]{1,6})\\.([0-9]{1,6})(?:-rootless)?");

    /** The first release without the known vulnerabilities by which a build gains rights that nobody granted. */
    private static final int[] SOUND = {0, 28, 1};

    private static final String HOST_ENTITLEMENT = ControlTable.HOST_NETWORK;

    /** The flag for the network of the host, in both spellings. */
    private static final Set<String> HOST_FLAGS = Set.of(
            "--allow-insecure-entitlement=" + HOST_ENTITLEMENT, "--allow-insecure-entitlement " + HOST_ENTITLEMENT);

    private static final String NETWORK = "network";

    /** Networks that reach nothing which was meant to be private. */
    private static final Set<String> PLAIN_NETWORKS = Set.of("default", "none", "bridge");

    /** Driver options that only limit what a builder may use. The network has its own rule. */
    private static final Set<String> LIMITS = Set.of(
            "memory",
            "memory-swap",
            "cpu-period",
            "cpu-quota",
            "cpu-shares",
            "cpuset-cpus",
            "cpuset-mems",
            "default-load",
            NETWORK);

    /**
     * Why the network is refused. On the network of the host, of another container, or on one of the engine's, a build
     * could reach other services such as databases.
     */
    Optional<String> refusedNetwork() {
        String network = spec.options().network();
        String asked = null;
        if (isPower(network)) {
            asked = "network is '" + network + "'";
        } else if (spec.options().allow().contains(HOST_ENTITLEMENT)) {
            asked = "allow has " + HOST_ENTITLEMENT;
        } else if (asker.ownBuilder() && isPower(builder().driverOpts().get(NETWORK))) {
            asked = "builder driverOpts have 'network=" + builder().driverOpts().get(NETWORK) + "'";
        } else if (asker.ownBuilder()
                && nodeOptions().anyMatch(option -> option.getKey().equals(NETWORK) && isPower(option.getValue()))) {
            asked = "builder nodes have one with a network of the engine";
        } else if (asker.ownBuilder() && flags().anyMatch(flag -> flag.contains(HOST_ENTITLEMENT))) {
            asked = "builder buildkitdFlags grant " + HOST_ENTITLEMENT;
        }
        return Optional.ofNullable(asked)
                .map(text -> text + ": jobs may use only the networks default, none and bridge, not that of the host, "
                        + "of another container or a named one (insecure policy: hostNetwork).");
    }

    private static boolean isPower(String network) {
        return network != null && !PLAIN_NETWORKS.contains(network);
    }

    /**
     * Why the builder is refused. BuildKit runs in a privileged container, so whoever decides what it runs has the
     * power of root without any insecure RUN. Whoever names an endpoint sends it the secrets of the build.
     */
    Optional<String> refusedBuilder() {
        return cgroup().or(this::devices).or(this::ownBuilder);
    }

    private Optional<String> cgroup() {
        return Optional.ofNullable(spec.options().cgroupParent())
                .map(group -> "cgroupParent is '" + group
                        + "': jobs may not choose the control group of a build, since "
                        + "the limits of the agent's own do not hold in another. Omit it (insecure policy: "
                        + "builderSettings).");
    }

    private Optional<String> devices() {
        return spec.options().allowsDevices()
                ? Optional.of("allow has device: jobs may not use devices of the machine that builds, or what comes "
                        + "with them. Omit it (insecure policy: builderSettings).")
                : Optional.empty();
    }

    private Optional<String> ownBuilder() {
        if (!asker.ownBuilder()) {
            return Optional.empty();
        }
        return Optional.ofNullable(endpoint().or(this::settings).orElse(null))
                .map(text -> text + ": jobs may not choose what BuildKit runs or where it runs. "
                        + "Use the builder of the system configuration (insecure policy: builderSettings).");
    }

    private Optional<String> endpoint() {
        if (builder().driver() == Driver.REMOTE) {
            return Optional.of(
                    "builder endpoint is '" + String.join(" ", builder().endpoints()) + "'");
        }
        return builder().nodes().stream()
                .map(BuilderNode::endpoint)
                .filter(Objects::nonNull)
                .findFirst()
                .map(endpoint -> "builder nodes have '" + endpoint + "'");
    }

    private Optional<String> settings() {
        // With auto, the builder may be in a container.
        if (!builder().driver().runsBuildkit() && builder().driver() != Driver.AUTO) {
            return Optional.empty();
        }
        return image().or(() ->
                        Optional.ofNullable(builder().buildkitdConfig()).map(text -> "builder buildkitdConfig is set"))
                .or(() -> builder().driverOpts().keySet().stream()
                        .filter(name -> !LIMITS.contains(name))
                        .findFirst()
                        .map(name -> "builder driverOpts have '" + name + "'"))
                .or(() -> nodeOptions()
                        .map(Map.Entry::getKey)
                        .filter(name -> !LIMITS.contains(name))
                        .findFirst()
                        .map(name -> "builder nodes have '" + name + "'"))
                .or(() -> flags().filter(flag -> !HOST_FLAGS.contains(flag) && !flag.equals("--debug"))
                        .findFirst()
                        .map(flag -> "builder buildkitdFlags have '" + flag + "'"));
    }

    private Optional<String> image() {
        String image = builder().image();
        if (image.equals(BuilderSpec.DEFAULT_IMAGE) || image.equals(asker.configuredImage())) {
            return Optional.empty();
        }
        boolean official =
                ImageReference.parse(image).map(ImageReference::canonicalName).equals(Optional.of(OFFICIAL_BUILDKIT));
        if (official && isSound(ImageReference.parse(image).orElseThrow())) {
            return Optional.empty();
        }
        return Optional.of("builder image is '" + image + "'"
                + (official
                        ? ", and only releases from v0.28.1, without a digest, are known to have no such "
                                + "vulnerability"
                        : ""));
    }

    /** With a digest, the tag is ignored. */
    private static boolean isSound(ImageReference image) {
        Matcher release = RELEASE.matcher(image.tag() == null || image.digest() != null ? "" : image.tag());
        if (!release.matches()) {
            return false;
        }
        for (int i = 0; i < SOUND.length; i++) {
            int part = Integer.parseInt(release.group(i + 1));
            if (part != SOUND[i]) {
                return part > SOUND[i];
            }
        }
        return true;
    }

    private BuilderSpec builder() {
        return spec.builder();
    }

    private Stream<String> flags() {
        return builder().buildkitdFlags().stream();
    }

    private Stream<Map.Entry<String, String>> nodeOptions() {
        return builder().nodes().stream().flatMap(node -> node.driverOpts().entrySet().stream());
    }
}
