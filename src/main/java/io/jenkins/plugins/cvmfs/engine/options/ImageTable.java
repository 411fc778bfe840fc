package io.jenkins.plugins.cvmfs.engine.options;

import static io.jenkins.plugins.cvmfs.engine.options.Declaration.choice;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.flag;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.list;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.script;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.text;

import io.jenkins.plugins.cvmfs.engine.options.Option.Exposure;
import io.jenkins.plugins.cvmfs.engine.options.Option.FrontEnd;
import io.jenkins.plugins.cvmfs.engine.options.Option.Recording;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** What the image is called, what it is made from, and where it goes. */
public final class ImageTable {
    /** The default base image. */
    public static final String DEFAULT_BASE_IMAGE = "aperloff/cms-cvmfs-docker:latest";

    private static final String NO_DOCKERFILE = "strategy commit builds from a setup script, not from a Dockerfile";
    private static final long ID_MAX = 4294967294L;
    private static final Grammar ID = Grammar.of(ImageTable::isId, "a number from 0 to " + ID_MAX);
    private static final Grammar PATH = Grammar.of(value -> !value.equals("-"), "a path, not the standard input");
    private static final Grammar TAG = Grammar.of(
            value -> ImageReference.parse(value)
                    .filter(tag -> tag.digest() == null)
                    .isPresent(),
            "[registry[:port]/]repository[:tag], the repository in lower case, without a digest");
    private static final Grammar REPOSITORIES =
            Grammar.of(value -> Mounts.parse(value).isPresent(), Mounts.ALLOWED);

    public static final Option TAGS = list(Group.IMAGE, "tags", "Names of the image. It is pushed under each of them.")
            .label("Tags")
            .placeholder("REFERENCE")
            .commandLine("--tag", "-t")
            .allows(TAG)
            .perImage()
            .option();

    public static final Option MOUNTS = text(
                    Group.IMAGE,
                    "mounts",
                    "CVMFS repositories to mount, such as 'cms.cern.ch oasis.opensciencegrid.org', or all, or none.")
            .label("CVMFS repositories")
            .placeholder("'NAME ...'")
            .allows(REPOSITORIES)
            .perImage()
            .option();

    public static final Option DOCKERFILE = text(Group.DOCKERFILE, "dockerfile", "The Dockerfile.")
            .label("Dockerfile")
            .placeholder("FILE")
            .byDefault("Dockerfile in the context")
            .commandLine("--dockerfile", "--file", "-f")
            .allows(PATH)
            .paths(LocalPaths.VALUE)
            .records(Recording.VALUES)
            .perImage()
            .only(Strategy.BUILDX, NO_DOCKERFILE)
            .option();

    public static final Option CONTEXT = text(
                    Group.DOCKERFILE,
                    "context",
                    "Build context: a directory, or the URL of a git repository or archive.")
            .label("Context")
            .placeholder("DIR|URL")
            .byDefault("the current directory")
            .positional()
            .allows(PATH)
            .paths(LocalPaths.CONTEXT)
            .records(Recording.VALUES)
            .exposed(Exposure.MACHINE)
            .perImage()
            .only(Strategy.BUILDX, NO_DOCKERFILE)
            .option();

    public static final Option TARGET = text(Group.DOCKERFILE, "target", "The stage to build.")
            .label("Target stage")
            .placeholder("STAGE")
            .byDefault("the last stage")
            .records(Recording.VALUES)
            .perImage()
            .only(Strategy.BUILDX, NO_DOCKERFILE)
            .option();

    public static final Option DOCKERFILE_CHECKS = flag(
                    Group.DOCKERFILE,
                    "dockerfileChecks",
                    "Check the Dockerfile for common CVMFS mistakes before anything runs.")
            .label("Check the Dockerfile for common CVMFS mistakes")
            .on()
            .ofFrontEnd()
            .only(Strategy.BUILDX, NO_DOCKERFILE)
            .option();

    public static final Option SETUP = script(
                    Group.SETUP, "setup", "The setup script itself. It runs in the base image, with CVMFS mounted.")
            .label("Setup script")
            .records(Recording.NAMES)
            .perImage()
            .option();

    public static final Option SETUP_FILE = text(Group.SETUP, "setupFile", "The file that holds the setup script.")
            .label("Setup script file")
            .placeholder("FILE")
            .allows(PATH)
            .paths(LocalPaths.VALUE)
            .records(Recording.VALUES)
            .perImage()
            .option();

    public static final Option SETUP_URL = text(Group.SETUP, "setupUrl", "The URL to fetch the setup script from.")
            .label("Setup script URL")
            .placeholder("URL")
            .allows(Grammar.of(ImageTable::isHttp, "an http or https URL without user name and password"))
            .records(Recording.VALUES)
            .perImage()
            .option();

