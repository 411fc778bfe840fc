package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.CacheTable;
import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.ContainerTable;
import io.jenkins.plugins.cvmfs.engine.options.ControlTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.NameTable;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The options of the table by their names, for tests that read like a description. */
public final class ImageSpecBuilder {
    private GivenOptions given = new GivenOptions();

    /** The options as a front end fills them. */
    public GivenOptions given() {
        return given;
    }

    public ImageSpec build(WorkspaceFiles files) throws InvalidSpecException {
        return ImageSpec.of(given, files);
    }

    public ImageSpecBuilder tags(Collection<String> value) {
        given.give(ImageTable.TAGS, value);
        return this;
    }

    public ImageSpecBuilder tagRules(Collection<String> value) {
        given.give(NameTable.TAG_RULES, value);
        return this;
    }

    public ImageSpecBuilder ociMetadata(String value) {
        return set(NameTable.OCI_METADATA, value);
    }

    public ImageSpecBuilder dockerfile(String value) {
        return set(ImageTable.DOCKERFILE, value);
    }

    public ImageSpecBuilder context(String value) {
        return set(ImageTable.CONTEXT, value);
    }

    public ImageSpecBuilder target(String value) {
        return set(ImageTable.TARGET, value);
    }

    public ImageSpecBuilder setup(String value) {
        return set(ImageTable.SETUP, value);
    }

    public ImageSpecBuilder setupFile(String value) {
        return set(ImageTable.SETUP_FILE, value);
    }

    public ImageSpecBuilder setupUrl(String value) {
        return set(ImageTable.SETUP_URL, value);
    }

    public ImageSpecBuilder setupSha256(String value) {
        return set(ImageTable.SETUP_SHA256, value);
    }

    public ImageSpecBuilder baseImage(String value) {
        return set(ImageTable.BASE_IMAGE, value);
    }

    public ImageSpecBuilder strategy(String value) {
        return set(ImageTable.STRATEGY, value);
    }

    public ImageSpecBuilder mounts(String value) {
        return set(ImageTable.MOUNTS, value);
    }

    public ImageSpecBuilder cvmfsAccess(String value) {
        return set(ClientTable.ACCESS, value);
    }

    public ImageSpecBuilder cvmfsHostPath(String value) {
        return set(ClientTable.HOST_PATH, value);
    }

    public ImageSpecBuilder cvmfsHttpProxy(String value) {
        return set(ClientTable.HTTP_PROXY, value);
    }

    public ImageSpecBuilder cvmfsQuotaLimit(String value) {
        return set(ClientTable.QUOTA_LIMIT, value);
    }

    public ImageSpecBuilder cvmfsProfile(String value) {
        return set(ClientTable.PROFILE, value);
    }

    public ImageSpecBuilder cvmfsUseCdn(Boolean value) {
        return set(ClientTable.USE_CDN, value);
    }

    public ImageSpecBuilder cvmfsCacheBase(String value) {
        return set(ClientTable.CACHE_BASE, value);
    }

    public ImageSpecBuilder cvmfsPins(Collection<String> value) {
        given.give(ClientTable.PINS, value);
        return this;
    }

    public ImageSpecBuilder cvmfsParameters(Map<String, String> value) {
        given.give(ClientTable.PARAMETERS, value);
        return this;
    }

    public ImageSpecBuilder cvmfsParameters(Collection<String> value) {
        given.give(ClientTable.PARAMETERS, value);
        return this;
    }

    public ImageSpecBuilder uid(String value) {
        return set(ImageTable.UID, value);
    }

    public ImageSpecBuilder gid(String value) {
        return set(ImageTable.GID, value);
    }

    public ImageSpecBuilder load(Boolean value) {
        return set(ImageTable.LOAD, value);
    }

    public ImageSpecBuilder push(boolean value) {
        return set(ImageTable.PUSH, value);
    }

    public ImageSpecBuilder insecure(boolean value) {
        return set(ImageTable.INSECURE, value);
    }

    public ImageSpecBuilder smokeTest(String value) {
        return set(ImageTable.SMOKE_TEST, value);
    }

    public ImageSpecBuilder wipeCache(boolean value) {
        return set(ImageTable.WIPE_CACHE, value);
    }

    public ImageSpecBuilder buildArgs(Map<String, String> value) {
        given.give(BuildTable.BUILD_ARGS, value);
        return this;
    }

    public ImageSpecBuilder buildArgs(Collection<String> value) {
        given.give(BuildTable.BUILD_ARGS, value);
        return this;
    }

    public ImageSpecBuilder labels(Map<String, String> value) {
        given.give(BuildTable.LABELS, value);
        return this;
    }

    public ImageSpecBuilder labels(Collection<String> value) {
        given.give(BuildTable.LABELS, value);
        return this;
    }

    public ImageSpecBuilder annotations(Collection<String> value) {
        given.give(BuildTable.ANNOTATIONS, value);
        return this;
    }

    public ImageSpecBuilder platforms(Collection<String> value) {
        given.give(BuildTable.PLATFORMS, value);
        return this;
    }

    public ImageSpecBuilder buildContexts(Map<String, String> value) {
        given.give(BuildTable.BUILD_CONTEXTS, value);
        return this;
    }

    public ImageSpecBuilder buildContexts(Collection<String> value) {
        given.give(BuildTable.BUILD_CONTEXTS, value);
        return this;
    }

