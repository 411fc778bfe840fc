package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.ContainerTable;
import io.jenkins.plugins.cvmfs.engine.options.ControlTable;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Options that exclude each other. The strategies and drivers that support an option are in its own row. */
public final class PairTable {
    private static final Set<String> NETWORKS = Set.of("default", "none", "host");
    private static final Pattern OF_INDEX =
            Pattern.compile("(?:[a-z-]+(?:\\[[^]]*])?,)*index(?:-descriptor)?(?:\\[[^]]*])?[,:].*", Pattern.DOTALL);
    private static final Pattern WORKER = Pattern.compile("(?m)^\\s*\\[+\\s*worker\\.oci\\b");
    private static final String ROOTLESS = "rootless";

    private static final String ONE_SOURCE = "not allowed with a setup script; give only one of the two sources";
    private static final String ONE_SCRIPT = "expected only one of {setup}, {setupFile} and {setupUrl}";
    private static final String AGENTS_CLIENT =
            "with {cvmfsAccess} host the agent's client decides this; omit it, or set {cvmfsAccess} to client";
    private static final String NO_FILES =
            "it needs {outputs} that write a file or directory, such as type=oci,dest=FILE";

    private static final List<Pair> SOURCES = List.of(
            Pair.of(ImageTable.DOCKERFILE, "a setup script", GivenFacts::setsUp, ONE_SOURCE),
            Pair.of(ImageTable.CONTEXT, "a setup script", GivenFacts::setsUp, ONE_SOURCE),
            Pair.of(ImageTable.TARGET, "a setup script", GivenFacts::setsUp, ONE_SOURCE),
            Pair.of(ImageTable.SETUP_FILE, "{setup}", in -> in.has(ImageTable.SETUP), ONE_SCRIPT),
            Pair.of(
                    ImageTable.SETUP_URL,
                    "{setup} or {setupFile}",
                    in -> in.has(ImageTable.SETUP) || in.has(ImageTable.SETUP_FILE),
                    ONE_SCRIPT),
            Pair.of(
                    ImageTable.SETUP_SHA256,
                    "no setup script",
                    in -> !GivenFacts.setsUp(in),
                    "it is the digest of {setupUrl}, which is missing; set that, or omit both"),
            Pair.of(
                    ImageTable.BASE_IMAGE,
                    "a Dockerfile",
                    in -> !GivenFacts.setsUp(in),
                    "it applies to setup scripts only; a Dockerfile names its base image in FROM"),
            Pair.some(
                    BuildTable.CALL,
                    "check, outline, targets",
                    "a setup script",
                    in -> GivenFacts.setsUp(in) ? without(in.list(BuildTable.CALL), "build"::equals) : List.of(),
                    "it applies to Dockerfiles only, not to setup scripts; omit it"),
            Pair.of(
                            ImageTable.INSECURE,
                            "a setup script that mounts CVMFS, by the base image's client",
                            GivenFacts::mountsInRun,
                            "expected true, since a setup script that mounts CVMFS runs in an insecure RUN")
                    .as("false"));

    private static final List<Pair> RESULTS = List.of(
            Pair.of(
                            ImageTable.LOAD,
                            "neither {push} nor {outputs}",
                            in -> Boolean.FALSE.equals(in.choice(ImageTable.LOAD))
                                    && !in.flag(ImageTable.PUSH)
                                    && !in.has(BuildTable.OUTPUTS),
                            "without {push} and {outputs} the build would have no result; set one of the three")
                    .as("false"),
            Pair.of(
                    ImageTable.SMOKE_TEST,
                    "{call} without build",
                    in -> !BuildOptions.makesImage(in),
                    "{call} without build makes no image that could be tested; add build, or omit the test"),
            Pair.of(
                    ImageTable.SMOKE_TEST,
                    "several {platforms}",
                    in -> in.list(BuildTable.PLATFORMS).size() > 1,
                    "it needs a single platform, which the engine can load and run; test each platform in a build of "
                            + "its own"),
            Pair.of(ControlTable.RECORD_OUTPUTS, "{outputs} that write nothing", GivenFacts::writesNothing, NO_FILES),
            Pair.of(ControlTable.ARCHIVE_OUTPUTS, "{outputs} that write nothing", GivenFacts::writesNothing, NO_FILES),
            Pair.of(
                    ControlTable.BUILD_RECORD,
                    "{call} without build",
                    in -> !BuildOptions.makesImage(in),
                    "{call} without build builds nothing; add build, or omit {buildRecord}"));

    private static final List<Pair> BUILDS = List.of(
            Pair.of(
                    BuildTable.NO_CACHE_FILTERS,
                    "{noCache}",
                    in -> in.flag(BuildTable.NO_CACHE),
                    "{noCache} already rebuilds every stage, and docker accepts only one of the two; omit one"),
            inFull(BuildTable.PROVENANCE, "type=provenance"),
            inFull(BuildTable.SBOM, "type=sbom"),
            Pair.some(
                    BuildTable.ANNOTATIONS,
                    "index:..., index-descriptor:...",
                    "an image of one platform without attestations",
                    in -> GivenFacts.hasIndex(in) ? List.of() : matching(in.list(BuildTable.ANNOTATIONS), OF_INDEX),
                    "only an image of several {platforms} or with attestations has an index; write the annotation "
                            + "without index"),
            Pair.some(
                    ContainerTable.NETWORK,
                    "other than default, none and host",
                    "{strategy} buildx",
                    in -> in.has(ContainerTable.NETWORK)
                                    && !GivenFacts.isCommit(in)
                                    && !NETWORKS.contains(in.text(ContainerTable.NETWORK))
                            ? List.of(in.text(ContainerTable.NETWORK))
                            : List.of(),
                    "BuildKit knows only default, none and host; give a network of the engine to the builder, with "
                            + "{builderDriverOpts} network=NAME"));

