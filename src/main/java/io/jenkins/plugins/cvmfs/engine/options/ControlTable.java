package io.jenkins.plugins.cvmfs.engine.options;

import static io.jenkins.plugins.cvmfs.engine.options.Declaration.flag;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.list;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.text;

import io.jenkins.plugins.cvmfs.engine.options.DockerFlag.When;
import io.jenkins.plugins.cvmfs.engine.options.Gate.Part;
import io.jenkins.plugins.cvmfs.engine.options.Option.Exposure;
import io.jenkins.plugins.cvmfs.engine.options.Option.FrontEnd;
import io.jenkins.plugins.cvmfs.engine.options.Option.Recording;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a buildx build may do, how its inputs are verified, what it attests, and how it shows its progress. */
public final class ControlTable {
    /** The entitlement of a RUN that uses the network of the machine. */
    public static final String HOST_NETWORK = "network.host";

    /** The entitlement of a RUN that uses a CDI device. */
    public static final String DEVICE = "device";

    private static final String PART = "[A-Za-z0-9][A-Za-z0-9_.:/-]*";
    private static final String KIND = PART + "(?:=" + PART + ")?";
    private static final Pattern ENTITLEMENT =
            Pattern.compile("network\\.host|security\\.insecure|buildx\\.local\\.delete|device(?:=" + KIND
                    + "(?:,alias=" + KIND + ")?)?");
    private static final Pattern ATTESTATION = Pattern.compile("type=(?:provenance|sbom)");
    private static final Pattern POLICY = Pattern.compile(
            "filename=.+|(?:reset|disabled|strict)=(?:true|false)|log-level=(?:error|warn|info|debug|trace)",
            Pattern.DOTALL);

    public static final Option ALLOW = of(list(
                    Group.BUILD,
                    "allow",
                    "Entitlements to grant: network.host for RUN --network=host, device or device=NAME for RUN "
                            + "--device."))
            .label("Entitlements")
            .placeholder("ENTITLEMENT")
            .docker(DockerFlag.of("--allow"))
            .allows(Grammar.of(
                            value -> ENTITLEMENT.matcher(value).matches(),
                            "network.host, device or device=VENDOR/CLASS[=NAME]")
                    .unless(ControlTable::notHere))
            .needs(Gate.buildkit("0.20")
                    .and(Part.DRIVER, "other than docker, or an engine that grants devices")
                    .when(DEVICE, in -> in.list(ControlTable.ALLOW).stream().anyMatch(kind -> kind.startsWith(DEVICE)))
                    .or("update it, or omit device"))
            .records(Recording.VALUES)
            .option();

    public static final Option POLICY_FILES = of(list(
                    Group.BUILD,
                    "policy",
                    "Rego policies that the build's sources are checked against: filename=FILE, strict=true, "
                            + "log-level=LEVEL."))
            .label("Source policies")
            .placeholder("SPEC")
            .docker(DockerFlag.of("--policy"))
            .allows(Grammar.of(
                    value -> fields(value).allMatch(POLICY.asMatchPredicate()),
                    "filename=FILE[,filename=FILE], or one of reset, disabled, strict with true or false, or "
                            + "log-level=LEVEL"))
            .expands(Expansion.ROW)
            .paths(LocalPaths.POLICY)
            .exposed(Exposure.MACHINE)
            .records(Recording.VALUES)
            .needs(Gate.buildx("0.31")
                    .and(Part.BUILDKIT, "0.26")
                    .or("update it, or pin what the build reads by digest"))
            .needs(Gate.buildkit("0.27")
                    .when(
                            "strict=true",
                            in -> in.shown(ControlTable.POLICY_FILES).contains("strict=true"))
                    .or("update it, or omit strict=true"))
            .option();

