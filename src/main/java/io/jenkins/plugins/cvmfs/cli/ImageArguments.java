package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.record.Reproduction;
import io.jenkins.plugins.cvmfs.engine.spec.CvmfsClient;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.SecretWarnings;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that describe a derived image; their names are the step's, in kebab case. */
final class ImageArguments {
    /** Options whose name on the command line is not the kebab case of the step's. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(Reproduction.RECORD, Reproduction.RECORD),
            Map.entry("tags", "--tag"),
            Map.entry("buildArgs", "--build-arg"),
            Map.entry("labels", "--label"),
            Map.entry("annotations", "--annotation"),
            Map.entry("platforms", "--platform"),
            Map.entry("buildContexts", "--build-context"),
            Map.entry("secrets", "--secret"),
            Map.entry("outputs", "--output"),
            Map.entry("addHosts", "--add-host"),
            Map.entry("ulimits", "--ulimit"),
            Map.entry("cvmfsPins", "--cvmfs-pin"),
            Map.entry("cvmfsParameters", "--cvmfs-parameter"),
            Map.entry("builderDriverOpts", "--builder-driver-opt"),
            Map.entry("builderNodes", "--builder-node"),
            Map.entry("buildkitdFlags", "--buildkitd-flag"));

    @Option(names = "--tag", paramLabel = "REFERENCE", description = "Name of the image; repeatable.")
    private List<String> tags = List.of();

    @ArgGroup(validate = false, heading = "%nSource, a Dockerfile:%n")
    private DockerfileOptions dockerfile = new DockerfileOptions();

    @ArgGroup(validate = false, heading = "%nSource, a setup script:%n")
    private SetupOptions setup = new SetupOptions();

    @ArgGroup(validate = false, heading = "%nCVMFS:%n")
    private CvmfsOptions cvmfs = new CvmfsOptions();

    @ArgGroup(validate = false, heading = "%nResult:%n")
    private ResultOptions result = new ResultOptions();

    @ArgGroup(validate = false, heading = "%nBuild:%n")
    private BuildxOptions build = new BuildxOptions();

    @ArgGroup(validate = false, heading = "%nBuilder:%n")
    private BuilderArguments builder = new BuilderArguments();

    static final class DockerfileOptions {
        @Option(names = "--dockerfile", paramLabel = "FILE", description = "Default: Dockerfile in the context.")
        private String dockerfile;

        @Option(
                names = "--context",
                paramLabel = "DIR|URL",
                description = "Build context. Default: the current directory.")
        private String context;

        @Option(names = "--target", paramLabel = "STAGE", description = "Default: the last stage.")
        private String target;

        @Option(
                names = "--dockerfile-checks",
                negatable = true,
                fallbackValue = "true",
                defaultValue = "true",
                description = "Look for what goes wrong with CVMFS before anything runs. Default: yes.")
        private boolean checks = true;
    }

    static final class SetupOptions {
        @Option(names = "--setup", paramLabel = "TEXT", description = "The script itself.")
        private String setup;

        @Option(names = "--setup-file", paramLabel = "FILE", description = "A file that holds the script.")
        private String setupFile;

        @Option(names = "--setup-url", paramLabel = "URL", description = "Where to fetch the script.")
        private String setupUrl;

        @Option(names = "--setup-sha256", paramLabel = "HEX", description = "The sha256 of what is fetched.")
        private String setupSha256;

        @Option(
                names = "--base-image",
                paramLabel = "REFERENCE",
                description = "The image to start from. Default: " + ImageSpec.DEFAULT_BASE_IMAGE + ".")
        private String baseImage;

        @Option(
                names = "--strategy",
                paramLabel = "NAME",
                description =
                        "buildx builds a Dockerfile around the script; commit runs it in a container whose state becomes "
                                + "the image. Default: buildx.")
        private String strategy;

        @Option(
                names = "--wipe-cache",
                negatable = true,
                fallbackValue = "true",
                defaultValue = "true",
                description = "Empty the CVMFS cache before the image is made (commit). Default: yes.")
        private boolean wipeCache = true;
    }

    static final class CvmfsOptions {
        @Option(
                names = "--mounts",
                paramLabel = "'NAME ...'",
                description =
                        "Repositories to mount, such as 'cms.cern.ch oasis.opensciencegrid.org', or all, or none.")
        private String mounts;

        @Option(
                names = "--cvmfs-http-proxy",
                paramLabel = "PROXIES",
                description =
                        "CVMFS_HTTP_PROXY, such as 'http://squid.example.org:3128;DIRECT'. Default: the base image's.")
        private String httpProxy;

        @Option(
                names = "--cvmfs-quota-limit",
                paramLabel = "MB",
                description = "CVMFS_QUOTA_LIMIT, the cache's size in megabytes.")
        private String quotaLimit;

        @Option(names = "--cvmfs-profile", paramLabel = "NAME", description = "CVMFS_CLIENT_PROFILE: single.")
        private String profile;

        @Option(names = "--cvmfs-use-cdn", negatable = true, fallbackValue = "true", description = "CVMFS_USE_CDN.")
        private Boolean useCdn;

        @Option(
                names = "--cvmfs-cache-base",
                paramLabel = "DIR",
                description =
                        "CVMFS_CACHE_BASE. Default: " + CvmfsClient.DEFAULT_CACHE_BASE + ", as in the base image.")
        private String cacheBase;

        @Option(
                names = "--cvmfs-pin",
                paramLabel = "REPOSITORY=STATE",
                description = "Mounts that state: a root hash, tag:NAME or date:2026-01-31T12:00:00Z; repeatable.")
        private List<String> pins = List.of();

        @Option(
                names = "--cvmfs-parameter",
                paramLabel = "CVMFS_NAME=VALUE",
                description = "A further parameter of the client; repeatable.")
        private Map<String, String> parameters = new LinkedHashMap<>();

        @Option(names = "--uid", paramLabel = "NUMBER", description = "User id of the content. Default: yours.")
        private String uid;

        @Option(names = "--gid", paramLabel = "NUMBER", description = "Group id of the content. Default: yours.")
        private String gid;

        @Option(
                names = "--insecure",
                negatable = true,
                fallbackValue = "true",
                defaultValue = "true",
                description = "Allow RUN --security=insecure, which mounting needs (buildx). Default: yes.")
        private boolean insecure = true;
    }

    static final class ResultOptions {
        @Option(
                names = "--load",
                negatable = true,
                fallbackValue = "true",
                description = "Keep the image in the engine. Default: yes, unless it is pushed or put out.")
        private Boolean load;

        @Option(
                names = "--smoke-test",
                paramLabel = "COMMAND",
                description =
                        "A shell command that must succeed in a container of the image, with the same mounts, before the image gets its "
                                + "tags and is pushed.")
        private String smokeTest;

        @Option(names = "--push", description = "Push the image under every tag.")
        private boolean push;

        @Option(
                names = "--output",
                paramLabel = "SPEC",
                description = "A further output, type=oci,dest=FILE; repeatable.")
        private List<String> outputs = List.of();
    }

    static final class BuildxOptions {
        @Option(names = "--build-arg", paramLabel = "NAME=VALUE", description = "Repeatable.")
        private Map<String, String> buildArgs = new LinkedHashMap<>();

        @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Repeatable.")
        private Map<String, String> labels = new LinkedHashMap<>();

        @Option(names = "--annotation", paramLabel = "[TYPE:]KEY=VALUE", description = "Repeatable.")
        private List<String> annotations = List.of();

        @Option(names = "--platform", paramLabel = "OS/ARCH", description = "Repeatable.")
        private List<String> platforms = List.of();

        @Option(names = "--build-context", paramLabel = "NAME=PATH", description = "Repeatable.")
        private Map<String, String> buildContexts = new LinkedHashMap<>();

        @Option(names = "--cache-from", paramLabel = "SPEC", description = "Repeatable.")
        private List<String> cacheFrom = List.of();

        @Option(names = "--cache-to", paramLabel = "SPEC", description = "Repeatable.")
        private List<String> cacheTo = List.of();

        @Option(names = "--no-cache", description = "Take nothing from the builder's cache.")
        private boolean noCache;

        @Option(names = "--pull", description = "Look base images up again.")
        private boolean pull;

        @Option(
                names = "--secret",
                paramLabel = "SPEC",
                description = "id=NAME,src=FILE or id=NAME,env=VARIABLE; repeatable.")
        private List<String> secrets = List.of();

        @Option(names = "--ssh", paramLabel = "SPEC", description = "default or ID=SOCKET-OR-KEY; repeatable.")
        private List<String> ssh = List.of();

        @Option(names = "--provenance", paramLabel = "SPEC", description = "true, false or mode=max. Default: false.")
        private String provenance;

        @Option(names = "--sbom", paramLabel = "SPEC", description = "true or false. Default: docker's.")
        private String sbom;

        @Option(names = "--add-host", paramLabel = "HOST:ADDRESS", description = "Repeatable.")
        private List<String> addHosts = List.of();

        @Option(names = "--network", paramLabel = "NAME", description = "Network of the build.")
        private String network;

        @Option(names = "--ulimit", paramLabel = "NAME=SOFT[:HARD]", description = "Repeatable.")
        private List<String> ulimits = List.of();

        @Option(names = "--shm-size", paramLabel = "SIZE", description = "Size of /dev/shm, such as 64m.")
        private String shmSize;

        @Option(
                names = "--call",
                paramLabel = "NAME",
                description =
                        "check has docker check the Dockerfile by its own rules and builds nothing. Default: build.")
        private String call;
    }

    /**
     * The image that the options describe.
     *
     * @throws InvalidSpecException with every mistake
     * @throws IOException if the buildkitd configuration cannot be read
     */
    ImageSpec spec(WorkspaceFiles files) throws InvalidSpecException, IOException {
        return options().build(files);
    }

