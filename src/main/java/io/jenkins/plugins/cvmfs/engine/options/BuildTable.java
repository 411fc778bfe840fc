package io.jenkins.plugins.cvmfs.engine.options;

import static io.jenkins.plugins.cvmfs.engine.options.Declaration.flag;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.list;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.map;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.text;

import io.jenkins.plugins.cvmfs.engine.options.DockerFlag.When;
import io.jenkins.plugins.cvmfs.engine.options.Gate.Part;
import io.jenkins.plugins.cvmfs.engine.options.Option.Exposure;
import io.jenkins.plugins.cvmfs.engine.options.Option.FrontEnd;
import io.jenkins.plugins.cvmfs.engine.options.Option.Recording;
import java.util.List;
import java.util.regex.Pattern;

/** Further options of docker, with the names and values of build-push-action. Docker gets them in this order. */
public final class BuildTable {
    static final Grammar REFERENCE =
            Grammar.of(value -> ImageReference.parse(value).isPresent(), "[registry[:port]/]repository[:tag][@digest]");

    static final String NOT_BY_COMMIT = "strategy commit does not support it; use strategy buildx or omit it";
    private static final Pattern ATTESTATION = Pattern.compile("true|false|mode=(?:min|max)"
            + "|(?:type=provenance|disabled=(?:true|false)|inline-only=(?:true|false)|reproducible=(?:true|false)"
            + "|version=v[0-9.]+|builder-id=.+|filename=.+)");

    public static final Option BUILD_ARGS = map(
                    Group.BUILD,
                    "buildArgs",
                    "Values of the Dockerfile's ARGs, or environment variables of the " + "setup script.")
            .label("Build arguments")
            .placeholder("NAME=VALUE")
            .commandLine("--build-arg")
            .docker(DockerFlag.of("--build-arg"))
            .allows(Grammar.of("[A-Za-z_][A-Za-z0-9_]*", "NAME=value, the name of letters, digits and '_'"))
            .records(Recording.VALUES)
            .exposed(Exposure.HISTORY)
            .advanced()
            .perImage()
            .option();

    public static final Option LABELS = map(Group.LABELS, "labels", "Labels of the image.")
            .label("Labels")
            .placeholder("KEY=VALUE")
            .commandLine("--label")
            .docker(DockerFlag.of("--label"))
            .allows(Grammar.of("[^=\\s\\p{Cntrl}][^=\\p{Cntrl}]*", "key=value"))
            .records(Recording.VALUES)
            .exposed(Exposure.IMAGE)
            .advanced()
            .perImage()
            .option();

    public static final Option ANNOTATIONS = plain(list(Group.LABELS, "annotations", "OCI annotations of the image."))
            .label("Annotations")
            .placeholder("[TYPE:]KEY=VALUE")
            .commandLine("--annotation")
            .docker(DockerFlag.of("--annotation").only(When.LAST))
            .allows(Grammar.of("[^=\\s\\p{Cntrl}]+=.*", "[type:]key=value"))
            .expands(Expansion.PAIR)
            .records(Recording.VALUES)
            .exposed(Exposure.IMAGE)
            .needs(Gate.buildx("0.12").or("update buildx, or use labels"))
            .needs(Gate.containerd())
            .perImage()
            .option();

    public static final Option PLATFORMS = plain(list(Group.BUILD, "platforms", "Platforms to build for."))
            .label("Platforms")
            .placeholder("OS/ARCH")
            .commandLine("--platform")
            .commas()
            .byDefault("the builder's own")
            .docker(DockerFlag.of("--platform"))
            .allows(Grammar.of(Platform::is, "os/arch[/variant], such as linux/amd64"))
            .needs(Gates.SEVERAL_PLATFORMS)
            .records(Recording.VALUES)
            .perImage()
            .option();

