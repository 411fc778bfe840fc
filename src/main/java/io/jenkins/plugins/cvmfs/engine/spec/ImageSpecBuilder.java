package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.Pin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a derived image's options as a user wrote them and makes the {@link ImageSpec}, or tells every mistake.
 *
 * <p>Every front end fills this and nothing else. A null, or an empty text where a text is optional, means that the
 * option was not given. The options' meanings are those of {@link ImageSpec}, {@link BuildOptions}, {@link BuilderSpec}
 * and {@link CvmfsClient}.
 */
public final class ImageSpecBuilder extends GivenBuilder<ImageSpecBuilder> {
    final List<String> tags = new ArrayList<>();
    String dockerfile;
    String context;
    String target;
    String setup;
    String setupFile;
    String setupUrl;
    String setupSha256;
    String baseImage;
    String strategy;
    String mounts;
    String cvmfsHttpProxy;
    String cvmfsQuotaLimit;
    String cvmfsProfile;
    Boolean cvmfsUseCdn;
    String cvmfsCacheBase;
    final List<String> cvmfsPins = new ArrayList<>();
    final Map<String, String> cvmfsParameters = new LinkedHashMap<>();
    String uid;
    String gid;
    Boolean load;
    boolean push;
    boolean insecure = true;
    String smokeTest;
    boolean wipeCache = true;
    final Map<String, String> buildArgs = new LinkedHashMap<>();
    final Map<String, String> labels = new LinkedHashMap<>();
    final List<String> annotations = new ArrayList<>();
    final List<String> platforms = new ArrayList<>();
    final Map<String, String> buildContexts = new LinkedHashMap<>();
    final List<String> cacheFrom = new ArrayList<>();
    final List<String> cacheTo = new ArrayList<>();
    boolean noCache;
    boolean pull;
    final List<String> secrets = new ArrayList<>();
    final List<String> ssh = new ArrayList<>();
    String provenance;
    String sbom;
    final List<String> outputs = new ArrayList<>();
    final List<String> addHosts = new ArrayList<>();
    String network;
    final List<String> ulimits = new ArrayList<>();
    String shmSize;
    String call;

    /**
     * Checks everything.
     *
     * @param files tells which of the named files are there
     * @throws InvalidSpecException with every mistake, if there is any
     */
    public ImageSpec build(WorkspaceFiles files) throws InvalidSpecException {
        return new SpecRules(this, files).apply();
    }

    @Override
    ImageSpecBuilder self() {
        return this;
    }

    public ImageSpecBuilder tags(Collection<String> values) {
        tags.addAll(values);
        return this;
    }

    public ImageSpecBuilder dockerfile(String value) {
        dockerfile = given(value);
        return this;
    }

    public ImageSpecBuilder context(String value) {
        context = given(value);
        return this;
    }

    public ImageSpecBuilder target(String value) {
        target = given(value);
        return this;
    }

    /** The setup script itself. */
    public ImageSpecBuilder setup(String value) {
        setup = given(value);
        return this;
    }

    /** The path of the setup script. */
    public ImageSpecBuilder setupFile(String value) {
        setupFile = given(value);
        return this;
    }

    /** Where the agent fetches the setup script. */
    public ImageSpecBuilder setupUrl(String value) {
        setupUrl = given(value);
        return this;
    }

    /** The digest of the script that is fetched. */
    public ImageSpecBuilder setupSha256(String value) {
        setupSha256 = given(value);
        return this;
    }

    public ImageSpecBuilder baseImage(String value) {
        baseImage = given(value);
        return this;
    }

    public ImageSpecBuilder strategy(String value) {
        strategy = given(value);
        return this;
    }

    public ImageSpecBuilder mounts(String value) {
        mounts = value;
        return this;
    }

    public ImageSpecBuilder cvmfsHttpProxy(String value) {
        cvmfsHttpProxy = given(value);
        return this;
    }

    public ImageSpecBuilder cvmfsQuotaLimit(String value) {
        cvmfsQuotaLimit = given(value);
        return this;
    }

    public ImageSpecBuilder cvmfsProfile(String value) {
        cvmfsProfile = given(value);
        return this;
    }

