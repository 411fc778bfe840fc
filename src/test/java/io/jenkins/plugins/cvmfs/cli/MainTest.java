package io.jenkins.plugins.cvmfs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @TempDir
    private Path context;

    /**
     * What a command answered.
     *
     * @param code its exit code
     */
    private record Answer(int code, String out, String err) {}

    @BeforeEach
    void prepare() throws Exception {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "plan"})
    void badInputIsReportedAtOnceInTheCommandLinesWords(String command) {
        Answer answer = run(
                command,
                "--tag",
                "A",
                "--context",
                "none",
                "--uid",
                "me",
                "--no-load",
                "--setup-sha256",
                "x",
                "--label",
                "a\0=b");

        assertThat(answer.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err().lines().map(line -> line.split(" ")[1]))
                .containsExactly("--tag", "--dockerfile", "--context", "--setup-sha256", "--uid", "--load", "--label");
    }

    @Test
    void reportsMistakesInADockerfileBeforeAnythingRuns() throws Exception {
        Path file = Files.writeString(
                context.resolve("Dockerfile"), "FROM debian\nRUN source /mount_cvmfs.sh && mount_cvmfs\n");

        for (String command : List.of("build", "plan")) {
            Answer answer = run(command, "--tag", "a", "--context", context.toString());
            assertThat(answer.code()).isEqualTo(Main.BAD_INPUT);
            assertThat(answer.out()).isEmpty();
            assertThat(answer.err().lines())
                    .hasSize(3)
                    .anyMatch(line -> line.startsWith(file + ":1: warning: ") && line.endsWith("[floating-base]"))
                    .anyMatch(line -> line.startsWith(file + ":2: warning: ") && line.endsWith("[source-without-bash]"))
                    .anyMatch(line -> line.startsWith(file + ":2: error: ") && line.endsWith("[mount-not-insecure]"));
        }
        Answer unchecked = run("plan", "--tag", "a", "--context", context.toString(), "--no-dockerfile-checks");
        assertThat(unchecked.code()).isZero();
        assertThat(unchecked.err()).isEmpty();
    }

    @Test
    void checksADockerfileWithoutBuildingIt() throws Exception {
        Path file = Files.writeString(context.resolve("other"), "FROM a:1\nARG DB_PASSWORD\nRUN mount_cvmfs\n");
        Answer found = run("check", "--context", context.toString(), "--dockerfile", file.toString());
        assertThat(found.code()).isEqualTo(Main.FAILED);
        assertThat(found.out().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(file + ":2: warning: ") && line.endsWith("[secret-in-arg]"))
                .anyMatch(line -> line.startsWith(file + ":3: error: ") && line.endsWith("[mount-not-insecure]"));

        JsonNode document = new ObjectMapper()
                .readTree(run("check", "--json", "--context", context.toString(), "--dockerfile", file.toString())
                        .out());
        assertThat(document.path("dockerfile").asText()).isEqualTo(file.toString());
        assertThat(document.path("findings").findValuesAsText("id")).contains("secret-in-arg", "mount-not-insecure");
        assertThat(document.path("findings").findValuesAsText("severity")).containsExactly("warning", "error");
        assertThat(document.at("/findings/1/line").asInt()).isEqualTo(3);

        Files.writeString(file, "FROM a\nRUN ls /cvmfs-helper\n");
        Answer warned = run("check", "--context", context.toString(), "--dockerfile", file.toString());
        assertThat(warned.out()).contains(":1: warning: ");
        assertThat(warned.code()).isZero();

        Answer clean = run("check", "--context", context.toString());
        assertThat(clean.code()).isZero();
        assertThat(clean.out() + clean.err()).isEmpty();

        Answer missing = run("check", "--context", context.toString(), "--dockerfile", "none");
        assertThat(missing.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(missing.err()).contains("Invalid --dockerfile 'none'");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("--nonsense", new String[] {"plan", "--nonsense"}),
                Arguments.of("'--build-arg'", new String[] {"plan", "--tag", "a", "--build-arg", "x"}),
                Arguments.of("--tag", new String[] {"plan", "--tag"}),
                Arguments.of("nonsense", new String[] {"nonsense"}),
                Arguments.of("extra", new String[] {"plan", "--tag", "a", "extra"}));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongCommandLineIsBadInput(String named, String[] arguments) {
        Answer answer = run(arguments);

        assertThat(answer.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(answer.err()).contains(named.replace("'", ""));
    }

    @Test
    void withoutACommandItListsTheCommands() {
        Answer answer = run();

        assertThat(answer.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(answer.err()).contains("build", "plan", "doctor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "plan", "doctor", "host-access"})
    void helpIsThere(String command) {
        Answer answer = run(command, "--help");

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).startsWith("Usage: cvmfs-derived-image " + command);
    }

    @Test
    void hostAccessPrintsTheDevicesFileAlone() throws IOException {
        Answer answer = run("host-access", "--print");

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).isEqualTo(Files.readString(Path.of("examples/agents/cvmfs.yaml")));
        assertThat(run("host-access", "--print", "--cvmfs-host-path", "/sw/cvmfs")
                        .out())
                .contains("hostPath: /sw/cvmfs\n", "containerPath: /cvmfs\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cvmfs", "/", "/a/../etc", "/a,b", "/a b", "/a\nb"})
    void aDirectoryThatDoesNotFitIntoTheFileIsBadInput(String directory) {
        Answer answer = run("host-access", "--print", "--cvmfs-host-path=" + directory);

        assertThat(answer.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("Invalid --cvmfs-host-path '" + directory + "': expected an absolute path");
    }

    @Test
    void planPrintsTheScriptAndTheFiles() {
        Answer answer = run("plan", "--tag", "a", "--setup", "echo 'hello'", "--mounts", "cms.cern.ch", "--push");

        assertThat(answer.code()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .startsWith("#!/bin/sh\n")
                .contains(
                        "docker buildx build",
                        "--push",
                        "# ---- context/Dockerfile\n",
                        "# ---- context/setup\necho 'hello'\n");
    }

    /** Options, and what of them is in the plan; a text after "!" is not. */
    static Stream<Arguments> switches() {
        return Stream.of(
                Arguments.of("", "--load |--allow=security.insecure |!--push |!--no-cache |!--pull |!kind=ephemeral"),
                Arguments.of("--load", "--load "),
                Arguments.of("--push", "--push |!--load "),
                Arguments.of("--push --load", "--push |--load "),
                Arguments.of("--push --no-load", "--push |!--load "),
                Arguments.of("--output out", "--output=out |!--load "),
                Arguments.of("--insecure", "--allow=security.insecure |--allow-insecure-entitlement"),
                Arguments.of("--no-insecure", "!--allow=security.insecure |!--allow-insecure-entitlement"),
                Arguments.of("--builder-keep", "!kind=ephemeral"),
                Arguments.of("--no-builder-keep", "kind=ephemeral"),
                Arguments.of("--no-cache --pull", "--no-cache |--pull "),
                Arguments.of("--strategy commit --setup x", "derive_image true "),
                Arguments.of("--strategy commit --setup x --wipe-cache", "derive_image true "),
                Arguments.of("--strategy commit --setup x --no-wipe-cache", "derive_image false "));
    }

    @ParameterizedTest
    @MethodSource("switches")
    void aSwitchHasThreeStates(String options, String expected) {
        List<String> arguments = new ArrayList<>(List.of("plan", "--tag", "a"));
        if (!options.contains("--setup")) {
            arguments.addAll(List.of("--context", context.toString()));
        }
        arguments.addAll(Arrays.stream(options.split(" "))
                .filter(word -> !word.isEmpty())
                .toList());
        Answer answer = run(arguments.toArray(String[]::new));

        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
        String plan = answer.out().replaceAll(" \\\\\n +", " ");
        for (String text : expected.split("\\|")) {
            if (text.startsWith("!")) {
                assertThat(plan).doesNotContain(text.substring(1));
            } else {
                assertThat(plan).contains(text);
            }
        }
    }

    @Test
    void everyOptionReachesThePlan() throws Exception {
        Path config = Files.writeString(context.resolve("buildkitd.toml"), "debug = true\n");
        Answer answer = run(
                "plan",
                "--context",
                context.toString(),
                "--dockerfile",
                context.resolve("Dockerfile").toString(),
                "--tag",
                "a",
                "--tag",
                "b:2",
                "--target",
                "stage",
                "--mounts",
                "cms.cern.ch",
                "--uid",
                "5",
                "--gid",
                "6",
                "--build-arg",
                "A=b=c",
                "--build-arg",
                "D=",
                "--label",
                "l=m",
                "--annotation",
                "n=o",
                "--platform",
                "linux/amd64",
                "--build-context",
                "p=q",
                "--cache-from",
                "r",
                "--cache-to",
                "s",
                "--secret",
                "id=t",
                "--ssh",
                "default",
                "--provenance",
                "false",
                "--sbom",
                "true",
                "--output",
                "u",
                "--add-host",
                "v:::1",
                "--network",
                "host",
                "--ulimit",
                "core=0",
                "--shm-size",
                "1m",
                "--builder-name",
                "w",
                "--builder-driver",
                "docker-container",
                "--builder-image",
                "x",
                "--builder-driver-opt",
                "y=@z,1",
                "--buildkitd-config",
                config.toString(),
                "--buildkitd-flag=--debug");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out().replaceAll(" \\\\\n +", " "))
                .contains(
                        "ARG_CVMFS_MOUNTS=cms.cern.ch ",
                        "ARG_MY_UID=5 ",
                        "ARG_MY_GID=6 ",
                        "--build-arg=A=b=c --build-arg=D= ",
                        "--label=l=m --build-context=p=q --cache-from=r --secret=id=t --ssh=default --add-host=v:::1 "
                                + "--network=host --ulimit=core=0 --shm-size=1m ",
                        "--tag=a --tag=b:2 ",
                        "/dockerfile/Dockerfile\" --target=stage ",
                        "--annotation=n=o --platform=linux/amd64 --cache-to=s --sbom=true --output=u "
                                + "--provenance=false ",
                        "builder=w\n",
                        "--driver=docker-container --driver-opt=image=x '--driver-opt=\"y=@z,1\"' ",
                        "network.host --debug'",
                        "# ---- buildkitd.toml\ndebug = true\n");
    }

    @Test
    void spellingsOfDockersUsersAreAccepted() {
        String file = context.resolve("Dockerfile").toString();
        Answer answer = run("plan", "-t", "a:1", "-t", "b", "-f", file, context.toString());

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).contains("--tag=a:1", "--tag=b").contains(context.toString());
        assertThat(run("plan", "-t", "a", "--context", ".", context.toString()).err())
                .startsWith("DIR|URL was given twice, with and without --context");
    }

    @Test
    void aMistakeIsReportedWithASuggestionAndNotTheWholeUsage() {
        Answer answer = run("plan", "--tags", "a");

        assertThat(answer.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(answer.err()).contains("Unknown option: '--tags'", "--tag", "cvmfs-derived-image plan --help");
        assertThat(answer.err().lines().count()).isLessThan(6);
    }

    @Test
    void theCompletionKnowsTheOptionsOfTheTable() {
        Answer answer = run("generate-completion");

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("--cvmfs-http-proxy", "--insecure", "reproduce", "docker-container");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#!/bin/bash\\r\\necho\\r\\n | CR LF, so its interpreter would not be found | dos2unix",
                "echo a\\r\\necho\\r\\n | CR LF, so the shell would take | dos2unix",
                "BOM#!/bin/bash\\necho\\n | begins with a byte order mark | UTF-8 without one"
            })
    void aScriptThatAnEditorDamagedIsReportedBeforeTheBuild(String text, String why, String fix) throws Exception {
        String content = text.replace("\\r", "\r").replace("\\n", "\n").replace("BOM", "\uFEFF");
        Path script = Files.writeString(context.resolve("s.sh"), content);

        assertThat(run("plan", "--tag", "a", "--setup-file", script.toString()).err())
                .startsWith("Invalid --setup-file '" + script + "': it")
                .contains(why, fix);
    }

    @Test
    void theSha256OfAScriptIsTakenAsOtherToolsWriteIt() {
        String digest = "ab".repeat(32);
        for (String written : List.of("sha256:" + digest, "AB".repeat(32))) {
            Answer answer =
                    run("plan", "--tag", "a", "--setup-url", "https://example.org/x.sh", "--setup-sha256", written);

            assertThat(answer.out()).as(answer.err()).contains(digest).doesNotContain("AB".repeat(32));
        }
    }

    @Test
    void aBuildArgumentWithoutAValueComesFromTheEnvironment() {
        assertThat(run("plan", "--tag", "a", "--setup", "true", "--build-arg", "PATH", "--json")
                        .out())
                .contains("PATH=" + System.getenv("PATH"));
        assertThat(run("plan", "--tag", "a", "--setup", "true", "--build-arg", "NOT_IN_THE_ENVIRONMENT")
                        .err())
                .startsWith("Invalid --build-arg 'NOT_IN_THE_ENVIRONMENT': expected NAME=value");
    }

    @Test
    void aValueMayBeginWithAnAtSign() {
        assertThat(run("plan", "--tag", "a", "--setup", "@nothing").out()).contains("# ---- context/setup\n@nothing\n");
    }

    @Test
    void aCommandIsTheSameWithAndWithoutTheOthers() {
        for (Map.Entry<String, CommandLine> command :
                Main.commandLine().getSubcommands().entrySet()) {
            assertThat(run(command.getKey(), "--help").out())
                    .as(command.getKey())
                    .isEqualTo(command.getValue().getUsageMessage());
        }
    }

    @Test
    void aCommandDoesNotWaitForTheOthers() {
        assertThat(Main.commandLine("plan").getSubcommands()).containsOnlyKeys("plan");
        assertThat(Main.commandLine("--version").getSubcommands()).isEmpty();
        assertThat(Main.commandLine("--help").getSubcommands()).containsKeys("plan", "generate-completion");
    }

    /** Docker's --output says where an image goes, so it is not for this. */
    @Test
    void everyCommandPrintsJson() {
        Map<String, CommandLine> commands = new HashMap<>(Main.commandLine().getSubcommands());
        commands.remove("generate-completion");

        assertThat(commands)
                .hasSize(8)
                .allSatisfy(
                        (name, command) -> assertThat(command.getCommandSpec().findOption("--json"))
                                .as(name)
                                .isNotNull()
                                .extracting(option -> option.description()[0])
                                .asString()
                                .startsWith("Print JSON: "));
    }

    @Test
    void hostAccessIsDataToo() throws Exception {
        Answer answer = run("host-access", "--json", "--cvmfs-host-path=/sw/cvmfs");

        JsonNode found = new ObjectMapper().readTree(answer.out());
        assertThat(found.fieldNames())
                .toIterable()
                .containsExactly("hostBuildxWorks", "hostCommitWorks", "common", "host", "cdiFile");
        boolean works = found.path("hostBuildxWorks").asBoolean()
                || found.path("hostCommitWorks").asBoolean();
        assertThat(answer.code()).isEqualTo(works ? Main.BUILT : Main.FAILED);
        assertThat(found.at("/common/0/what").asText()).isEqualTo("docker engine");
        assertThat(found.at("/host").fieldNames()).toIterable().containsExactly("directory", "device");
        assertThat(found.at("/cdiFile/path").asText()).isEqualTo("/etc/cdi/cvmfs.yaml");
        assertThat(found.at("/cdiFile/content").asText())
                .isEqualTo(run("host-access", "--print", "--cvmfs-host-path=/sw/cvmfs")
                        .out());
        Answer both = run("host-access", "--print", "--json");
        assertThat(both.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(both.err()).startsWith("--print and --json exclude each other\n");
    }

    @Test
    void everyCommandTellsTheVersion() {
        assertThat(run("--version").out()).isEqualTo("unknown version\n");
        assertThat(run("plan", "--version").out()).isEqualTo("unknown version\n");
    }

    @Test
    void everyOptionThatAMessageNamesIsThere() {
        CommandLine plan = Main.commandLine().getSubcommands().get("plan");
        List<String> missing = OptionTable.all().stream()
                .filter(Option::isOnCommandLine)
                .flatMap(option -> option.commandLine().stream())
                .filter(name -> plan.getCommandSpec().findOption(name) == null)
                .toList();

        assertThat(missing).as("options without their name on the command line").isEmpty();
    }

    @Test
    void buildAndPlanTakeTheSameOptions() {
        List<String> build = optionNames("build");
        List<String> carriesOut = List.of("--record", "--metadata-file", "--iidfile", "--registry-auth-file");
        assertThat(build).containsAll(carriesOut);
        build.removeAll(carriesOut);
        List<String> plan = optionNames("plan");
        assertThat(plan).contains("--library");
        plan.remove("--library");
        assertThat(build).isEqualTo(plan);
    }

    @Test
    void strategyCommitHasNoMetadataOfBuildx() {
        Answer answer = run("build", "--tag", "a", "--setup", "x", "--strategy", "commit", "--metadata-file", "m.json");

        assertThat(answer.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(answer.err())
                .startsWith("Invalid --metadata-file 'm.json': strategy commit")
                .contains("--record");
    }

    @Test
    void aPlanShowsTheTagsAndLabelsOfTheRules() {
        Answer answer = run(
                "plan",
                "--tag=example.org/a",
                "--tag-rule=type=raw,value=Of The Rule",
                "--oci-metadata=labels",
                "--setup=x",
                "--label=org.opencontainers.image.created=never");

        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("Tags: example.org/a:of-the-rule");
        assertThat(answer.out())
                .contains(
                        "--tag=example.org/a:of-the-rule",
                        "--label=org.opencontainers.image.created=never",
                        "--label=org.opencontainers.image.version=of-the-rule")
                .doesNotContain("type=raw");
        Answer none = run("plan", "--tag=example.org/a", "--tag-rule=type=raw,value=x,enable=false", "--setup=x");
        assertThat(none.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(none.err()).startsWith("Invalid --tag-rule ").contains("none of them generates a tag in this run");
    }

    @Test
    void anImageIsPromotedByItsDigestAlone() throws Exception {
        String digest = "sha256:" + "a".repeat(64);
        Answer plan = run("promote", "example.org/a@" + digest, "--tag=example.org/a:stable", "--plan");
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out())
                .contains("--prefer-index=false", "--tag=example.org/a:stable", "-- example.org/a@" + digest)
                .doesNotContain("buildx build");

        Answer refused = run("promote", "example.org/a:1", "--tag=A");
        assertThat(refused.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(refused.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("Invalid IMAGE 'example.org/a:1': expected an image with its digest"),
                        line -> assertThat(line).startsWith("Invalid --tag 'A'"));
        Path none = Files.writeString(context.resolve("record.json"), "{}");
        Answer unread = run("promote", none.toString(), "--tag=a");
        assertThat(unread.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(unread.err()).startsWith("Invalid IMAGE '" + none + "': expected a record");
    }

    @Test
    void aPlanIsShortUnlessTheLibraryIsAskedFor() {
        String function = "make_builder() {";
        assertThat(run("plan", "--tag", "a", "--setup", "x").out()).doesNotContain(function, "mount_repositories");
        assertThat(run("plan", "--tag", "a", "--setup", "x", "--library").out())
                .contains("# ---- lib.sh\n", function, "# ---- context/derive\n", "mount_repositories");
    }

    @Test
    void aPlanIsDataToo() throws Exception {
        JsonNode plan = new ObjectMapper()
                .readTree(
                        run("plan", "--tag", "a", "--strategy", "commit", "--setup", "x", "--label", "b=$(c)", "--json")
                                .out());

        JsonNode build = plan.path("steps").get(0);
        assertThat(build.path("phase").asText()).isEqualTo("build");
        assertThat(build.path("purpose").asText()).isEqualTo("Run the setup script in a container");
        assertThat(build.path("command")).contains(new TextNode("docker"), new TextNode("--label=b=$(c)"));
        assertThat(build.path("command").findValuesAsText("shell")).containsExactly("--name=$container");
        assertThat(plan.path("files").findValuesAsText("path")).contains("build.sh", "lib.sh", "inside.sh", "setup");
        assertThat(plan.path("files").findValuesAsText("content"))
                .contains("x")
                .noneMatch(content -> content.contains("make_builder() {"));
    }

    @Test
    void aConfigurationThatCannotBeReadIsReported() {
        Answer answer = run(
                "plan",
                "--tag",
                "a",
                "--context",
                context.toString(),
                "--buildkitd-config",
                context.resolve("none").toString());

        assertThat(answer.code()).isNotZero();
        assertThat(answer.err()).contains(context.resolve("none").toString());
    }

    private static List<String> optionNames(String command) {
        return new ArrayList<>(Main.commandLine().getSubcommands().get(command).getCommandSpec().options().stream()
                .map(option -> option.longestName())
                .sorted()
                .toList());
    }

    private static Answer run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Answer(code, out.toString(), err.toString());
    }

    @Test
    void allMistakesOfSeveralImagesAreReportedAtOnceWithTheirNames() throws Exception {
        Path images = Files.writeString(context.resolve("images.json"), """
                [{"name": "a", "tags": "example.org/a", "targt": "x"},
                 {"name": "b", "tags": ["example.org/a", "B"], "push": "yes"},
                 {"name": "A", "tags": "example.org/c", "setup": "true", "uid": "1"},
                 {"tags": "example.org/d"}]
                """);

        Answer answer = run(
                "plan",
                "--images-file",
                images.toString(),
                "--context",
                context.toString(),
                "--gid",
                "me",
                "--parallel",
                "0");

        assertThat(answer.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err().lines())
                .containsExactly(
                        "Image 'a': Unknown option 'targt': did you mean target?",
                        "Image 'b': Invalid --push '\"yes\"': expected true or false",
                        "Image 'A': 'uid' holds for the whole call, not for one image; give it as --uid",
                        "Invalid name 'A': another image of this call has this name; each needs its own",
                        "Missing name of image 4: each of several images needs one",
                        "Invalid --parallel '0': expected a number from 1 to 64",
                        "Invalid --gid 'me': expected a number from 0 to 4294967294",
                        "Image 'b': Invalid --tag 'B': expected [registry[:port]/]repository[:tag], the repository in "
                                + "lower case, without a digest");
    }

    @Test
    void noTwoImagesHaveTheSameTag() throws Exception {
        Path images = Files.writeString(
                context.resolve("images.json"), "[{\"name\": \"a\"}, {\"name\": \"b\", \"target\": \"x\"}]");

        Answer answer = run(
                "plan", "--images-file", images.toString(), "--context", context.toString(), "--tag", "example.org/a");

        assertThat(answer.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(answer.err().strip())
                .isEqualTo("Image 'b': Invalid --tag 'example.org/a': image 'a' has this tag, too; give each its own");
    }

    @ParameterizedTest
    @CsvSource({
        "'', expected an array with an object for each image",
        "'{}', expected an array with an object for each image",
        "'[]', expected an array with an object for each image",
        "'[1]', 'expected objects in its array, and found 1'",
        "'[{]', expected JSON: ",
    })
    void aFileWithoutImagesIsRefused(String text, String reason) throws Exception {
        Path images = Files.writeString(context.resolve("images.json"), text);

        Answer answer = run("plan", "--images-file", images.toString());

        assertThat(answer.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(answer.err()).contains("The file of --images-file: " + reason);
    }

    @Test
    void thePlanOfSeveralImagesHasEachOnesSteps() throws Exception {
        Path images = Files.writeString(
                context.resolve("images.json"),
                "[{\"name\": \"a\", \"tags\": \"example.org/a\", \"buildArgs\": {\"X\": 1}},"
                        + " {\"name\": \"b\", \"tags\": \"example.org/b\", \"setup\": \"true\"}]");
        String[] plan = {
            "plan",
            "--images-file",
            images.toString(),
            "--context",
            context.toString(),
            "--build-arg=Y=2",
            "--builder-driver=docker",
            "--json"
        };

        JsonNode document = new ObjectMapper().readTree(run(plan).out());
        assertThat(document.path("images").findValuesAsText("name")).containsExactly("a", "b");
        assertThat(document.at("/images/0/steps/0/command").findValuesAsText("shell"))
                .isNotEmpty();
        assertThat(document.at("/images/0/steps/0/command").toString())
                .contains("--build-arg=X=1", "--build-arg=Y=2", "--tag=example.org/a");
        assertThat(document.at("/files").findValuesAsText("path"))
                .contains("build.sh", "lib.sh", "images/a/build.sh", "images/b/context/Dockerfile");
    }

    @Test
    void anImageHasItsOwnStrategySecretsAndPower() throws Exception {
        Path images = Files.writeString(context.resolve("images.json"), """
                [{"name": "a", "tags": "example.org/a", "insecure": false, "secrets": "id=mine,env=A"},
                 {"name": "b", "tags": "example.org/b", "setup": "true", "strategy": "commit", "wipeCache": false},
                 {"name": "c", "tags": "example.org/c"}]
                """);

        JsonNode document = new ObjectMapper()
                .readTree(run(
                                "plan",
                                "--images-file",
                                images.toString(),
                                "--context",
                                context.toString(),
                                "--secret=id=ours,env=A",
                                "--cache-from=example.org/cache",
                                "--no-builder-keep",
                                "--json")
                        .out());

        assertThat(document.at("/images/0/steps").toString())
                .contains("--secret=id=mine,env=A", "--cache-from=example.org/cache")
                .doesNotContain("ours", "security.insecure");
        assertThat(document.at("/images/1/steps").toString())
                .contains("\"commit\"")
                .doesNotContain("buildx", "cache-from", "secret");
        assertThat(document.at("/images/2/steps").toString())
                .contains("--secret=id=ours,env=A", "security.insecure")
                .doesNotContain("mine");
    }

    @Test
    void whatHoldsForTheWholeCallIsRefusedInAnImage() throws Exception {
        Path images = Files.writeString(context.resolve("images.json"), """
                [{"name": "a", "tags": "example.org/a", "builder": {"driver": "docker"}, "builderDriver": "docker",
                  "noCache": true, "credentialsId": "b", "cvmfs": {}}]
                """);

        Answer answer = run("plan", "--images-file", images.toString(), "--context", context.toString());

        assertThat(answer.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(answer.err())
                .contains(
                        "Image 'a': 'builder' holds for the whole call, not for one image; give it as --builder-name, "
                                + "--builder-driver, ",
                        "Image 'a': 'builderDriver' holds for the whole call, not for one image; give it as "
                                + "--builder-driver\n",
                        "Image 'a': 'noCache' holds for the whole call, not for one image; give it as --no-cache\n",
                        "Image 'a': 'credentialsId' is an option of Jenkins only; omit it\n",
                        "Image 'a': 'cvmfs' holds for the whole call, not for one image; give it as --cvmfs-access, ");
    }
}