    public static final Option BUILD_CONTEXTS = plain(map(
                    Group.BUILD, "buildContexts", "Further build contexts: a path, a URL or docker-image://REFERENCE."))
            .label("Build contexts")
            .placeholder("NAME=PATH")
            .commandLine("--build-context")
            .docker(DockerFlag.of("--build-context"))
            .allows(Grammar.of(
                    "[a-z0-9][a-z0-9._/:@-]*(?::[\\w][\\w.-]*)?", "name=path, name=URL or name=docker-image://..."))
            .paths(LocalPaths.CONTEXT)
            .records(Recording.VALUES)
            .exposed(Exposure.MACHINE)
            .perImage()
            .needs(Gate.buildx("0.8")
                    .and(Part.FRONTEND, "1.4")
                    .or("update buildx, or copy what is needed into the context"))
            .option();

    public static final Option CACHE_FROM = plain(
                    list(Group.CACHE, "cacheFrom", "Caches to read, such as type=registry,ref=REFERENCE."))
            .label("Read caches")
            .placeholder("SPEC")
            .docker(DockerFlag.of("--cache-from"))
            .allows(Grammar.row("type=...,key=value or a reference"))
            .expands(Expansion.ROW)
            .paths(LocalPaths.CACHE)
            .exposed(Exposure.MACHINE)
            .perImage()
            .option();

    public static final Option CACHE_TO = plain(
                    list(Group.CACHE, "cacheTo", "Caches to write, such as type=registry,ref=REFERENCE,mode=max."))
            .label("Write caches")
            .placeholder("SPEC")
            .docker(DockerFlag.of("--cache-to").only(When.LAST))
            .allows(Grammar.row("type=...,key=value"))
            .needs(Gates.CACHES)
            .expands(Expansion.ROW)
            .paths(LocalPaths.CACHE)
            .exposed(Exposure.MACHINE)
            .perImage()
            .option();

    public static final Option NO_CACHE = plain(flag(Group.CACHE, "noCache", "Do not use the builder's cache."))
            .label("Build without cache")
            .docker(DockerFlag.of("--no-cache").only(When.FIRST))
            .option();

    public static final Option NO_CACHE_FILTERS = plain(
                    list(Group.CACHE, "noCacheFilters", "Stages that do not use the builder's cache."))
            .label("Stages without cache")
            .placeholder("STAGE")
            .commandLine("--no-cache-filter")
            .commas()
            .docker(DockerFlag.of("--no-cache-filter").only(When.FIRST))
            .allows(Grammar.of("[A-Za-z0-9][A-Za-z0-9_.-]*", "the name of a stage"))
            .needs(Gate.buildx("0.8").or("update buildx, or build all stages without cache"))
            .option();

    public static final Option PULL = flag(Group.BUILD, "pull", "Check the registry for newer base images.")
            .label("Check for newer base images")
            .docker(DockerFlag.of("--pull").only(When.FIRST))
            .advanced()
            .option();

    public static final Option SECRETS = plain(list(
                    Group.SECRETS,
                    "secrets",
                    "Build secrets that a RUN may read: id=NAME,src=FILE or id=NAME,env=VARIABLE."))
            .label("Build secrets")
            .placeholder("SPEC")
            .commandLine("--secret")
            .docker(DockerFlag.of("--secret"))
            .allows(Grammar.of(
                    "(?:.*,)?\"?id=[A-Za-z0-9_.-]+(?:(?<=GIT_AUTH_(?:TOKEN|HEADER)[A-Za-z0-9_.-]{1,255}):[0-9]{1,5})?\"?(?:,.*)?",
                    "id=NAME,src=FILE or id=NAME,env=VARIABLE, the name of letters, digits, '.', '_' and '-'"))
            .expands(Expansion.ROW)
            .paths(LocalPaths.SECRET)
            .records(Recording.NAMES)
            .objectsInJenkins()
            .needs(Gate.of(Part.FRONTEND, "1.2"))
            .perImage()
            .option();

    public static final Option SSH = plain(
                    list(Group.SECRETS, "ssh", "SSH agents that a RUN may use: default, or ID=SOCKET-OR-KEY."))
            .label("SSH")
            .placeholder("SPEC")
            .docker(DockerFlag.of("--ssh"))
            .allows(Grammar.of("[A-Za-z0-9_.-]+(?:=.+)?", "default or ID, or ID=SOCKET-OR-KEY"))
            .expands(Expansion.COMMAS)
            .paths(LocalPaths.SSH)
            .records(Recording.NAMES)
            .needs(Gate.of(Part.FRONTEND, "1.2"))
            .perImage()
            .option();

