package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.ContainerTable;
import io.jenkins.plugins.cvmfs.engine.options.ControlTable;
import io.jenkins.plugins.cvmfs.engine.options.Csv;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options of docker besides the image's source and builder; {@link BuildTable} explains each. Options that docker
 * gets unchanged need no method here.
 */
public final class BuildOptions {
    private static final String BUILD = "build";

    private final GivenOptions values;

    BuildOptions(GivenOptions values) {
        this.values = values;
    }

    public Map<String, String> buildArgs() {
        return values.map(BuildTable.BUILD_ARGS);
    }

    public Map<String, String> labels() {
        return values.map(BuildTable.LABELS);
    }

    public List<String> annotations() {
        return values.list(BuildTable.ANNOTATIONS);
    }

    public List<String> platforms() {
        return values.list(BuildTable.PLATFORMS);
    }

    public Map<String, String> buildContexts() {
        return values.map(BuildTable.BUILD_CONTEXTS);
    }

    public List<String> cacheFrom() {
        return with(RegistryCache.of(values).map(RegistryCache::from), values.list(BuildTable.CACHE_FROM));
    }

    public List<String> cacheTo() {
        return with(RegistryCache.of(values).map(RegistryCache::to), values.list(BuildTable.CACHE_TO));
    }

    private static List<String> with(Optional<String> first, List<String> others) {
        return Stream.concat(first.stream(), others.stream()).toList();
    }

    public boolean noCache() {
        return values.flag(BuildTable.NO_CACHE);
    }

    public boolean pull() {
        return values.flag(BuildTable.PULL);
    }

    public List<String> secrets() {
        return values.list(BuildTable.SECRETS);
    }

    public List<String> ssh() {
        return values.list(BuildTable.SSH);
    }

    /** The provenance attestation, or null for the default. */
    public String provenance() {
        return values.text(BuildTable.PROVENANCE);
    }

    /** The attestations given with all attributes. */
    public List<String> attestations() {
        return values.list(ControlTable.ATTESTS);
    }

    /** Whether an attestation of a type is given with all attributes. */
    public boolean attestsInFull(String type) {
        return attestations().stream()
                .flatMap(row -> Csv.fields(row).stream())
                .anyMatch(fields -> fields.contains("type=" + type));
    }

    /** Whether the attestations given with all attributes include an enabled SBOM. */
    public static boolean isSbom(String attestation) {
        return ControlTable.isOn(attestation)
                && Csv.fields(attestation).stream().anyMatch(fields -> fields.contains("type=sbom"));
    }

    /** The entitlements requested by name. */
    public List<String> allow() {
        return values.list(ControlTable.ALLOW);
    }

    /** Whether a RUN may use CDI devices that its builder grants only with an entitlement. */
    public boolean allowsDevices() {
        return allow().stream().anyMatch(entitlement -> entitlement.startsWith(ControlTable.DEVICE));
    }

    /** Whether the build, or one of its RUNs, may use the network of the machine. */
    public boolean hasHostNetwork() {
        return "host".equals(network()) || allow().contains(ControlTable.HOST_NETWORK);
    }

    /** The SBOM attestation, or null for the default. */
    public String sbom() {
        return values.text(BuildTable.SBOM);
    }

    public List<String> outputs() {
        return values.list(BuildTable.OUTPUTS);
    }

    /**
     * Whether an output is a directory or an archive of files, which buildx does not support together with
     * {@code --iidfile}.
     */
    public boolean writesFiles() {
        return outputs().stream()
                .flatMap(output -> Csv.fields(output).stream())
                .anyMatch(fields -> fields.contains("type=local")
                        || fields.contains("type=tar")
                        || fields.size() == 1 && !fields.get(0).startsWith("type="));
    }

    /** Whether the record lists the files of outputs. */
    public boolean recordsOutputs() {
        return values.flag(ControlTable.RECORD_OUTPUTS);
    }

    /** Whether the record contains what only the registry knows. */
    public boolean recordsManifest() {
        return values.flag(ControlTable.RECORD_MANIFEST);
    }

    /** Whether the files of outputs are kept. */
    public boolean archivesOutputs() {
        return values.flag(ControlTable.ARCHIVE_OUTPUTS);
    }

    /** Whether buildx's own record of the build is kept. */
    public boolean exportsRecord() {
        return values.flag(ControlTable.BUILD_RECORD);
    }

    /** The paths that outputs write to, by output, in order. */
    public Map<String, String> outputPaths() {
        Map<String, String> paths = new LinkedHashMap<>();
        outputs()
                .forEach(output -> BuildTable.OUTPUTS.paths().in(output).stream()
                        .findFirst()
                        .ifPresent(path -> paths.put(output, path)));
        return paths;
    }

    public List<String> addHosts() {
        return values.list(ContainerTable.ADD_HOSTS);
    }

    /** The network of the build, or null. */
    public String network() {
        return values.text(ContainerTable.NETWORK);
    }

    public List<String> ulimits() {
        return values.list(ContainerTable.ULIMITS);
    }

    /** The size of /dev/shm, or null. */
    public String shmSize() {
        return values.text(ContainerTable.SHM_SIZE);
    }

    /** The parent control group of the build's processes, or null. */
    public String cgroupParent() {
        return values.text(ContainerTable.CGROUP_PARENT);
    }

    /** The calls of the Dockerfile's frontend besides a build, each once. */
    public List<String> calls() {
        return BuildTable.CALL.choices().stream()
                .filter(call ->
                        !call.equals(BUILD) && values.list(BuildTable.CALL).contains(call))
                .toList();
    }

    /** The values of an option that docker gets unchanged: one text for each occurrence. */
    public List<String> plain(Option option) {
        return switch (option.kind()) {
            case MAP ->
                values.map(option).entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList();
            case LIST ->
                option == BuildTable.CACHE_FROM
                        ? cacheFrom()
                        : option == BuildTable.CACHE_TO ? cacheTo() : values.list(option);
            default -> values.has(option) ? List.of(values.shown(option)) : List.of();
        };
    }

    /** Whether an image is built, rather than only calling the Dockerfile's frontend. */
    public boolean makesImage() {
        return makesImage(values);
    }

    static boolean makesImage(GivenOptions given) {
        return !given.has(BuildTable.CALL) || given.list(BuildTable.CALL).contains(BUILD);
    }

    /** Whether the image has attestations. */
    public boolean attests() {
        return isAsked(provenance())
                || isAsked(sbom())
                || attestations().stream().anyMatch(ControlTable::isOn);
    }

    private static boolean isAsked(String attestation) {
        return attestation != null && !attestation.equals("false");
    }
}
