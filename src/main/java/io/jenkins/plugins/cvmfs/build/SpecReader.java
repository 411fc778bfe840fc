package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.model.Node;
import io.jenkins.plugins.cvmfs.config.BuilderOptions;
import io.jenkins.plugins.cvmfs.config.ClientOptions;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Makes the engine's description of an image out of the options of a step, with the configuration's defaults. */
public final class SpecReader {
    private final ImageOptions options;
    private final DerivedImageConfiguration configuration;
    private final Node node;
    private final UnaryOperator<String> expansion;

    /**
     * @param node where it is built, or null
     * @param expansion of variables in the options
     */
    SpecReader(
            ImageOptions options, DerivedImageConfiguration configuration, Node node, UnaryOperator<String> expansion) {
        this.options = options;
        this.configuration = configuration;
        this.node = node;
        this.expansion = expansion;
    }

    /**
     * The description.
     *
     * @param files of the workspace
     * @param secrets of the build
     * @param directory the private directory's path on the agent, where the secrets are
     */
    ImageSpec read(WorkspaceFiles files, SecretFiles secrets, String directory)
            throws InvalidSpecException, AbortException {
        ImageSpecBuilder builder = new ImageSpecBuilder()
                .tags(expanded(options.getTags()))
                .dockerfile(expanded(options.getDockerfile()))
                .context(expanded(options.getContext()))
                .target(expanded(options.getTarget()))
                // A script has variables of its own.
                .setup(options.getSetup())
                .setupFile(expanded(options.getSetupFile()))
                .setupUrl(expanded(options.getSetupUrl()))
                .setupSha256(expanded(options.getSetupSha256()))
                .baseImage(expanded(options.getBaseImage()))
                .strategy(expanded(options.getStrategy()))
                .mounts(mounts())
                .uid(expanded(options.getUid()))
                .gid(expanded(options.getGid()))
                .load(options.getLoad())
                .push(options.isPush())
                .insecure(options.isInsecure())
                .wipeCache(options.isWipeCache())
                // This, too, is a script.
                .smokeTest(options.getSmokeTest())
                .buildArgs(expanded(options.getBuildArgs()))
                .labels(expanded(options.getLabels()))
                .annotations(expanded(options.getAnnotations()))
                .platforms(expanded(options.getPlatforms()))
                .buildContexts(expanded(options.getBuildContexts()))
                .cacheFrom(expanded(options.getCacheFrom()))
                .cacheTo(expanded(options.getCacheTo()))
                .noCache(options.isNoCache())
                .pull(options.isPull())
                .secrets(secrets.secretSpecs(directory))
                .ssh(expanded(options.getSsh()))
                .ssh(secrets.sshSpecs(directory))
                .provenance(expanded(options.getProvenance()))
                .sbom(expanded(options.getSbom()))
                .outputs(expanded(options.getOutputs()))
                .addHosts(expanded(options.getAddHosts()))
                .network(expanded(options.getNetwork()))
                .ulimits(expanded(options.getUlimits()))
                .shmSize(expanded(options.getShmSize()))
                .call(expanded(options.getCall()));
        defaultBaseImage(builder);
        client(builder);
        builder(builder);
        builder.builderCertificates(secrets.certificates(directory));
        return builder.build(files);
    }

    private String mounts() {
        return options.getMounts() == null ? configuration.getMounts() : expanded(options.getMounts());
    }

    private void client(ImageSpecBuilder builder) {
        Mounts mounts = Mounts.parse(Objects.requireNonNullElse(mounts(), "")).orElse(Mounts.UNSET);
        ClientOptions client = configuration.client(options.getCvmfs(), node, mounts::mayHave);
        builder.cvmfsHttpProxy(expanded(client.getHttpProxy()))
                .cvmfsQuotaLimit(expanded(client.getQuotaLimit()))
                .cvmfsProfile(expanded(client.getProfile()))
                .cvmfsUseCdn(client.getUseCdn())
                .cvmfsCacheBase(expanded(client.getCacheBase()))
                .cvmfsPins(expanded(client.getPins()))
                .cvmfsParameters(expanded(client.getParameters()));
    }

    private void defaultBaseImage(ImageSpecBuilder builder) {
        boolean setup = options.getSetup() != null || options.getSetupFile() != null || options.getSetupUrl() != null;
        if (setup && options.getBaseImage() == null) {
            builder.baseImage(configuration.getBaseImage());
        }
    }

    /** The builder that the step names, else that of the configuration, which no build by commit uses; or null. */
    static BuilderOptions builder(ImageOptions options, DerivedImageConfiguration configuration) {
        boolean own = options.getBuilder() != null || "commit".equals(options.getStrategy());
        return own ? options.getBuilder() : configuration.getBuilder();
    }

    private void builder(ImageSpecBuilder builder) {
        BuilderOptions chosen = builder(options, configuration);
        if (chosen != null) {
            builder.builderName(expanded(chosen.getName()))
                    .builderDriver(expanded(chosen.getDriver()))
                    .builderEndpoint(expanded(chosen.getEndpoint()))
                    .builderImage(expanded(chosen.getImage()))
                    .builderKeep(chosen.isKeep())
                    .builderDriverOpts(expanded(chosen.getDriverOpts()))
                    .builderNodes(expanded(chosen.getNodes()))
                    .builderGc(expanded(chosen.getGc()))
                    .buildkitdConfig(chosen.getBuildkitdConfig())
                    .buildkitdFlags(expanded(chosen.getBuildkitdFlags()));
        }
    }

    private String expanded(String value) {
        return value == null ? null : expansion.apply(value);
    }

    private List<String> expanded(List<String> values) {
        return values.stream().map(this::expanded).toList();
    }
}