    /**
     * The options as they were given.
     *
     * @throws IOException if the buildkitd configuration cannot be read
     */
    ImageSpecBuilder options() throws IOException {
        return builder.fill(new ImageSpecBuilder()
                .tags(tags)
                .dockerfile(dockerfile.dockerfile)
                .context(dockerfile.context)
                .target(dockerfile.target)
                .setup(setup.setup)
                .setupFile(setup.setupFile)
                .setupUrl(setup.setupUrl)
                .setupSha256(setup.setupSha256)
                .baseImage(setup.baseImage)
                .strategy(setup.strategy)
                .wipeCache(setup.wipeCache)
                .smokeTest(result.smokeTest)
                .mounts(cvmfs.mounts)
                .cvmfsHttpProxy(cvmfs.httpProxy)
                .cvmfsQuotaLimit(cvmfs.quotaLimit)
                .cvmfsProfile(cvmfs.profile)
                .cvmfsUseCdn(cvmfs.useCdn)
                .cvmfsCacheBase(cvmfs.cacheBase)
                .cvmfsPins(cvmfs.pins)
                .cvmfsParameters(cvmfs.parameters)
                .uid(cvmfs.uid)
                .gid(cvmfs.gid)
                .insecure(cvmfs.insecure)
                .load(result.load)
                .push(result.push)
                .outputs(result.outputs)
                .buildArgs(build.buildArgs)
                .labels(build.labels)
                .annotations(build.annotations)
                .platforms(build.platforms)
                .buildContexts(build.buildContexts)
                .cacheFrom(build.cacheFrom)
                .cacheTo(build.cacheTo)
                .noCache(build.noCache)
                .pull(build.pull)
                .secrets(build.secrets)
                .ssh(build.ssh)
                .provenance(build.provenance)
                .sbom(build.sbom)
                .addHosts(build.addHosts)
                .network(build.network)
                .ulimits(build.ulimits)
                .shmSize(build.shmSize)
                .call(build.call));
    }

    /** The image that the options describe, for a question that needs no name of it. */
    ImageSpec untagged(WorkspaceFiles files) throws InvalidSpecException, IOException {
        tags = tags.isEmpty() ? List.of("unnamed") : tags;
        return spec(files);
    }

    /** The Dockerfile; empty where there is none to be read. */
    static Optional<DockerfileText> dockerfile(ImageSpec spec, LocalFiles files) throws InvalidSpecException {
        return DockerfileText.read(spec, files, files::text);
    }

    /**
     * What is to be said before anything runs, one warning a line.
     *
     * @throws InvalidSpecException if the Dockerfile can make no image with content from CVMFS
     */
    void warn(ImageSpec spec, LocalFiles files, PrintWriter err) throws InvalidSpecException {
        new SecretWarnings(spec, ImageArguments::naming).all().forEach(err::println);
        if (dockerfile.checks) {
            Review review = Review.of(spec, files::text);
            review.warnings().forEach(err::println);
            review.refuse();
        }
    }

    /** How the command line spells an option of the step. */
    static String naming(String option) {
        return NAMES.getOrDefault(
                option, "--" + option.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT));
    }
}