    public static final Option ATTESTS = of(list(
                    Group.LABELS,
                    "attests",
                    "Attestations with all their parameters: type=provenance or type=sbom, such as "
                            + "type=sbom,generator=IMAGE."))
            .label("Attestations")
            .placeholder("SPEC")
            .commandLine("--attest")
            .docker(DockerFlag.of("--attest").only(When.LAST))
            .allows(Grammar.of(
                    value -> fields(value).allMatch(field -> field.matches("[a-z][a-z0-9-]*=\\P{Cntrl}+"))
                            && fields(value)
                                            .filter(field -> field.startsWith("type="))
                                            .count()
                                    == 1
                            && fields(value).anyMatch(ATTESTATION.asMatchPredicate()),
                    "type=provenance or type=sbom, with further fields NAME=VALUE"))
            .expands(Expansion.ROW)
            .needs(Gates.ATTESTED)
            .needs(Gate.containerd()
                    .when(
                            "not disabled",
                            in -> in.list(ControlTable.ATTESTS).stream().anyMatch(ControlTable::isOn)))
            .option();

    public static final Option PROGRESS = of(text(
                    Group.BUILD,
                    "progress",
                    "How Docker shows progress: auto, plain, quiet or rawjson. Failures are explained best with "
                            + "plain."))
            .label("Progress")
            .placeholder("NAME")
            .byDefault("auto: a live display on a terminal, plain elsewhere")
            .oneOf("auto", "plain", "quiet", "rawjson")
            .docker(DockerFlag.of("--progress"))
            .only(FrontEnd.COMMAND_LINE)
            .option();

    public static final Option RECORD_OUTPUTS = of(flag(
                    Group.RESULT,
                    "recordOutputs",
                    "Add the path, size and SHA-256 of each further output to the record."))
            .label("Record the further outputs")
            .option();

    public static final Option RECORD_MANIFEST = of(flag(
                    Group.RESULT,
                    "recordManifest",
                    "Read the image's manifest from the registry after a push, for its size, media type and platform in "
                            + "the record."))
            .label("Record what the registry has")
            .option();

    public static final Option ARCHIVE_OUTPUTS = of(flag(
                    Group.RESULT,
                    "archiveOutputs",
                    "Archive the files written by the additional outputs as artifacts of the run."))
            .label("Archive the additional outputs")
            .only(FrontEnd.JENKINS)
            .option();

    public static final Option BUILD_RECORD = of(flag(
                    Group.RESULT,
                    "buildRecord",
                    "Archive the build record of buildx, which Docker Desktop opens: log, arguments and timings. "
                            + "It is not archived if the build has a secret, which could be read in it."))
            .label("Archive the build record of buildx")
            .only(FrontEnd.JENKINS)
            .needs(Gate.buildx("0.23").and(Part.BUILDKIT, "0.11").or("update it, or omit buildRecord"))
            .option();

    public static final Option TOOL = text(
                    Group.BUILD,
                    "toolName",
                    "The Docker installation (Manage Jenkins, Tools) whose docker command to use. On the command line, the "
                            + "docker on PATH is used.")
            .label("Docker installation")
            .placeholder("NAME")
            .byDefault("the docker on the agent's PATH")
            .only(FrontEnd.JENKINS)
            .ofFrontEnd()
            .listed()
            .advanced()
            .option();

    static final List<Option> ALL = List.of(
            ALLOW,
            POLICY_FILES,
            ATTESTS,
            PROGRESS,
            RECORD_OUTPUTS,
            RECORD_MANIFEST,
            ARCHIVE_OUTPUTS,
            BUILD_RECORD,
            TOOL);

    private ControlTable() {}

    private static Declaration of(Declaration declaration) {
        return declaration.only(Strategy.BUILDX, BuildTable.NOT_BY_COMMIT).advanced();
    }

    private static Stream<String> fields(String row) {
        return Csv.fields(row).orElse(List.of("")).stream();
    }

    /** Whether an attestation that is given in full is made. */
    public static boolean isOn(String attestation) {
        return fields(attestation).noneMatch("disabled=true"::equals);
    }

    private static Optional<String> notHere(String entitlement) {
        return switch (entitlement.toLowerCase(Locale.ROOT)) {
            case "security.insecure" -> Optional.of("this one follows from {insecure}; set that instead");
            case "buildx.local.delete" ->
                Optional.of("an output must not delete what it did not write; remove stale files before the build");
            default -> Optional.empty();
        };
    }
}
