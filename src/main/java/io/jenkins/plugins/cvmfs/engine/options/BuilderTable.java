package io.jenkins.plugins.cvmfs.engine.options;

import static io.jenkins.plugins.cvmfs.engine.options.Declaration.flag;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.list;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.map;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.object;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.script;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.text;

import io.jenkins.plugins.cvmfs.engine.options.Option.FrontEnd;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The builder of strategy buildx. */
public final class BuilderTable {
    /** Prefix of the names of builders that builds create and share. Users cannot use such a name. */
    public static final String RESERVED_PREFIX = "cvmfs-derived-image-";

    /**
     * The default BuildKit image: a release, never a moving tag. It supports {@code RUN --security} in its own
     * Dockerfile frontend (from 0.26) and the fixes of CVE-2026-33747 and CVE-2026-33748 (from 0.28.1).
     */
    public static final String DEFAULT_IMAGE = "moby/buildkit:v0.32.2";

    /** The option of driver kubernetes that puts the cache in a volume of a StatefulSet. */
    public static final String VOLUME = "persistent-volume-claim.requests.storage";

    /** The endpoint of a buildkitd. */
    public static final Grammar ENDPOINTS = Grammar.of(
            "tcp://(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}|unix:///[^\\s\\p{Cntrl}]+",
            "tcp://host:port or unix:///path");

    /** Names of a driver's options. */
    public static final Grammar DRIVER_OPTION =
            Grammar.of("[A-Za-z][A-Za-z0-9_.-]*", "name=value, such as network=host");

    private static final String NO_BUILDER = "strategy commit uses no builder";
    /** The drivers that may run a BuildKit whose settings the build chooses. */
    private static final Driver[] RUN = {Driver.AUTO, Driver.DOCKER_CONTAINER, Driver.KUBERNETES};

    private static final Driver[] MADE = {Driver.AUTO, Driver.DOCKER_CONTAINER, Driver.KUBERNETES, Driver.REMOTE};
    private static final String[] LIMITS = {"reservedSpace", "maxUsedSpace", "minFreeSpace"};

    public static final Option NAME = of(text(
                    Group.BUILDER,
                    "builderName",
                    "Name of an existing builder or, with a driver, of the builder to create."))
            .label("Name")
            .placeholder("NAME")
            .byDefault("derived from the builder's settings")
            .allows(Grammar.of(
                            "[a-zA-Z][a-zA-Z0-9._-]{0,127}",
                            "letters, digits, '.', '_' and '-', beginning with a letter")
                    .unless(name -> name.toLowerCase(Locale.ROOT).startsWith(RESERVED_PREFIX)
                            ? Optional.of("names that begin with " + RESERVED_PREFIX
                                    + " are reserved for the builders that builds share; choose another name")
                            : Optional.empty()))
            .option();

    public static final Option DRIVER = of(text(Group.BUILDER, "builderDriver", "What runs BuildKit."))
            .label("Driver")
            .placeholder("NAME")
            .byDefault("auto: the engine's own builder if it can do the build, otherwise docker-container")
            .oneOf(Arrays.stream(Driver.values()).map(Driver::text).toArray(String[]::new))
            .option();

    public static final Option ENDPOINT = of(text(
                    Group.BUILDER,
                    "builderEndpoint",
                    "Address of the buildkitd, for driver remote; of several, with spaces between them, each image has "
                            + "its own order."))
            .label("Endpoint")
            .placeholder("URL")
            .words()
            .allows(ENDPOINTS)
            .expands(Expansion.WORDS)
            .drivers(Driver.REMOTE)
            .option();

    public static final Option CACERT =
            certificate("builderCacert", "CA certificate of the buildkitd, for driver remote.");

    public static final Option CERT = certificate("builderCert", "Client certificate, for driver remote.");

    public static final Option KEY = certificate("builderKey", "Key of the client certificate, for driver remote.");

    public static final Option CREDENTIALS = of(text(
                    Group.BUILDER,
                    "builderCredentialsId",
                    "X.509 client certificate for the buildkitd, for driver remote."))
            .label("Client certificate")
            .placeholder("ID")
            .only(FrontEnd.JENKINS)
            .ofFrontEnd()
            .credentials()
            .drivers(Driver.REMOTE)
            .option();

