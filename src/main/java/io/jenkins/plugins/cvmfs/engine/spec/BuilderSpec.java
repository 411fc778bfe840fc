package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.Driver;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The builder that a build uses.
 *
 * @param name the builder instance's name, or null for one that follows from the other settings
 * @param driver what runs BuildKit
 * @param endpoint where the buildkitd of a {@code remote} builder listens, otherwise null
 * @param image the BuildKit image of a {@code docker-container} or {@code kubernetes} builder; with {@code auto} this
 *     and the rest are for the case that there is one
 * @param keep whether a builder that the build made stays for the next one
 * @param driverOpts options of the driver, such as {@code network=host}
 * @param buildkitdConfig text of {@code buildkitd.toml}, or null
 * @param buildkitdFlags further flags of buildkitd
 * @param gc BuildKit's limits of its cache by their names in {@code buildkitd.toml}: {@code reservedSpace},
 *     {@code maxUsedSpace}, {@code minFreeSpace}
 * @param nodes what the builder has besides its first node
 */
public record BuilderSpec(
        String name,
        Driver driver,
        String endpoint,
        String image,
        boolean keep,
        Map<String, String> driverOpts,
        String buildkitdConfig,
        List<String> buildkitdFlags,
        Map<String, String> gc,
        List<BuilderNode> nodes) {
    /**
     * The BuildKit that a builder runs unless said otherwise: a release, never a moving tag. It has {@code RUN
     * --security} in its own Dockerfile frontend (from 0.26) and the fixes of CVE-2026-33747 and CVE-2026-33748 (from
     * 0.28.1).
     */
    public static final String DEFAULT_IMAGE = "moby/buildkit:v0.32.2";

    /**
     * How the names of the builders begin that builds make for themselves and share; nobody else may use such a name.
     */
    public static final String RESERVED_PREFIX = "cvmfs-derived-image-";

    /** The engine's own builder, or a kept docker-container builder with all defaults. */
    public static final BuilderSpec DEFAULT = new BuilderSpec(
            null, Driver.AUTO, null, DEFAULT_IMAGE, true, Map.of(), null, List.of(), Map.of(), List.of());

    /** Whether the build makes the builder when it is missing, or may do so. */
    public boolean made() {
        return driver.runsBuildkit() || driver == Driver.REMOTE || driver == Driver.AUTO;
    }

    /** The text of {@code buildkitd.toml}; empty if there is nothing to say. */
    public Optional<String> configuration() {
        if (gc.isEmpty()) {
            return Optional.ofNullable(buildkitdConfig);
        }
        StringBuilder text = new StringBuilder(buildkitdConfig == null ? "" : buildkitdConfig.stripTrailing() + "\n\n");
        text.append("[worker.oci]\ngc = true\n");
        gc.forEach(
                (name, value) -> text.append(name).append(" = \"").append(value).append("\"\n"));
        return Optional.of(text.toString());
    }

    /** The same with another driver. */
    public BuilderSpec with(Driver other) {
        return new BuilderSpec(
                name, other, endpoint, image, keep, driverOpts, buildkitdConfig, buildkitdFlags, gc, nodes);
    }
}
