package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.Csv;
import io.jenkins.plugins.cvmfs.engine.shell.HostileStrings;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a user writes into a free-text option reaches docker as it was written, and nothing of it runs. */
@ParameterizedClass
@MethodSource("shells")
class HostileStringsTest {
    private static final int RUNS = 25;
    private static final int A_LIST = 50;

    /** The free-text options, each of which takes part below. */
    private static final Set<String> FREE_TEXT = Set.of(
            "dockerfile",
            "context",
            "target",
            "setup",
            "setupFile",
            "buildArgs",
            "labels",
            "annotations",
            "buildContexts",
            "cacheFrom",
            "cacheTo",
            "secrets",
            "ssh",
            "outputs",
            "policy",
            "attests",
            "builderDriverOpts",
            "buildkitdConfig",
            "buildkitdFlags",
            "cvmfsParameters",
            "smokeTest");

    /** The others and why a hostile text cannot get into them; SpecRulesTest shows that it is refused. */
    private static final Map<String, String> NOT_FREE_TEXT = Map.ofEntries(
            Map.entry("tags", "grammar of references"),
            Map.entry("cache", "grammar of references, and fields of known names"),
            Map.entry("baseImage", "grammar of references"),
            Map.entry("builderEndpoint", "tcp://host:port or unix:///path"),
            Map.entry("builderImage", "grammar of references"),
            Map.entry("setupUrl", "grammar of URLs; SetupFetchTest has the characters that these allow"),
            Map.entry("setupSha256", "64 digits"),
            Map.entry("strategy", "one of four words"),
            Map.entry("mounts", "repository names"),
            Map.entry("cvmfsHttpProxy", "proxies by host and port"),
            Map.entry("cvmfsQuotaLimit", "digits"),
            Map.entry("cvmfsProfile", "one word"),
            Map.entry("cvmfsUseCdn", "a switch"),
            Map.entry("cvmfsCacheBase", "a plain path"),
            Map.entry("cvmfsAccess", "one of three words"),
            Map.entry("cvmfsHostPath", "a plain path"),
            Map.entry("cvmfsPins", "a repository with a hash, date or plain name"),
            Map.entry("uid", "digits"),
            Map.entry("gid", "digits"),
            Map.entry("platforms", "os/arch"),
            Map.entry("addHosts", "host:address"),
            Map.entry("network", "a name"),
            Map.entry("ulimits", "name=number"),
            Map.entry("shmSize", "a size"),
            Map.entry("cgroupParent", "a path of plain names"),
            Map.entry("call", "one of four words"),
            Map.entry("tagRules", "rules; NamingTest shows that only a tag comes out"),
            Map.entry("ociMetadata", "one of four words"),
            Map.entry("noCacheFilters", "names of stages"),
            Map.entry("resources", "numbers and sizes by known names"),
            Map.entry("allow", "known entitlements with plain names"),
            Map.entry("progress", "one of a few words"),
            Map.entry("provenance", "a few words"),
            Map.entry("sbom", "a few words"),
            Map.entry("builderName", "a name"),
            Map.entry("builderDriver", "one of a few words"),
            Map.entry("builderCertificates", "paths of the build's own; they go the way of builderDriverOpts"),
            Map.entry("builderNodes", "words without blanks; they go the way of builderDriverOpts"),
            Map.entry("builderGc", "a size"),
            Map.entry("load", "a switch"),
            Map.entry("push", "a switch"),
            Map.entry("insecure", "a switch"),
            Map.entry("wipeCache", "a switch"),
            Map.entry("noCache", "a switch"),
            Map.entry("recordOutputs", "a switch"),
            Map.entry("recordManifest", "a switch"),
            Map.entry("archiveOutputs", "a switch"),
            Map.entry("buildRecord", "a switch"),
            Map.entry("pull", "a switch"),
            Map.entry("builderKeep", "a switch"));

    private static final String ANSWERS = """
            case "$*" in *' smoke-test '*) exit ;; esac
            case "$1 $2" in
                'image inspect') printf '["/run.sh"]\\nnull\\n""\\n{}\\n' ;;
                commit*) echo sha256:0 ;;
                run*) cat >"$stub/stdin" ;;
                'buildx build')
                    for word do
                        case $word in --iidfile=*) echo sha256:0 >"${word#*=}" ;; esac
                    done
                    ;;
            esac
            """;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NOT_IN_FLAGS = Pattern.compile("[\\s'\"\\\\]");
    private static final Pattern NOT_IN_KEYS = Pattern.compile("[=\\s\\p{Cntrl}]");