    public static final Option CERTIFICATES = of(map(
                    Group.BUILDER, "builderCertificates", "Files of the client certificate, for this build only."))
            .allowsValues(Grammar.ONE_LINE)
            .internal()
            .drivers(Driver.REMOTE)
            .option();

    public static final Option IMAGE = of(text(
                    Group.BUILDER, "builderImage", "BuildKit image of a builder that is created."))
            .label("BuildKit image")
            .placeholder("REFERENCE")
            .byDefault(DEFAULT_IMAGE)
            .allows(BuildTable.REFERENCE)
            .drivers(RUN)
            .option();

    public static final Option KEEP = of(flag(
                    Group.BUILDER,
                    "builderKeep",
                    "Keep the builder that was created, with its cache, for the next " + "build."))
            .label("Keep the builder for the next build")
            .on()
            .drivers(MADE)
            .option();

    public static final Option DRIVER_OPTS = of(map(
                    Group.BUILDER, "builderDriverOpts", "Options of the driver, such as network=host."))
            .label("Driver options")
            .placeholder("NAME=VALUE")
            .commandLine("--builder-driver-opt")
            .allows(DRIVER_OPTION)
            .needs(Gate.buildx("0.34")
                    .when(
                            VOLUME,
                            in -> in.map(BuilderTable.DRIVER_OPTS).containsKey(VOLUME)
                                    && Driver.KUBERNETES.text().equals(in.text(BuilderTable.DRIVER)))
                    .or("update it, or omit " + VOLUME))
            .allowsValues(Grammar.ONE_LINE)
            .drivers(MADE)
            .option();

    public static final Option NODES = of(list(
                    Group.BUILDER,
                    "builderNodes",
                    "Further nodes of a builder that is created: 'endpoint=URL [platform=OS/ARCH[,...]] [NAME=VALUE "
                            + "...]'."))
            .label("Further nodes")
            .placeholder("NODE")
            .commandLine("--builder-node")
            .allows(Grammar.ONE_LINE)
            .expands(Expansion.WORDS)
            .drivers(MADE)
            .option();

    public static final Option GC = of(map(
                    Group.BUILDER,
                    "builderGc",
                    "Limits of a builder's cache: reservedSpace, maxUsedSpace or minFreeSpace, such as "
                            + "maxUsedSpace=50GB."))
            .label("Limits of the cache")
            .placeholder("NAME=VALUE")
            .allows(Grammar.oneOf(LIMITS))
            .allowsValues(Grammar.of(
                    "[1-9][0-9]{0,17}(?:[KMGT]?B)?|(?:[1-9][0-9]?|100)%",
                    "bytes, or a number with KB, MB, GB, TB or %"))
            .drivers(RUN)
            .option();

    public static final Option CONFIG = of(script(
                    Group.BUILDER, "buildkitdConfig", "buildkitd.toml of a builder that is created."))
            .label("buildkitd configuration")
            .fromFile()
            .drivers(RUN)
            .option();

    public static final Option FLAGS = of(list(Group.BUILDER, "buildkitdFlags", "Further flags of buildkitd."))
            .label("buildkitd flags")
            .placeholder("FLAG")
            .commandLine("--buildkitd-flag")
            .allows(Grammar.of("--[a-z][a-z0-9-]*(?:=[^\\s'\"\\\\]+)?", "--flag or --flag=value without spaces"))
            .drivers(RUN)
            .option();

    /** The settings above as one object. */
    public static final Option BUILDER = object(
                    Group.BUILDER, "builder", "The builder of this image, instead of that of the system configuration.")
            .label("Custom builder")
            .advanced()
            .option();

    static final List<Option> ALL = List.of(
            NAME,
            DRIVER,
            ENDPOINT,
            CREDENTIALS,
            CACERT,
            CERT,
            KEY,
            CERTIFICATES,
            IMAGE,
            KEEP,
            DRIVER_OPTS,
            NODES,
            GC,
            CONFIG,
            FLAGS,
            BUILDER);

    private BuilderTable() {}

    private static Declaration of(Declaration declaration) {
        return declaration.in(Place.BUILDER).only(Strategy.BUILDX, NO_BUILDER);
    }

    private static Option certificate(String name, String help) {
        return of(text(Group.BUILDER, name, help))
                .placeholder("FILE")
                .only(FrontEnd.COMMAND_LINE)
                .ofFrontEnd()
                .drivers(Driver.REMOTE)
                .option();
    }
}