    /** Null leaves it to the base image's configuration. */
    public ImageSpecBuilder cvmfsUseCdn(Boolean value) {
        cvmfsUseCdn = value;
        return this;
    }

    public ImageSpecBuilder cvmfsCacheBase(String value) {
        cvmfsCacheBase = given(value);
        return this;
    }

    /** Takes entries as {@link Pin} reads them. */
    public ImageSpecBuilder cvmfsPins(Collection<String> values) {
        cvmfsPins.addAll(values);
        return this;
    }

    public ImageSpecBuilder cvmfsParameters(Map<String, String> values) {
        cvmfsParameters.putAll(values);
        return this;
    }

    /** Takes {@code CVMFS_NAME=value} entries. */
    public ImageSpecBuilder cvmfsParameters(Collection<String> entries) {
        return pairs("cvmfsParameters", entries, cvmfsParameters);
    }

    public ImageSpecBuilder uid(String value) {
        uid = given(value);
        return this;
    }

    public ImageSpecBuilder gid(String value) {
        gid = given(value);
        return this;
    }

    /** Null stands for the default: load unless something else is done with the image. */
    public ImageSpecBuilder load(Boolean value) {
        load = value;
        return this;
    }

    public ImageSpecBuilder push(boolean value) {
        push = value;
        return this;
    }

    public ImageSpecBuilder insecure(boolean value) {
        insecure = value;
        return this;
    }

    /** A command for the shell of the image. */
    public ImageSpecBuilder smokeTest(String value) {
        smokeTest = given(value);
        return this;
    }

    public ImageSpecBuilder wipeCache(boolean value) {
        wipeCache = value;
        return this;
    }

    public ImageSpecBuilder buildArgs(Map<String, String> values) {
        buildArgs.putAll(values);
        return this;
    }

    /** Takes {@code NAME=value} entries. */
    public ImageSpecBuilder buildArgs(Collection<String> entries) {
        return pairs("buildArgs", entries, buildArgs);
    }

    public ImageSpecBuilder labels(Map<String, String> values) {
        labels.putAll(values);
        return this;
    }

    /** Takes {@code key=value} entries. */
    public ImageSpecBuilder labels(Collection<String> entries) {
        return pairs("labels", entries, labels);
    }

    public ImageSpecBuilder annotations(Collection<String> values) {
        annotations.addAll(values);
        return this;
    }

    public ImageSpecBuilder platforms(Collection<String> values) {
        platforms.addAll(values);
        return this;
    }

    public ImageSpecBuilder buildContexts(Map<String, String> values) {
        buildContexts.putAll(values);
        return this;
    }

    /** Takes {@code name=path} entries. */
    public ImageSpecBuilder buildContexts(Collection<String> entries) {
        return pairs("buildContexts", entries, buildContexts);
    }

    public ImageSpecBuilder cacheFrom(Collection<String> values) {
        cacheFrom.addAll(values);
        return this;
    }

    public ImageSpecBuilder cacheTo(Collection<String> values) {
        cacheTo.addAll(values);
        return this;
    }

    public ImageSpecBuilder noCache(boolean value) {
        noCache = value;
        return this;
    }

    public ImageSpecBuilder pull(boolean value) {
        pull = value;
        return this;
    }

    public ImageSpecBuilder secrets(Collection<String> values) {
        secrets.addAll(values);
        return this;
    }

    public ImageSpecBuilder ssh(Collection<String> values) {
        ssh.addAll(values);
        return this;
    }

    public ImageSpecBuilder provenance(String value) {
        provenance = given(value);
        return this;
    }

    public ImageSpecBuilder sbom(String value) {
        sbom = given(value);
        return this;
    }

    public ImageSpecBuilder outputs(Collection<String> values) {
        outputs.addAll(values);
        return this;
    }

    public ImageSpecBuilder addHosts(Collection<String> values) {
        addHosts.addAll(values);
        return this;
    }

    public ImageSpecBuilder network(String value) {
        network = given(value);
        return this;
    }

    public ImageSpecBuilder ulimits(Collection<String> values) {
        ulimits.addAll(values);
        return this;
    }

    public ImageSpecBuilder shmSize(String value) {
        shmSize = given(value);
        return this;
    }

    public ImageSpecBuilder call(String value) {
        call = given(value);
        return this;
    }
}
