package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The builder that a build uses.
 *
 * @param name the builder instance's name, or null for one that follows from the other settings
 * @param driver what runs BuildKit
 * @param keep whether a builder that the build made stays for the next one
 * @param settings the rest of {@link BuilderTable}; with {@code auto} it is for the case that the builder is made
 * @param nodes what the builder has besides its first node
 */
public record BuilderSpec(String name, Driver driver, boolean keep, GivenOptions settings, List<BuilderNode> nodes) {
    /** The BuildKit that a builder runs unless said otherwise. */
    public static final String DEFAULT_IMAGE = BuilderTable.DEFAULT_IMAGE;

    /** The option of driver kubernetes by which the cache is in a volume of a StatefulSet. */
    public static final String VOLUME = "persistent-volume-claim.requests.storage";

    /** How the tags of BuildKit's images end that need no root. */
    static final String ROOTLESS = "-rootless";

    /** The engine's own builder, or a kept docker-container builder with all defaults. */
    public static final BuilderSpec DEFAULT = new BuilderSpec(null, Driver.AUTO, true, new GivenOptions(), List.of());

    /** Whether the build makes the builder when it is missing, or may do so. */
    public boolean made() {
        return driver.runsBuildkit() || driver == Driver.REMOTE || driver == Driver.AUTO;
    }

    /** Where the buildkitd of a {@code remote} builder listens, otherwise null. */
    public String endpoint() {
        return settings.text(BuilderTable.ENDPOINT);
    }

    /** The BuildKit image of a {@code docker-container} or {@code kubernetes} builder. */
    public String image() {
        if (settings.has(BuilderTable.IMAGE)) {
            return settings.text(BuilderTable.IMAGE);
        }
        return rootless() ? DEFAULT_IMAGE + ROOTLESS : DEFAULT_IMAGE;
    }

    /** Whether the pods of a {@code kubernetes} builder are without root, which takes an image of its own. */
    boolean rootless() {
        String asked = settings.map(BuilderTable.DRIVER_OPTS).getOrDefault("rootless", "");
        return driver == Driver.KUBERNETES && List.of("1", "t", "true").contains(asked.toLowerCase(Locale.ROOT));
    }

    /** Whether the pods of a {@code kubernetes} builder have the cache in a volume. */
    public boolean hasVolume() {
        return driver == Driver.KUBERNETES && driverOpts().containsKey(VOLUME);
    }

    /** Options of the driver, such as {@code network=host}, with the files of a client certificate. */
    public Map<String, String> driverOpts() {
        return driverOpts(settings);
    }

    static Map<String, String> driverOpts(GivenOptions given) {
        Map<String, String> all = new LinkedHashMap<>(given.map(BuilderTable.DRIVER_OPTS));
        all.putAll(given.map(BuilderTable.CERTIFICATES));
        return all;
    }

    /** Further flags of buildkitd. */
    public List<String> buildkitdFlags() {
        return settings.list(BuilderTable.FLAGS);
    }

    /** The text of {@code buildkitd.toml} that was given, or null. */
    public String buildkitdConfig() {
        return settings.text(BuilderTable.CONFIG);
    }

    /** The text of {@code buildkitd.toml}; empty if there is nothing to say. */
    public Optional<String> configuration() {
        Map<String, String> limits = settings.map(BuilderTable.GC);
        String given = buildkitdConfig();
        if (limits.isEmpty()) {
            return Optional.ofNullable(given);
        }
        StringBuilder text = new StringBuilder(given == null ? "" : given.stripTrailing() + "\n\n");
        text.append("[worker.oci]\ngc = true\n");
        limits.forEach(
                (name, value) -> text.append(name).append(" = \"").append(value).append("\"\n"));
        return Optional.of(text.toString());
    }

    /** The same with another driver. */
    public BuilderSpec with(Driver other) {
        return new BuilderSpec(name, other, keep, settings, nodes);
    }
}
