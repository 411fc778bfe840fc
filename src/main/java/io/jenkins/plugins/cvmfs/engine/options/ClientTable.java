package io.jenkins.plugins.cvmfs.engine.options;

import static io.jenkins.plugins.cvmfs.engine.options.Declaration.choice;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.list;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.map;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.object;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.text;

import io.jenkins.plugins.cvmfs.engine.options.Gate.Part;
import io.jenkins.plugins.cvmfs.engine.options.Option.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Settings of the CVMFS client while the image is built. */
public final class ClientTable {
    /** The client's cache directory in the base image. */
    public static final String DEFAULT_CACHE_BASE = "/var/cache/cvmfs2";

    private static final String AS_IN_THE_BASE_IMAGE = "as in the base image";
    private static final Pattern PROXY =
            Pattern.compile("DIRECT|(?:https?://)?(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?/?");
    // Without a scheme only a host with its port is a proxy for certain.
    private static final Pattern BARE_HOST = Pattern.compile("[A-Za-z0-9.-]+/?");

    /** Parameters that have their own options. */
    private static final Map<String, String> OWN = Map.of(
            "CVMFS_HTTP_PROXY", "cvmfsHttpProxy",
            "CVMFS_QUOTA_LIMIT", "cvmfsQuotaLimit",
            "CVMFS_CLIENT_PROFILE", "cvmfsProfile",
            "CVMFS_USE_CDN", "cvmfsUseCdn",
            "CVMFS_CACHE_BASE", "cvmfsCacheBase",
            "CVMFS_REPOSITORY_TAG", "cvmfsPins",
            "CVMFS_REPOSITORY_DATE", "cvmfsPins",
            "CVMFS_ROOT_HASH", "cvmfsPins",
            "CVMFS_MOUNTS", "mounts");

    /** Parameters that the client's own configuration makes read-only, so other settings are ignored. */
    private static final Set<String> READ_ONLY =
            Set.of("CVMFS_MOUNT_DIR", "CVMFS_USER", "CVMFS_RELOAD_SOCKETS", "CVMFS_BASE_ENV");

    public static final Option ACCESS = text(
                    Group.CVMFS,
                    "cvmfsAccess",
                    "How the build reaches CVMFS: through the base image's client, or through the agent's own "
                            + "/cvmfs, read-only.")
            .label("Access")
            .placeholder("NAME")
            .byDefault("client: the base image's; auto uses host where the agent has all repositories")
            .in(Place.CLIENT)
            .oneOf(CvmfsAccess.texts())
            .records(Recording.VALUES)
            .needs(Gate.of(Part.ENGINE, "28.0")
                    .and(Part.BUILDKIT, "0.20")
                    .when("host", in -> "host".equals(in.text(ClientTable.ACCESS)))
                    .or("update it, use a buildkitd of its own, or cvmfsAccess client"))
            .option();

    public static final Option HOST_PATH = text(
                    Group.CVMFS, "cvmfsHostPath", "Directory of CVMFS on the engine's machine, for access host.")
            .label("Directory of the agent")
            .placeholder("DIR")
            .byDefault(HostDirectory.DEFAULT)
            .allows(Grammar.of(HostDirectory::isAllowed, HostDirectory.ALLOWED))
            .only(Option.FrontEnd.COMMAND_LINE)
            .option();

    public static final Option HTTP_PROXY = text(
                    Group.CVMFS, "cvmfsHttpProxy", "CVMFS_HTTP_PROXY, such as 'http://squid.example.org:3128;DIRECT'.")
            .label("HTTP proxy")
            .placeholder("PROXIES")
            .byDefault(AS_IN_THE_BASE_IMAGE)
            .in(Place.CLIENT)
            .allows(Grammar.of(
                    ClientTable::areProxies,
                    "groups separated by ';', each of them auto, or members separated by '|', each of them DIRECT or "
                            + "[http://]host:port, without user name and password"))
            .records(Recording.VALUES)
            .option();

    public static final Option QUOTA_LIMIT = text(
                    Group.CVMFS, "cvmfsQuotaLimit", "CVMFS_QUOTA_LIMIT, the cache's size in megabytes.")
            .label("Cache quota in MB")
            .placeholder("MB")
            .byDefault(AS_IN_THE_BASE_IMAGE)
            .in(Place.CLIENT)
            .allows(Grammar.of("-1|[1-9][0-9]{0,8}", "a number of megabytes, or -1 for no limit"))
            .records(Recording.VALUES)
            .option();