    private static final List<Pair> CLIENTS = Stream.concat(
                    ClientTable.OF_CLIENT.stream()
                            .map(option -> Pair.of(option, "{cvmfsAccess} host", GivenFacts::isHost, AGENTS_CLIENT)),
                    Stream.of(
                            Pair.some(
                                    ClientTable.PINS,
                                    "tag:..., date:...",
                                    "{cvmfsAccess} host",
                                    in -> GivenFacts.isHost(in)
                                            ? without(in.list(ClientTable.PINS), GivenFacts::isHash)
                                            : List.of(),
                                    "with {cvmfsAccess} host only a root hash can be compared with what the agent has "
                                            + "mounted; pin that, or set {cvmfsAccess} to client"),
                            Pair.some(
                                    BuilderTable.DRIVER,
                                    "docker-container, kubernetes",
                                    "{cvmfsAccess} host",
                                    in -> GivenFacts.isHost(in)
                                            ? GivenFacts.driver(in)
                                                    .filter(Driver::runsBuildkit)
                                                    .map(Driver::text)
                                                    .stream()
                                                    .toList()
                                            : List.of(),
                                    "a builder in a container does not see the agent's /cvmfs; with {cvmfsAccess} host "
                                            + "expected docker, or remote or existing for a buildkitd that has the "
                                            + "device cern.ch/cvmfs=all")))
            .toList();

    private static final List<Pair> BUILDERS = List.of(
            Pair.of(
                    BuilderTable.GC,
                    "{buildkitdConfig} that has [worker.oci]",
                    in -> GivenFacts.driver(in).isPresent()
                            && in.has(BuilderTable.CONFIG)
                            && WORKER.matcher(in.text(BuilderTable.CONFIG)).find(),
                    "{buildkitdConfig} has [worker.oci] already, so write it there"),
            driverOpt(
                    "image",
                    "{builderDriver} docker-container or kubernetes",
                    in -> GivenFacts.driver(in)
                            .filter(BuilderTable.IMAGE::goesWith)
                            .isPresent(),
                    "set the image with {builderImage}"),
            driverOpt(
                    BuilderTable.VOLUME,
                    "{builderKeep} false",
                    in -> GivenFacts.isCluster(in) && !in.flag(BuilderTable.KEEP),
                    "the volume is for the cache of a builder that is kept, and would stay after one that is not; "
                            + "expected {builderKeep}, or a builder without a volume"),
            driverOpt(
                    ROOTLESS,
                    "a setup script, unless {insecure} is false",
                    in -> GivenFacts.isRootless(in) && GivenFacts.setsUp(in) && in.flag(ImageTable.INSECURE),
                    "a setup script mounts CVMFS, and only pods with root have /dev/fuse; leave it out, or with a script "
                            + "that needs no CVMFS set {insecure} to false"),
            // buildx takes its rootless image only where no image is given, and an other one does not start.
            Pair.of(
                            BuilderTable.IMAGE,
                            "{builderDriverOpts} rootless=true",
                            in -> GivenFacts.isRootless(in) && GivenFacts.needsRoot(in.text(BuilderTable.IMAGE)),
                            "with rootless=true expected an image of BuildKit that needs no root, such as "
                                    + BuilderSpec.DEFAULT_IMAGE + BuilderSpec.ROOTLESS)
                    .as("moby/buildkit without -rootless"));

    private static final List<Pair> ALL = Stream.of(SOURCES, RESULTS, BUILDS, CLIENTS, BUILDERS)
            .flatMap(List::stream)
            .toList();

    private PairTable() {}

    /** All pairs, in the order in which they are documented. */
    public static List<Pair> all() {
        return ALL;
    }

    /** One attestation given in two ways. */
    private static Pair inFull(Option shorthand, String type) {
        return Pair.some(
                ControlTable.ATTESTS,
                type,
                "{" + shorthand + "}",
                in -> in.has(shorthand)
                        ? without(
                                in.list(ControlTable.ATTESTS),
                                row -> !GivenFacts.typeOf(row).equals(type))
                        : List.of(),
                "{" + shorthand + "} is short for the same attestation; set one of the two");
    }

    private static Pair driverOpt(String name, String with, Predicate<GivenOptions> there, String reason) {
        return Pair.some(
                BuilderTable.DRIVER_OPTS,
                name,
                with,
                in -> in.map(BuilderTable.DRIVER_OPTS).containsKey(name) && there.test(in)
                        ? List.of(name + "=" + in.map(BuilderTable.DRIVER_OPTS).get(name))
                        : List.of(),
                reason);
    }

    private static List<String> without(List<String> values, Predicate<String> some) {
        List<String> rest = new ArrayList<>(values);
        rest.removeIf(some);
        return rest;
    }

    private static List<String> matching(List<String> values, Pattern pattern) {
        return without(values, pattern.asMatchPredicate().negate());
    }
}