    public static final Option SSH_KEYS = list(
                    Group.SECRETS, "sshKeys", "SSH keys from credentials that a RUN may use but cannot read.")
            .label("SSH keys")
            .only(FrontEnd.JENKINS)
            .ofFrontEnd()
            .objectsInJenkins()
            .advanced()
            .only(Strategy.BUILDX, NOT_BY_COMMIT)
            .perImage()
            .option();

    public static final Option GIT_CREDENTIALS = text(
                    Group.SECRETS,
                    "gitCredentialsId",
                    "Credentials for a context that is a Git repository over HTTPS. Only its host receives them. On the "
                            + "command line: token or header, and its source: token,env=VARIABLE or header,src=FILE.")
            .label("Git credentials")
            .placeholder("SPEC")
            .commandLine("--git-credentials")
            .ofFrontEnd()
            .credentials()
            .advanced()
            .only(Strategy.BUILDX, NOT_BY_COMMIT)
            .perImage()
            .option();

    public static final Option PROVENANCE = plain(
                    text(Group.LABELS, "provenance", "The provenance attestation: true, false or mode=min|max."))
            .label("Provenance")
            .placeholder("SPEC")
            .byDefault("false")
            .allows(Grammar.of(
                    value -> Csv.fields(value).stream()
                            .flatMap(List::stream)
                            .allMatch(field -> ATTESTATION.matcher(field).matches()),
                    "true, false or mode=min|max"))
            .expands(Expansion.ROW)
            .needs(Gates.ATTESTED)
            .needs(Gate.containerd())
            .option();

    public static final Option SBOM = plain(
                    text(Group.LABELS, "sbom", "The SBOM attestation: true, false or generator=IMAGE."))
            .label("SBOM")
            .placeholder("SPEC")
            .byDefault("false")
            .docker(DockerFlag.of("--sbom").only(When.LAST))
            .allows(Grammar.of("true|false|[a-z-]+=\\P{Cntrl}+", "true, false or generator=IMAGE"))
            .expands(Expansion.ROW)
            .needs(Gates.ATTESTED)
            .needs(Gate.containerd())
            .option();

    public static final Option OUTPUTS = plain(
                    list(Group.RESULT, "outputs", "Further outputs, such as type=oci,dest=FILE."))
            .label("Further outputs")
            .placeholder("SPEC")
            .commandLine("--output", "-o")
            .docker(DockerFlag.of("--output").only(When.LAST))
            .allows(Grammar.row("type=...,dest=... or a path"))
            .needs(Gates.SEVERAL_OUTPUTS)
            .needs(Gates.OUTPUTS)
            .expands(Expansion.ROW)
            .paths(LocalPaths.OUTPUT)
            .exposed(Exposure.MACHINE)
            .perImage()
            .option();

    public static final Option CALL = list(
                    Group.BUILD,
                    "call",
                    "What to ask Docker about the Dockerfile: check (Docker's own rules), outline (arguments, secrets and SSH "
                            + "keys of the target), targets (stages). Without build, no image is built.")
            .label("Calls")
            .placeholder("NAME")
            .commas()
            .byDefault("build")
            .oneOf("build", "check", "outline", "targets")
            .only(Strategy.BUILDX, NOT_BY_COMMIT)
            .needs(Gate.buildx("0.15")
                    .and(Part.FRONTEND, "1.8")
                    .or("update buildx, or use only the checks of this plugin"))
            .advanced()
            .option();

    static final List<Option> ALL = List.of(
            BUILD_ARGS,
            LABELS,
            ANNOTATIONS,
            PLATFORMS,
            BUILD_CONTEXTS,
            CACHE_FROM,
            CACHE_TO,
            NO_CACHE,
            NO_CACHE_FILTERS,
            PULL,
            SECRETS,
            SSH,
            SSH_KEYS,
            GIT_CREDENTIALS,
            PROVENANCE,
            SBOM,
            OUTPUTS,
            CALL);

    private BuildTable() {}

    /** Only for strategy buildx. */
    private static Declaration plain(Declaration declaration) {
        return declaration.only(Strategy.BUILDX, NOT_BY_COMMIT).advanced();
    }
}