    public static final Option PROFILE = text(
                    Group.CVMFS, "cvmfsProfile", "CVMFS_CLIENT_PROFILE: single, for a machine without a site proxy.")
            .label("Client profile")
            .placeholder("NAME")
            .byDefault(AS_IN_THE_BASE_IMAGE)
            .in(Place.CLIENT)
            .allows(Grammar.oneOf("single"))
            .records(Recording.VALUES)
            .option();

    public static final Option USE_CDN = choice(
                    Group.CVMFS, "cvmfsUseCdn", "CVMFS_USE_CDN: reach the servers through a content delivery network.")
            .label("Use the CDN")
            .byDefault(AS_IN_THE_BASE_IMAGE)
            .in(Place.CLIENT)
            .records(Recording.VALUES)
            .option();

    public static final Option CACHE_BASE = text(
                    Group.CVMFS, "cvmfsCacheBase", "CVMFS_CACHE_BASE, the directory of the cache during the build.")
            .label("Cache directory")
            .placeholder("DIR")
            .byDefault(DEFAULT_CACHE_BASE + ", as in the base image")
            .in(Place.CLIENT)
            .allows(Grammar.of(
                    "(?:/(?!\\.\\.?(?:/|$))[A-Za-z0-9._-]{1,99}){2,20}",
                    "an absolute path of at least two names, such as " + DEFAULT_CACHE_BASE))
            .records(Recording.VALUES)
            .option();

    public static final Option PINS = list(
                    Group.CVMFS,
                    "cvmfsPins",
                    "State in which to mount a repository: a root hash, tag:NAME or date:2026-01-31T12:00:00Z.")
            .label("Pinned repositories")
            .placeholder("REPOSITORY=STATE")
            .commandLine("--cvmfs-pin")
            .byDefault("the newest state")
            .in(Place.CLIENT)
            .allows(Grammar.of(value -> Pin.parse(value).isPresent(), Pin.EXPECTED))
            .expands(Expansion.PAIR)
            .option();

    public static final Option PARAMETERS = map(
                    Group.CVMFS, "cvmfsParameters", "Further parameters of the client, such as CVMFS_TIMEOUT=10.")
            .label("Further parameters")
            .placeholder("CVMFS_NAME=VALUE")
            .commandLine("--cvmfs-parameter")
            .in(Place.CLIENT)
            .allows(Grammar.of("CVMFS_[A-Z0-9_]+", "CVMFS_NAME=value").unless(ClientTable::notFree))
            .allowsValues(Grammar.ONE_LINE)
            .records(Recording.VALUES)
            .option();

    /** The settings above as one object. */
    public static final Option CLIENT = object(
                    Group.CVMFS,
                    "cvmfs",
                    "Settings of the CVMFS client for this image, instead of those in the system configuration.")
            .label("Custom CVMFS client settings")
            .advanced()
            .option();

    static final List<Option> ALL =
            List.of(ACCESS, HOST_PATH, HTTP_PROXY, QUOTA_LIMIT, PROFILE, USE_CDN, CACHE_BASE, PINS, PARAMETERS, CLIENT);

    /** The options that configure the base image's client. */
    public static final List<Option> OF_CLIENT =
            List.of(HTTP_PROXY, QUOTA_LIMIT, PROFILE, USE_CDN, CACHE_BASE, PARAMETERS);

    private ClientTable() {}

    private static boolean areProxies(String written) {
        return Arrays.stream(written.split(";", -1))
                .allMatch(group -> group.equals("auto")
                        || Arrays.stream(group.split("\\|", -1)).allMatch(ClientTable::isProxy));
    }

    private static boolean isProxy(String member) {
        return member.equals("DIRECT")
                || PROXY.matcher(member).matches() && !BARE_HOST.matcher(member).matches();
    }

    private static Optional<String> notFree(String parameter) {
        if (READ_ONLY.contains(parameter)) {
            return Optional.of("the client does not allow this parameter to be set; omit it");
        }
        return Optional.ofNullable(OWN.get(parameter))
                .map(own -> "this parameter follows from {" + own + "}; set that instead");
    }
}