    @Parameter
    private List<String> shell;

    private StubMachine machine;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        machine = new StubMachine(root, shell).docker(ANSWERS).newest("own");
    }

    @Test
    void everyOptionIsFreeTextOrHasAGrammar() {
        assertThat(Stream.concat(FREE_TEXT.stream(), NOT_FREE_TEXT.keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(Specs.options());
    }

    @Test
    void buildx() throws Exception {
        HostileStrings strings = new HostileStrings(2);
        int texts = 0;
        for (int run = 0; run < RUNS; run++) {
            Map<String, List<String>> lists = new LinkedHashMap<>();
            for (String option : List.of(
                    "buildArgs",
                    "labels",
                    "annotations",
                    "buildContexts",
                    "cacheFrom",
                    "cacheTo",
                    "secrets",
                    "ssh",
                    "outputs")) {
                // Not of that form, they are refused.
                boolean row = Set.of("cacheFrom", "cacheTo", "outputs").contains(option);
                lists.put(
                        option,
                        row ? many(() -> Csv.field("x=" + strings.nextNotEmpty())) : many(strings::nextNotEmpty));
                texts += A_LIST;
            }
            String dockerfile = notStandardInput(strings);
            String context = notStandardInput(strings);
            String target = strings.nextNotEmpty();
            String provenance = "mode=max";
            String sbom = "generator=a/b:1";
            List<String> keys = lists.get("labels").stream()
                    .map(key -> "k" + NOT_IN_KEYS.matcher(key).replaceAll(""))
                    .toList();
            ImageSpec spec = Specs.valid(Specs.dockerfile()
                    .dockerfile(dockerfile)
                    .context(context)
                    .target(target)
                    .buildArgs(map(i -> "A" + i, lists.get("buildArgs")))
                    .labels(map(i -> keys.get(i) + i, lists.get("labels")))
                    .annotations(prefixed("key=", lists.get("annotations")))
                    .buildContexts(map(i -> "c" + i, lists.get("buildContexts")))
                    .cacheFrom(lists.get("cacheFrom"))
                    .cacheTo(lists.get("cacheTo"))
                    .secrets(numbered(i -> "id=x" + i + ",src=", lists.get("secrets")))
                    .ssh(numbered(i -> "k" + i + "=", lists.get("ssh")))
                    .provenance(provenance)
                    .sbom(sbom)
                    .outputs(lists.get("outputs"))
                    .builderDriver("docker")
                    .builderName("own"));

            List<String> expected = new ArrayList<>(List.of("buildx", "build", "--builder=own"));
            expected.addAll(machine.ids("--build-arg=ARG_MY_"));
            indexed(expected, i -> "--build-arg=A" + i + "=", lists.get("buildArgs"));
            indexed(expected, i -> "--label=" + keys.get(i) + i + "=", lists.get("labels"));
            indexed(expected, i -> "--build-context=c" + i + "=", lists.get("buildContexts"));
            indexed(expected, i -> "--cache-from=", lists.get("cacheFrom"));
            indexed(expected, i -> "--secret=id=x" + i + ",src=", lists.get("secrets"));
            indexed(expected, i -> "--ssh=k" + i + "=", lists.get("ssh"));
            expected.addAll(List.of(
                    "--allow=security.insecure",
                    "--tag=" + Specs.TAG,
                    "--file=" + left("dockerfile/Dockerfile"),
                    "--target=" + target));
            indexed(expected, i -> "--annotation=key=", lists.get("annotations"));
            indexed(expected, i -> "--cache-to=", lists.get("cacheTo"));
            expected.add("--sbom=" + sbom);
            indexed(expected, i -> "--output=", lists.get("outputs"));
            expected.addAll(List.of(
                    "--provenance=" + provenance, "--metadata-file=" + left("results/metadata.json"), "--", context));

            run(spec);
            assertThat(machine.calls()).containsExactly(expected);
        }
        assertThat(texts).isGreaterThanOrEqualTo(10_000);
    }

    @Test
    void policiesAndAttestations() throws Exception {
        HostileStrings strings = new HostileStrings(11);
        for (int run = 0; run < RUNS; run++) {
            List<String> policies = many(() -> Csv.field("filename=x" + strings.next()));
            String generator = "x" + CONTROL.matcher(strings.next()).replaceAll("");
            String attestation = "type=sbom," + Csv.field("generator=" + generator);
            run(Specs.valid(Specs.dockerfile()
                    .policy(policies)
                    .attests(List.of(attestation))
                    .builderDriver("docker")
                    .builderName("own")));

            List<String> expected = new ArrayList<>();
            indexed(expected, i -> "--policy=", policies);
            expected.add("--attest=" + attestation);
            assertThat(machine.calls().get(0)).containsSubsequence(expected);
        }
    }

    /** The second build must be the first one again to BuildKit, or it would perform the RUN once more. */
    @Test
    void theBuildOfTheRevisionsGetsTheSameArguments() throws Exception {
        HostileStrings strings = new HostileStrings(7);
        for (int run = 0; run < RUNS; run++) {
            List<String> values = new ArrayList<>(many(strings::next));
            values.add("first\nsecond\n\n    third\n");
            BuildPlan plan = BuildPlan.of(
                    Specs.valid(Specs.setup()
                            .mounts("a.b")
                            .buildArgs(map(i -> "A" + i, values))
                            .labels(map(i -> "k" + i, values))
                            .secrets(numbered(i -> "id=x" + i + ",src=", many(strings::nextNotEmpty)))
                            .outputs(List.of("out"))
                            .builderName("own")),
                    "id");

            StubMachine.Ended ended = machine.run(plan);
            assertThat(ended).isEqualTo(new StubMachine.Ended(0, ""));
            machine.assertUnharmed();
            List<List<String>> calls = machine.calls();
            assertThat(calls).hasSize(2);
            List<String> told = calls.get(0).subList(0, calls.get(0).indexOf("--allow=security.insecure") + 1);
            assertThat(told).contains("--build-arg=A" + A_LIST + "=first\nsecond\n\n    third\n");
            assertThat(calls.get(1)).startsWith(told.toArray(String[]::new)).contains("--target=cvmfs-revisions");
        }
    }

    @Test
    void builder() throws Exception {
        HostileStrings strings = new HostileStrings(3);
        for (int run = 0; run < RUNS; run++) {
            List<String> options = many(() -> CONTROL.matcher(strings.next()).replaceAll(""));
            List<String> flags =
                    many(() -> "--f=x" + NOT_IN_FLAGS.matcher(strings.next()).replaceAll(""));
            String config = strings.nextNotEmpty();
            String setup = strings.nextNotEmpty();
            ImageSpec spec = Specs.valid(Specs.setup()
                    .setup(setup)
                    .builderDriverOpts(map(i -> "o" + i, options))
                    .buildkitdFlags(flags)
                    .buildkitdConfig(config)
                    .builderKeep(false));

            List<String> expected = new ArrayList<>(List.of(
                    "buildx",
                    "create",
                    "--name=cvmfs-derived-image-id",
                    "--driver=docker-container",
                    "--driver-opt=image=moby/buildkit:v0.32.2"));
            indexed(
                    expected,
                    i -> "",
                    map(i -> "o" + i, options).entrySet().stream()
                            .map(entry -> "--driver-opt=" + csv(entry.getKey() + "=" + entry.getValue()))
                            .toList());
            expected.add("--buildkitd-flags=--allow-insecure-entitlement=security.insecure " + String.join(" ", flags));
            expected.add("--buildkitd-config=" + left("buildkitd.toml"));

            run(spec);
            assertThat(machine.calls()).first().isEqualTo(expected);
            assertThat(machine.privateDirectory().resolve("buildkitd.toml")).hasContent(config);
            assertThat(Files.readString(machine.privateDirectory().resolve("context/setup")))
                    .isEqualTo(setup);
        }
    }

    @Test
    void commit() throws Exception {
        HostileStrings strings = new HostileStrings(4);
        for (int run = 0; run < RUNS; run++) {
            List<String> variables = many(strings::next);
            List<String> labels = many(strings::next);
            String setup = strings.nextNotEmpty();
            String test = strings.nextNotEmpty();
            ImageSpec spec = Specs.valid(Specs.commit()
                    .setup(setup)
                    .smokeTest(test)
                    .buildArgs(map(i -> "A" + i, variables))
                    .labels(map(i -> "k" + i, labels)));

            List<String> expected = new ArrayList<>(List.of(
                    "run",
                    "--interactive",
                    "--init",
                    "--name=cvmfs-derived-image-id",
                    "--device=/dev/fuse",
                    "--cap-add=SYS_ADMIN",
                    "--security-opt=apparmor=unconfined"));
            indexed(expected, i -> "--label=k" + i + "=", labels);
            expected.addAll(List.of("--entrypoint=/bin/bash", "--", "aperloff/cms-cvmfs-docker:latest"));
            List<String> told = new ArrayList<>(List.of("true", "CVMFS_MOUNTS="));
            told.addAll(machine.ids("MY_"));
            indexed(told, i -> "A" + i + "=", variables);

            run(spec, "Smoke test, in a container of the image:\n");
            List<List<String>> calls = machine.calls();
            assertThat(calls.get(1)).isEqualTo(expected);
            assertThat(calls.get(3))
                    .startsWith("run", "--init", "--name=cvmfs-derived-image-id-tested")
                    .endsWith("smoke-test", test);
            assertThat(machine.told()).isEqualTo(told);
            assertThat(machine.note("stdin")).endsWith("\n" + setup);
        }
    }

    /** The client's configuration is read by a shell: bash in the client, this one here. */
    @Test
    void clientParameters() throws Exception {
        HostileStrings strings = new HostileStrings(6);
        for (int run = 0; run < RUNS; run++) {
            List<String> values = many(() -> CONTROL.matcher(strings.next()).replaceAll(" "));
            ImageSpec spec = Specs.valid(Specs.commit().mounts("a.b").cvmfsParameters(map(i -> "CVMFS_A" + i, values)));

            run(spec);
            List<String> told = machine.told();
            Path settings = machine.workspace().resolve("settings");
            Files.writeString(settings, told.get(told.indexOf("settings") + 2) + "\n");
            for (int i = 0; i < values.size(); i += A_LIST / 2) {
                List<String> command = new ArrayList<>(shell);
                command.addAll(List.of("-c", ". \"$1\"; printf %s \"$CVMFS_A" + i + "\"", "x", settings.toString()));
                Process process = new ProcessBuilder(command)
                        .directory(machine.workspace().toFile())
                        .redirectErrorStream(true)
                        .start();
                String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor()).isZero();
                assertThat(read).isEqualTo(values.get(i));
            }
            Files.delete(settings);
            machine.assertUnharmed();
        }
    }

    @Test
    void setupFile() throws Exception {
        HostileStrings strings = new HostileStrings(5);
        for (int run = 0; run < RUNS; run++) {
            String name = "-"
                    + strings.next()
                            .replace("/", "")
                            .codePoints()
                            .limit(A_LIST)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
            Path file = machine.workspace().resolve(name + run);
            Files.writeString(file, "content " + run);
            StubMachine.Ended ended = machine.run(BuildPlan.of(
                    Specs.valid(Specs.dockerfile().strategy("commit").setupFile(name + run)), "id"));

            assertThat(ended).isEqualTo(new StubMachine.Ended(0, ""));
            assertThat(machine.note("stdin")).endsWith("\ncontent " + run);
            Files.delete(file);
            machine.assertUnharmed();
        }
    }

    private void run(ImageSpec spec) throws Exception {
        run(spec, "");
    }

    private void run(ImageSpec spec, String output) throws Exception {
        StubMachine.Ended ended = machine.run(BuildPlan.of(spec, "id"));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).isEqualTo(output);
        machine.assertUnharmed();
    }

    private String left(String file) {
        return machine.privateDirectory() + "/" + file;
    }

    private static String notStandardInput(HostileStrings strings) {
        String text = strings.nextNotEmpty();
        return text.equals("-") ? notStandardInput(strings) : text;
    }

    private static List<String> many(Supplier<String> next) {
        return Stream.generate(next).limit(A_LIST).toList();
    }

    private static Map<String, String> map(Function<Integer, String> key, List<String> values) {
        Map<String, String> map = new LinkedHashMap<>();
        values.forEach(value -> map.put(key.apply(map.size()), value));
        return map;
    }

    private static List<String> prefixed(String prefix, List<String> values) {
        return values.stream().map(value -> prefix + value).toList();
    }

    private static List<String> numbered(Function<Integer, String> prefix, List<String> values) {
        List<String> numbered = new ArrayList<>();
        indexed(numbered, prefix, values);
        return numbered;
    }

    private static void indexed(List<String> into, Function<Integer, String> prefix, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            into.add(prefix.apply(i) + values.get(i));
        }
    }

    /** RFC 4180: what Go's encoding/csv reads as one field. */
    private static String csv(String field) {
        return field.contains(",") || field.contains("\"") ? "\"" + field.replace("\"", "\"\"") + "\"" : field;
    }
}