    public ImageSpecBuilder cache(String value) {
        return set(CacheTable.CACHE, value);
    }

    public ImageSpecBuilder cacheFrom(Collection<String> value) {
        given.give(BuildTable.CACHE_FROM, value);
        return this;
    }

    public ImageSpecBuilder cacheTo(Collection<String> value) {
        given.give(BuildTable.CACHE_TO, value);
        return this;
    }

    public ImageSpecBuilder noCache(boolean value) {
        return set(BuildTable.NO_CACHE, value);
    }

    public ImageSpecBuilder pull(boolean value) {
        return set(BuildTable.PULL, value);
    }

    public ImageSpecBuilder secrets(Collection<String> value) {
        given.give(BuildTable.SECRETS, value);
        return this;
    }

    public ImageSpecBuilder ssh(Collection<String> value) {
        given.give(BuildTable.SSH, value);
        return this;
    }

    public ImageSpecBuilder provenance(String value) {
        return set(BuildTable.PROVENANCE, value);
    }

    public ImageSpecBuilder sbom(String value) {
        return set(BuildTable.SBOM, value);
    }

    public ImageSpecBuilder outputs(Collection<String> value) {
        given.give(BuildTable.OUTPUTS, value);
        return this;
    }

    public ImageSpecBuilder addHosts(Collection<String> value) {
        given.give(ContainerTable.ADD_HOSTS, value);
        return this;
    }

    public ImageSpecBuilder network(String value) {
        return set(ContainerTable.NETWORK, value);
    }

    public ImageSpecBuilder ulimits(Collection<String> value) {
        given.give(ContainerTable.ULIMITS, value);
        return this;
    }

    public ImageSpecBuilder shmSize(String value) {
        return set(ContainerTable.SHM_SIZE, value);
    }

    public ImageSpecBuilder cgroupParent(String value) {
        return set(ContainerTable.CGROUP_PARENT, value);
    }

    public ImageSpecBuilder call(Collection<String> value) {
        given.give(BuildTable.CALL, value);
        return this;
    }

    public ImageSpecBuilder noCacheFilters(Collection<String> value) {
        given.give(BuildTable.NO_CACHE_FILTERS, value);
        return this;
    }

    public ImageSpecBuilder resources(Map<String, String> value) {
        given.give(ContainerTable.RESOURCES, value);
        return this;
    }

    public ImageSpecBuilder resources(Collection<String> value) {
        given.give(ContainerTable.RESOURCES, value);
        return this;
    }

    public ImageSpecBuilder allow(Collection<String> value) {
        given.give(ControlTable.ALLOW, value);
        return this;
    }

    public ImageSpecBuilder policy(Collection<String> value) {
        given.give(ControlTable.POLICY_FILES, value);
        return this;
    }

    public ImageSpecBuilder attests(Collection<String> value) {
        given.give(ControlTable.ATTESTS, value);
        return this;
    }

    public ImageSpecBuilder recordManifest(boolean value) {
        return set(ControlTable.RECORD_MANIFEST, value);
    }

    public ImageSpecBuilder recordOutputs(boolean value) {
        return set(ControlTable.RECORD_OUTPUTS, value);
    }

    public ImageSpecBuilder archiveOutputs(boolean value) {
        return set(ControlTable.ARCHIVE_OUTPUTS, value);
    }

    public ImageSpecBuilder buildRecord(boolean value) {
        return set(ControlTable.BUILD_RECORD, value);
    }

    public ImageSpecBuilder progress(String value) {
        return set(ControlTable.PROGRESS, value);
    }

    public ImageSpecBuilder builderName(String value) {
        return set(BuilderTable.NAME, value);
    }

    public ImageSpecBuilder builderDriver(String value) {
        return set(BuilderTable.DRIVER, value);
    }

    public ImageSpecBuilder builderEndpoint(String value) {
        return set(BuilderTable.ENDPOINT, value);
    }

    public ImageSpecBuilder builderImage(String value) {
        return set(BuilderTable.IMAGE, value);
    }

    public ImageSpecBuilder builderKeep(boolean value) {
        return set(BuilderTable.KEEP, value);
    }

    public ImageSpecBuilder builderDriverOpts(Map<String, String> value) {
        given.give(BuilderTable.DRIVER_OPTS, value);
        return this;
    }

    public ImageSpecBuilder builderDriverOpts(Collection<String> value) {
        given.give(BuilderTable.DRIVER_OPTS, value);
        return this;
    }

    public ImageSpecBuilder builderCertificates(Map<String, String> value) {
        given.give(BuilderTable.CERTIFICATES, value);
        return this;
    }

    public ImageSpecBuilder builderNodes(Collection<String> value) {
        given.give(BuilderTable.NODES, value);
        return this;
    }

    public ImageSpecBuilder builderGc(Map<String, String> value) {
        given.give(BuilderTable.GC, value);
        return this;
    }

    public ImageSpecBuilder builderGc(Collection<String> value) {
        given.give(BuilderTable.GC, value);
        return this;
    }

    public ImageSpecBuilder buildkitdConfig(String value) {
        return set(BuilderTable.CONFIG, value);
    }

    public ImageSpecBuilder buildkitdFlags(Collection<String> value) {
        given.give(BuilderTable.FLAGS, value);
        return this;
    }

    private ImageSpecBuilder set(Option option, Object value) {
        given = given.without(List.of(option)).give(option, value);
        return this;
    }
}
