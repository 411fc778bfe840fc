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
 * @param name the builder's name, or null for one derived from the other settings
 * @param driver what runs BuildKit
 * @param keep whether a builder created by the build stays for the next one
 * @param settings the rest of {@link BuilderTable}; with {@code auto}, used if the builder is created
 * @param nodes the builder's nodes besides the first
 */
public record BuilderSpec(String name, Driver driver, boolean keep, GivenOptions settings, List<BuilderNode> nodes) {
    /** The default BuildKit image. */
    public static final String DEFAULT_IMAGE = BuilderTable.DEFAULT_IMAGE;

    /** The suffix of tags of rootless BuildKit images. */
    static final String ROOTLESS = "-rootless";

    /** The engine's own builder, or a kept docker-container builder with all defaults. */
    public static final BuilderSpec DEFAULT = new BuilderSpec(null, Driver.AUTO, true, new GivenOptions(), List.of());

    /** Whether the build creates the builder if it is missing, or may do so. */
    public boolean made() {
        return driver.runsBuildkit() || driver == Driver.REMOTE || driver == Driver.AUTO;
    }

    /** The endpoint of the only buildkitd of a {@code remote} builder, otherwise null. */
    public String endpoint() {
        return endpoints().size() == 1 ? endpoints().get(0) : null;
    }

    /** Where the buildkitds of a {@code remote} builder listen, of which one builds an image. */
    public List<String> endpoints() {
        return settings.words(BuilderTable.ENDPOINT);
    }

    /** The same with one of its endpoints. */
    public BuilderSpec at(String endpoint) {
        return new BuilderSpec(name, driver, keep, settings.copy().give(BuilderTable.ENDPOINT, endpoint), nodes);
    }

    /** The BuildKit image of a {@code docker-container} or {@code kubernetes} builder. */
    public String image() {
        if (settings.has(BuilderTable.IMAGE)) {
            return settings.text(BuilderTable.IMAGE);
        }
        return rootless() ? DEFAULT_IMAGE + ROOTLESS : DEFAULT_IMAGE;
    }

    /** Whether the pods of a {@code kubernetes} builder are rootless, which needs another image. */
    private boolean rootless() {
        return driver == Driver.KUBERNETES && isRootless(settings);
    }

    static boolean isRootless(GivenOptions given) {
        String asked = given.map(BuilderTable.DRIVER_OPTS).getOrDefault("rootless", "");
        return List.of("1", "t", "true").contains(asked.toLowerCase(Locale.ROOT));
    }

    /** Whether the pods of a {@code kubernetes} builder keep the cache in a volume. */
    public boolean hasVolume() {
        return driver == Driver.KUBERNETES && driverOpts().containsKey(BuilderTable.VOLUME);
    }

    /** Options of the driver, such as {@code network=host}, including the files of a client certificate. */
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

    /** The text of {@code buildkitd.toml}; empty if nothing needs to be configured. */
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