    public static final Option SETUP_SHA256 = text(
                    Group.SETUP, "setupSha256", "SHA-256 of the fetched script, as sha256sum prints it.")
            .label("SHA-256 of the fetched script")
            .placeholder("HEX")
            .allows(Grammar.of("(?:sha256:)?[0-9A-Fa-f]{64}", "64 hexadecimal digits"))
            .perImage()
            .option();

    public static final Option BASE_IMAGE = text(Group.SETUP, "baseImage", "The image that a setup script starts from.")
            .label("Base image")
            .placeholder("REFERENCE")
            .byDefault(DEFAULT_BASE_IMAGE)
            .allows(BuildTable.REFERENCE)
            .records(Recording.VALUES)
            .perImage()
            .option();

    public static final Option STRATEGY = text(
                    Group.SETUP,
                    "strategy",
                    "buildx builds a Dockerfile generated around the script; commit runs the script in a container "
                            + "and commits that container.")
            .label("Strategy")
            .placeholder("NAME")
            .byDefault("buildx")
            .oneOf("buildx", "commit")
            .perImage()
            .option();

    public static final Option WIPE_CACHE = flag(
                    Group.SETUP,
                    "wipeCache",
                    "Clear the CVMFS cache before the container is committed (strategy " + "commit).")
            .label("Clear the CVMFS cache before committing")
            .on()
            .only(Strategy.COMMIT, "it applies to strategy commit only")
            .records(Recording.VALUES)
            .perImage()
            .option();

    public static final Option UID = text(Group.CVMFS, "uid", "User ID that the build gets as ARG_MY_UID or MY_UID.")
            .label("User id")
            .placeholder("NUMBER")
            .byDefault("the ID of the user who builds")
            .allows(ID)
            .records(Recording.VALUES)
            .advanced()
            .option();

    public static final Option GID = text(Group.CVMFS, "gid", "Group ID that the build gets as ARG_MY_GID or MY_GID.")
            .label("Group id")
            .placeholder("NUMBER")
            .byDefault("the ID of the user who builds")
            .allows(ID)
            .records(Recording.VALUES)
            .advanced()
            .option();

    public static final Option INSECURE = flag(
                    Group.CVMFS,
                    "insecure",
                    "Allow RUN --security=insecure, which is needed to mount CVMFS " + "(strategy buildx).")
            .label("Allow insecure RUNs")
            .on()
            .only(
                    Strategy.BUILDX,
                    "strategy commit has no insecure RUN: it mounts in a container with SYS_ADMIN; omit it")
            .records(Recording.VALUES)
            .advanced()
            .perImage()
            .option();

    public static final Option SMOKE_TEST = script(
                    Group.RESULT,
                    "smokeTest",
                    "Shell command that must succeed in a container of the image, with the same mounts, before the "
                            + "image is tagged and pushed.")
            .label("Smoke test")
            .placeholder("COMMAND")
            .advanced()
            .perImage()
            .option();

    public static final Option PUSH = flag(Group.RESULT, "push", "Push the image under every tag.")
            .label("Push")
            .perImage()
            .option();

    public static final Option LOAD = choice(Group.RESULT, "load", "Load the image into the engine.")
            .label("Load into the engine")
            .byDefault("true, unless the image is pushed or exported")
            .advanced()
            .perImage()
            .option();

    public static final Option CREDENTIALS = text(
                    Group.RESULT,
                    "credentialsId",
                    "Credentials for the registry of the tags, instead of those in the system configuration.")
            .label("Credentials")
            .placeholder("ID")
            .only(FrontEnd.JENKINS)
            .ofFrontEnd()
            .credentials()
            .advanced()
            .perImage()
            .option();

    public static final Option DRY_RUN = flag(Group.RESULT, "dryRun", "Print the plan without running anything.")
            .label("Show the plan only")
            .only(FrontEnd.JENKINS)
            .ofFrontEnd()
            .advanced()
            .option();

    static final List<Option> ALL = List.of(
            TAGS,
            MOUNTS,
            DOCKERFILE,
            CONTEXT,
            TARGET,
            DOCKERFILE_CHECKS,
            SETUP,
            SETUP_FILE,
            SETUP_URL,
            SETUP_SHA256,
            BASE_IMAGE,
            STRATEGY,
            WIPE_CACHE,
            UID,
            GID,
            INSECURE,
            SMOKE_TEST,
            PUSH,
            LOAD,
            CREDENTIALS,
            DRY_RUN);

    private ImageTable() {}

    private static boolean isId(String value) {
        return value.matches("[0-9]{1,10}") && Long.parseLong(value) <= ID_MAX;
    }

    private static boolean isHttp(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
