package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts do when all goes well, when something fails, and when they are stopped. */
@ParameterizedClass
@MethodSource("shells")
class ScriptBehaviourTest {
    private static final String IMAGE_ID = """
            for word do
                case $word in --iidfile=*) echo sha256:0 >"${word#*=}" ;; esac
            done
            """;
    private static final String BASE_IMAGE = "printf '[\"/run.sh\",\"-x\"]\\nnull\\n\"me\"\\n{}\\n'";
    private static final String UNTIL_STOPPED = """
            trap 'touch "$stub/stopped"; exit 99' TERM
            touch "$stub/started"
            while :; do sleep 0.05; done
            """;

    @Parameter
    private List<String> shell;

    private StubMachine machine;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        machine = new StubMachine(root, shell);
    }

    @ParameterizedTest
    @CsvSource({
        "docker-container, true, false, buildx build; image inspect",
        "docker-container, false, true, buildx build",
        "docker-container, true, true, buildx build; image inspect",
        "docker, true, false, buildx build; image inspect",
        "docker, false, true, buildx build",
        "docker, true, true, buildx build; image inspect"
    })
    void theWarmPathIsOneBuildAndForAnImageThatIsLoadedOneInspect(
            String driver, boolean load, boolean push, String calls) throws Exception {
        builderIsThere();
        docker("'buildx build')", IMAGE_ID + metadata("application/vnd.oci.image.manifest.v1+json"));

        assertThat(run(Specs.dockerfile().builderDriver(driver).load(load).push(push)))
                .isZero();
        assertThat(machine.called()).containsExactly(calls.split("; "));
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.oci.image.index.v1+json, false, true",
        "application/vnd.docker.distribution.manifest.list.v2+json, false, true",
        "application/vnd.docker.distribution.manifest.v2+json, false, false",
        "application/vnd.docker.distribution.manifest.v2+json, true, true"
    })
    void theRegistryIsQueriedForAnIndexOrOnRequest(String mediaType, boolean wanted, boolean asked) throws Exception {
        builderIsThere();
        docker("'buildx build')", IMAGE_ID + metadata(mediaType));

        assertThat(run(container().push(true).recordManifest(wanted))).isZero();
        assertThat(machine.called().contains("buildx imagetools inspect")).isEqualTo(asked);
    }

    /** What has docker write buildx's metadata of an image of this type. */
    private static String metadata(String mediaType) {
        return "\nfor word do case $word in --metadata-file=*) printf '{\n  \"containerimage.descriptor\": {\n    "
                + "\"mediaType\": \"" + mediaType + "\"\n  }\n}\n' >\"${word#*=}\" ;; esac done\n";
    }

    /** What a RUN wrote comes with no build's result, so a build that mounts asks the builder's cache for it. */
    @ParameterizedTest
    @CsvSource({"cms.cern.ch, true", "all, true", "none, false", "'', false"})
    void onlyABuildThatMountsAsksOnceMore(String mounts, boolean asks) throws Exception {
        builderIsThere();
        docker("'buildx build')", IMAGE_ID);

        assertThat(run(container()
                        .setup("echo hello")
                        .mounts(mounts)
                        .noCache(true)
                        .pull(true)))
                .isZero();
        List<List<String>> calls = machine.calls();
        assertThat(calls.stream().map(call -> call.get(0) + " " + call.get(1)))
                .startsWith("buildx build", "image inspect")
                .hasSize(asks ? 3 : 2);
        if (asks) {
            assertThat(calls.get(2))
                    .contains("build", "--target=cvmfs-revisions", "--no-cache-filter=cvmfs-revisions")
                    .doesNotContain("--load", "--no-cache", "--pull");
        }
    }

    @Test
    void theRevisionsOfAnImageAreAskedForOnce() throws Exception {
        builderIsThere();
        docker(
                "'buildx build')",
                "case $* in *cvmfs-revisions*) echo 'cms.cern.ch 7 -' >\"$stub/repositories\"; tar -cf - -C "
                        + "\"$stub\" repositories ;; esac\n"
                        + IMAGE_ID);

        assertThat(run(container().setup("echo hello").mounts("cms.cern.ch"))).isZero();
        assertThat(machine.called()).containsExactly("buildx build", "image inspect", "buildx build");
        assertThat(run(container().setup("echo hello").mounts("cms.cern.ch"))).isZero();
        assertThat(machine.called()).containsExactly("buildx build", "image inspect");
        assertThat(machine.left(ResultFile.REPOSITORIES)).isEqualTo("cms.cern.ch 7 -\n");
    }

    /** The frontend of another Dockerfile, or another builder, could have told anything of the same image. */
    @Test
    void theRevisionsFromAnotherBuildOfTheSameImageAreNotUsed() throws Exception {
        docker(
                "'buildx build')",
                "case $* in *cvmfs-revisions*) echo 'cms.cern.ch 7 -' >\"$stub/repositories\"; tar -cf - -C "
                        + "\"$stub\" repositories ;; esac\n"
                        + IMAGE_ID);
        ImageSpecBuilder options = Specs.dockerfile().builderDriver("docker").mounts("cms.cern.ch");
        String helper = "FROM a\nRUN --mount=from=cvmfs-helper,target=/h /h/mount\n";

        assertThat(asked(options, "# syntax=evil.example/frontend\n" + helper)).isTrue();
        assertThat(asked(options, "# syntax=evil.example/frontend\n" + helper)).isFalse();
        assertThat(asked(options, helper)).isTrue();
        assertThat(asked(options, helper)).isFalse();
        assertThat(asked(Specs.dockerfile().builderName("mine").mounts("cms.cern.ch"), helper))
                .isTrue();
        machine.with("DOCKER_HOST", "tcp://other.example:2376");
        assertThat(asked(options, helper)).isTrue();
    }

    private boolean asked(ImageSpecBuilder options, String dockerfile) throws Exception {
        BuildPlan plan = BuildPlan.of(Specs.valid(options), "id", Optional.of(DockerfileText.of(dockerfile)));
        assertThat(machine.run(plan).exitCode()).isZero();
        return machine.calls().stream().anyMatch(call -> call.contains("--target=cvmfs-revisions"));
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "true, 1", "false, 0"})
    void theBuildsOwnRecordIsExportedByItsName(boolean named, int code) throws Exception {
        docker(
                "'buildx build')",
                IMAGE_ID
                        + "for word do case $word in --metadata-file=*) echo '{\"buildx.build.ref\": \"b/b0/"
                        + (named ? "abc123" : "-x") + "\"}' >\"${word#*=}\" ;; esac; done ;;\n"
                        + "'buildx history') exit " + code);

        assertThat(run(Specs.dockerfile().builderDriver("docker").buildRecord(true)))
                .isZero();
        assertThat(machine.calls().stream().filter(call -> call.contains("history")))
                .hasSize(named ? 1 : 0)
                .allMatch(call -> call.get(call.size() - 1).equals("abc123"));
    }

    /** A name that ends a line is not taken for what ls tells of another file. */
    @Test
    void filesOfOutputsAreNoted() throws Exception {
        Path out = Files.createDirectories(machine.workspace().resolve("o u t/sub"));
        Files.writeString(out.resolve("file"), "12345");
        Files.writeString(out.resolve("odd\n-rw-r--r-- 1 0 0 999 x"), "1234567");
        Files.createSymbolicLink(out.resolve("link"), Path.of("file"));
        Files.writeString(machine.workspace().resolve("a.tar"), "abc");
        docker("'buildx build')", IMAGE_ID);

        assertThat(machine.run(BuildPlan.of(
                                Specs.valid(Specs.dockerfile()
                                        .builderDriver("docker")
                                        .outputs(List.of(
                                                "type=local,dest=o u t", "type=tar,dest=a.tar", "type=oci,dest=none"))
                                        .recordOutputs(true)),
                                "id"))
                        .exitCode())
                .isZero();
        assertThat(machine.left(ResultFile.OUTPUTS).lines())
                .containsExactly("0 - 12", "1 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3");
    }

    @Test
    void aBuildDoesNotFailBecauseTheRevisionsAreNotReported() throws Exception {
        builderIsThere();
        docker("'buildx build')", "case $* in *cvmfs-revisions*) exit 1 ;; esac\n" + IMAGE_ID);

        assertThat(run(container().setup("echo hello").mounts("cms.cern.ch"))).isZero();
    }

    @Test
    void anImageThatPassesItsTestGetsItsTags() throws Exception {
        docker("'buildx build')", IMAGE_ID);

        assertThat(run(Specs.dockerfile().builderDriver("docker").smokeTest("true")))
                .isZero();
        List<List<String>> calls = machine.calls();
        assertThat(calls.stream().map(call -> call.get(0)))
                .containsExactly("buildx", "run", "tag", "image", "container", "image");
        assertThat(calls).last().isEqualTo(List.of("image", "rm", "cvmfs-derived-image-id-tested"));
    }

    @Test
    void anImageThatPassesItsTestIsPushed() throws Exception {
        docker("'buildx build')", IMAGE_ID);

        assertThat(run(Specs.dockerfile()
                        .builderDriver("docker")
                        .smokeTest("true")
                        .push(true)))
                .isZero();
        assertThat(machine.called()).containsExactly("buildx build", "run", "buildx build", "container rm", "image rm");
    }

    @ParameterizedTest
    @CsvSource({"buildx, true", "buildx, false", "commit, true", "commit, false"})
    void anImageThatDoesNotPassIsNotPublished(String strategy, boolean push) throws Exception {
        docker(
                "'image inspect')",
                BASE_IMAGE + " ;; commit*) echo sha256:1 ;; 'run --init') exit 3 ;; 'buildx build')" + IMAGE_ID);

        assertThat(run(Specs.setup()
                        .strategy(strategy)
                        .builderDriver(strategy.equals("buildx") ? "docker" : null)
                        .smokeTest("false")
                        .push(push)))
                .isEqualTo(3);
        assertThat(machine.calls().stream().flatMap(List::stream))
                .contains("rm", "cvmfs-derived-image-id-tested")
                .doesNotContain("tag", "push", "imagetools", "--push", "--tag=" + Specs.TAG);
        assertThat(machine.left(ResultFile.PHASE)).isEqualTo("test\n");
    }

    @Test
    void thePublishedImageMustBeTheTestedOne() throws Exception {
        String other = IMAGE_ID.replace("sha256:0", "\"sha256:$(grep -c build \"$stub/calls\")\"");
        docker("'buildx build')", other);

        assertThat(run(Specs.dockerfile()
                        .builderDriver("docker")
                        .smokeTest("true")
                        .push(true)))
                .isEqualTo(1);
        assertThat(run(Specs.dockerfile()
                        .builderDriver("docker")
                        .smokeTest("true")
                        .push(true)
                        .provenance("true")))
                .isZero();
        assertThat(run(Specs.dockerfile()
                        .builderDriver("docker")
                        .smokeTest("true")
                        .push(true)
                        .cacheTo(List.of("type=inline"))))
                .isZero();
        assertThat(run(Specs.dockerfile()
                        .builderDriver("docker")
                        .smokeTest("true")
                        .push(true)
                        .cacheTo(List.of("mode=max,type=inline"))))
                .isZero();
        assertThat(run(Specs.dockerfile()
                        .builderDriver("docker")
                        .smokeTest("true")
                        .outputs(List.of("out"))))
                .isZero();
    }

    /** A file of the user's own with the helper: the file with the revisions comes from a stage below it. */
    @Test
    void theRevisionsOfADockerfileThatMountsWithTheHelperAreAskedFor() throws Exception {
        docker("'buildx build')", IMAGE_ID);
        String text = "FROM a AS b\nRUN --mount=from=cvmfs-helper,target=/h /h/mount";

        ImageSpecBuilder options = Specs.dockerfile().builderDriver("docker").mounts("cms.cern.ch");
        assertThat(machine.run(BuildPlan.of(
                                Specs.valid(options), "id", Optional.of(new DockerfileText(text, Optional.of("x")))))
                        .exitCode())
                .isZero();
        List<List<String>> calls = machine.calls();
        assertThat(calls).hasSize(3);
        assertThat(calls.get(2))
                .contains(
                        "--target=cvmfs-revisions",
                        "--file=" + machine.privateDirectory().resolve("dockerfile/revisions.Dockerfile"))
                .noneMatch(word -> word.startsWith("--tag"));
        assertThat(machine.privateDirectory().resolve("dockerfile/revisions.Dockerfile"))
                .content()
                .startsWith(text + "\n\nFROM scratch AS cvmfs-revisions\nCOPY --from=0 ");
        assertThat(machine.privateDirectory().resolve("dockerfile/revisions.Dockerfile.dockerignore"))
                .hasContent("x");
    }

    /** What a script that runs as another one's child could be told by its environment. */
    @Test
    void noVariableLeadsABuildToOtherSourcesOrBuilders() throws Exception {
        for (String variable : List.of("EXPERIMENTAL_BUILDKIT_SOURCE_POLICY", "BUILDX_BUILDER", "BUILDKIT_HOST")) {
            machine.with(variable, "x");
        }
        docker(
                "'buildx build')",
                "env | grep -c -e ^EXPERIMENTAL_ -e ^BUILDX_B -e ^BUILDKIT_HOST >\"$stub/variables\"");

        run(Specs.dockerfile().builderDriver("docker"));
        assertThat(machine.note("variables")).isEqualTo("0\n");
    }

    /** A build without any right could fill a cache whose name it knows, and an insecure build would mount from it. */
    @Test
    void theCacheOnTheEnginesOwnBuilderHasANamespaceOfThisUsersOwn() throws Exception {
        ImageSpecBuilder options = Specs.setup().mounts("a.b").builderDriver("docker");
        docker("'buildx build')", IMAGE_ID + "\necho \"${BUILDKIT_CACHE_MOUNT_NS-none}\" >\"$stub/namespace\"");
        assertThat(run(options)).isZero();
        String first = machine.note("namespace").strip();
        assertThat(first).matches("[0-9a-f]{32}");
        assertThat(machine.calls().get(0))
                .as("the namespace is on no command line")
                .contains("--build-arg=BUILDKIT_CACHE_MOUNT_NS")
                .noneMatch(word -> word.contains(first));
        assertThat(run(options)).isZero();
        assertThat(machine.note("namespace").strip()).isEqualTo(first);

        machine.with(
                "XDG_STATE_HOME", machine.workspace().resolveSibling("other").toString());
        assertThat(run(options)).isZero();
        assertThat(machine.note("namespace").strip()).isNotEqualTo(first).matches("[0-9a-f]{32}");

        builderIsThere();
        machine.calls();
        assertThat(run(container().setup("x").mounts("a.b"))).isZero();
        assertThat(machine.note("namespace").strip()).isEqualTo("none");
        assertThat(machine.calls().get(0)).doesNotContain("--build-arg=BUILDKIT_CACHE_MOUNT_NS");
    }

    @Test
    void anExistingBuilderIsUsedUnchanged() throws Exception {
        docker("'buildx build')", "exit 5");

        assertThat(run(Specs.dockerfile().builderName("mine"))).isEqualTo(5);
        List<List<String>> calls = machine.calls();
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0)).contains("--builder=mine");
    }

    @Test
    void aMissingBuilderIsCreatedBeforeTheBuild() throws Exception {
        docker("'buildx build')", IMAGE_ID);

        assertThat(run(container())).isZero();
        assertThat(machine.called())
                .containsExactly("buildx create", "buildx inspect", "buildx build", "image inspect");
    }

    @Test
    void buildersAreFoundInBuildxsRecords(@TempDir Path config) throws Exception {
        Files.createDirectory(config.resolve("instances"));
        machine.knows(keptBuilder());
        Files.move(
                machine.instances().resolve(keptBuilder()),
                config.resolve("instances").resolve(keptBuilder()));
        machine.with("BUILDX_CONFIG", config.toString());

        assertThat(run(container().push(true))).isZero();
        assertThat(machine.called()).doesNotContain("buildx create");
    }

    @Test
    void aBuilderThatAnotherBuildMadeAtTheSameTimeIsFine() throws Exception {
        docker("'buildx create')", "echo 'ERROR: existing instance for \"x\" but no append mode' >&2; exit 1");

        assertThat(run(container().push(true))).isZero();
        assertThat(machine.called())
                .containsExactly("buildx create", "buildx inspect", "buildx inspect", "buildx build");
    }

    @Test
    void aBuilderThatCannotBeCreatedEndsTheBuild() throws Exception {
        docker("'buildx create' | 'buildx inspect')", "echo 'no room' >&2; exit 3");

        StubMachine.Ended ended = machine.run(plan(container()));
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.output()).contains("no room");
        assertThat(machine.called()).containsExactly("buildx create", "buildx inspect");
        assertPhase(Phase.BUILDER);
    }

    @Test
    void aMissingBuilderIsCreatedAgainAndTheBuildRepeatedOnce() throws Exception {
        builderIsThere();
        docker(
                "'buildx build') [ -e \"$stub/created\" ] || exit 1 ;; 'buildx inspect') [ -e \"$stub/created\" ] "
                        + "|| exit 1 ;; 'buildx create')",
                "touch \"$stub/created\"");

        StubMachine.Ended ended = machine.run(plan(container().push(true)));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output())
                .contains("The builder " + keptBuilder() + " no longer exists or does not start; creating it again.");
        assertThat(machine.called())
                .containsExactly(
                        "buildx build",
                        "buildx inspect",
                        "buildx inspect",
                        "buildx rm",
                        "buildx create",
                        "buildx inspect",
                        "buildx build");
    }

    @Test
    void theSecondTryIsTheLast() throws Exception {
        builderIsThere();
        docker(
                "'buildx build') exit 7 ;; 'buildx inspect')",
                "[ -e \"$stub/created\" ] || exit 1 ;; 'buildx create') touch \"$stub/created\"");

        assertThat(run(container())).isEqualTo(7);
        assertThat(machine.called())
                .containsExactly(
                        "buildx build",
                        "buildx inspect",
                        "buildx inspect",
                        "buildx rm",
                        "buildx create",
                        "buildx inspect",
                        "buildx build");
        assertPhase(Phase.BUILD);
    }

    @Test
    void aFailingBuildIsNotRepeated() throws Exception {
        builderIsThere();
        docker("'buildx build')", "exit 17");

        assertThat(run(container())).isEqualTo(17);
        assertThat(machine.called()).containsExactly("buildx build", "buildx inspect", "container ls");
        assertPhase(Phase.BUILD);
    }

    @Test
    void aBuilderThatKeepsRestartingIsCreatedAgain() throws Exception {
        builderIsThere();
        docker(
                "'buildx build') [ -e \"$stub/created\" ] || exit 1 ;; 'container ls') [ -e \"$stub/created\" ] || "
                        + "echo 1234 ;; 'buildx create')",
                "touch \"$stub/created\"");

        assertThat(run(container().push(true))).isZero();
        assertThat(machine.called()).contains("buildx rm", "buildx create");
    }

    @Test
    void anUnreadableRecordOfABuilderIsRemoved() throws Exception {
        builderIsThere();
        docker(
                "'buildx build' | 'buildx inspect') [ -e \"$stub/created\" ] || exit 1 ;; 'buildx rm') exit 1 ;; "
                        + "'buildx create')",
                "touch \"$stub/created\"");

        assertThat(run(container().push(true))).isZero();
        assertThat(machine.instances().resolve(keptBuilder())).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "17"})
    void anEphemeralBuilderIsRemovedHoweverTheBuildEnds(int code) throws Exception {
        docker("'volume ls') echo a_volume ;; 'buildx build')", IMAGE_ID + "exit " + code);

        assertThat(run(container().builderKeep(false).push(true))).isEqualTo(code);
        List<List<String>> calls = machine.calls();
        assertThat(calls).contains(List.of("buildx", "rm", "--force", "cvmfs-derived-image-id"));
        // buildx leaves it where somebody has removed the container.
        assertThat(calls).last().isEqualTo(List.of("volume", "rm", "--force", "a_volume"));
    }

    /** As over ssh, or where a cluster does not answer. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSignalIsHandledWhileABuilderIsCreated(boolean keep) throws Exception {
        docker("'buildx create')", "touch \"$stub/started\"; exec sleep 600");

        assertThat(stopped(container().builderKeep(keep), "TERM")).isEqualTo(143);
        assertThat(machine.called())
                .isEqualTo(
                        keep
                                ? List.of("buildx create")
                                : List.of("buildx create", "buildx rm", "container ls", "volume ls"));
    }

    @Test
    void anEphemeralBuilderIsRemovedEvenIfCreatingItFailed() throws Exception {
        docker("'buildx create')", "exit 4");

        assertThat(run(container().builderKeep(false))).isEqualTo(4);
        assertThat(machine.called()).containsExactly("buildx create", "buildx rm", "container ls", "volume ls");
    }

    @Test
    void theContainerOfABuilderIsRemovedEvenIfBuildxCannot() throws Exception {
        docker("'buildx rm') exit 1 ;; 'container ls') echo a; echo b ;; 'volume ls')", "echo v");

        assertThat(run(container().builderKeep(false).push(true))).isZero();
        assertThat(machine.calls())
                .contains(
                        List.of(
                                "container",
                                "ls",
                                "--all",
                                "--quiet",
                                "--filter",
                                "name=^buildx_buildkit_cvmfs-derived-image-id[0-9]$"),
                        List.of("container", "rm", "--force", "a", "b"),
                        List.of("volume", "rm", "--force", "v"));
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void aSignalStopsTheBuildAndRemovesTheBuilder(String signal, int code) throws Exception {
        docker("'buildx build')", UNTIL_STOPPED);

        assertThat(stopped(container().builderKeep(false), signal)).isEqualTo(code);
        assertThat(machine.has("stopped")).as("the build got the signal").isTrue();
        assertThat(machine.called())
                .containsExactly("buildx create", "buildx build", "buildx rm", "container ls", "volume ls");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalStopsABuildOnAKeptBuilder(String signal, int code) throws Exception {
        builderIsThere();
        docker("'buildx build')", UNTIL_STOPPED);

        assertThat(stopped(container(), signal)).isEqualTo(code);
        assertThat(machine.has("stopped")).as("the build got the signal").isTrue();
        assertThat(machine.called()).containsExactly("buildx build");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, {}, default",
                "-, -, {\"currentContext\": \"mine\"}, mine",
                "tcp://h, -, {\"currentContext\": \"mine\"}, default",
                "-, other, {\"currentContext\": \"mine\"}, other",
                "tcp://h, other, {}, default"
            })
    void theEnginesOwnBuilderHasTheNameOfTheContext(String host, String context, String config, String builder)
            throws Exception {
        Files.writeString(machine.instances().resolveSibling("../config.json"), config);
        docker("'context show')", "echo mine");
        if (host != null) {
            machine.with("DOCKER_HOST", host);
        }
        if (context != null) {
            machine.with("DOCKER_CONTEXT", context);
        }

        assertThat(run(Specs.dockerfile().builderDriver("docker").push(true))).isZero();
        assertThat(machine.calls())
                .filteredOn(call -> call.contains("build"))
                .first()
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .contains("--builder=" + builder);
    }

    @Test
    void theAgentsUserIsTheDefault() throws Exception {
        assertThat(run(container().push(true))).isZero();
        assertThat(machine.calls().get(2)).containsAll(machine.ids("--build-arg=ARG_MY_"));

        commitAnswers("");
        assertThat(run(Specs.commit())).isZero();
        assertThat(machine.told()).containsAll(machine.ids("MY_"));
    }

    @Test
    void rootIsNobodysDefault() throws Exception {
        machine.stub("id", "echo 0");
        assertThat(run(Specs.setup().builderDriver("docker"))).isZero();
        assertThat(machine.calls().get(0)).noneMatch(word -> word.contains("MY_UID") || word.contains("MY_GID"));

        commitAnswers("");
        assertThat(run(Specs.commit())).isZero();
        assertThat(machine.told()).noneMatch(word -> word.contains("MY_UID") || word.contains("MY_GID"));
        assertThat(machine.calls().get(2)).contains("--change=ENV MY_UID=", "--change=ENV MY_GID=");
    }

    @Test
    void commitCreatesAnImageFromTheContainerAndRemovesIt() throws Exception {
        commitAnswers("");

        assertThat(run(Specs.commit().tags(List.of("other:2")).push(true))).isZero();
        List<List<String>> calls = machine.calls();
        assertThat(calls.stream().map(call -> call.get(0) + " " + call.get(1)))
                .containsExactly(
                        "image inspect",
                        "run --interactive",
                        "commit --change=ENV CVMFS_MOUNTS=\"\"",
                        "tag --",
                        "push --",
                        "push --",
                        "image inspect",
                        "image rm",
                        "container rm");
        assertThat(calls.get(2))
                .containsExactly(
                        "commit",
                        "--change=ENV CVMFS_MOUNTS=\"\"",
                        "--change=ENV MY_UID=" + number(machine.uid()),
                        "--change=ENV MY_GID=" + number(machine.gid()),
                        "--change=ENTRYPOINT [\"/run.sh\",\"-x\"]",
                        "--change=USER \"me\"",
                        "--change=CMD []",
                        "--",
                        "cvmfs-derived-image-id",
                        Specs.TAG);
        assertThat(calls.get(3)).containsExactly("tag", "--", "sha256:1", "other:2");
        assertThat(calls.get(8)).containsExactly("container", "rm", "--force", "--volumes", "cvmfs-derived-image-id");
        assertThat(machine.note("stdin")).endsWith("\necho hello");
        assertThat(machine.left(ResultFile.IMAGE_ID).strip()).isEqualTo("sha256:1");
    }

    @Test
    void aFailingSetupMakesNoImage() throws Exception {
        commitAnswers("run) exit 33 ;;");

        assertThat(run(Specs.commit().push(true))).isEqualTo(33);
        assertThat(machine.called()).containsExactly("image inspect", "run", "container inspect", "container rm");
        assertPhase(Phase.BUILD);
    }

    @ParameterizedTest
    @CsvSource({"commit, COMMIT", "tag, COMMIT", "push, PUBLISH"})
    void aFailureAfterTheSetupRemovesTheContainer(String command, Phase phase) throws Exception {
        commitAnswers(command + ") exit 6 ;;");

        assertThat(run(Specs.commit().tags(List.of("other:2")).push(true))).isEqualTo(6);
        List<String> called = machine.called();
        assertThat(called).last().isEqualTo("container rm");
        assertThat(called.get(called.size() - 2)).isEqualTo(command);
        assertPhase(phase);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void aSignalStopsTheSetupAndRemovesTheContainer(String signal, int code) throws Exception {
        commitAnswers("run) " + UNTIL_STOPPED + ";;");

        assertThat(stopped(Specs.commit().push(true), signal)).isEqualTo(code);
        assertThat(machine.has("stopped")).as("docker run got the signal").isTrue();
        assertThat(machine.called()).containsExactly("image inspect", "run", "container rm");
    }

    /** Of what docker sets for the setup script, the image keeps what the base image has no word of. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"/run.sh\"] | \"\"   | --entrypoint=/bin/bash -- BASE          | false",
                "[\"/run.sh\"] | \"me\" | --user=0 --entrypoint=/bin/bash -- BASE | true",
                "null          | \"\"   | -- BASE /bin/bash                       | false",
                "null          | \"me\" | --user=0 -- BASE /bin/bash              | true"
            })
    void theContainerOverridesOnlyWhatTheBaseImageHas(String entrypoint, String user, String run, boolean restored)
            throws Exception {
        machine.docker("case $1 in run) cat >\"$stub/stdin\" ;; image) printf '%s\\n' '" + entrypoint + "' null '"
                + user + "' {} ;; commit) echo sha256:1 ;; esac");

        assertThat(run(Specs.commit().baseImage("base"))).isZero();
        List<List<String>> calls = machine.calls();
        assertThat(String.join(" ", calls.get(1)) + " ").endsWith(" " + run.replace("BASE", "base") + " ");
        assertThat(calls.get(2).contains("--change=USER \"me\"")).isEqualTo(restored);
        assertThat(calls.get(2).contains("--change=ENTRYPOINT [\"/run.sh\"]")).isEqualTo(!entrypoint.equals("null"));
    }

    @Test
    void aMissingBaseImageIsPulled() throws Exception {
        machine.docker("case $1 in run) cat >/dev/null ;; pull) touch \"$stub/pulled\" ;; commit) echo sha256:1 ;;"
                + " image) [ -e \"$stub/pulled\" ] || exit 1; " + BASE_IMAGE + " ;; esac");

        assertThat(run(Specs.commit())).isZero();
        assertThat(machine.called()).startsWith("image inspect", "pull", "image inspect", "run", "commit");
    }

    /** That exit code is docker's own; with another one the setup script would be blamed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBaseImageThatCannotBePulledIsDockersFailure(boolean pull) throws Exception {
        machine.docker(
                "case $1 in pull) exit 1 ;; image) [ " + pull + " = true ] || exit 1; " + BASE_IMAGE + " ;; esac");

        assertThat(run(Specs.commit().pull(pull))).isEqualTo(125);
        assertThat(machine.called()).doesNotContain("run");
    }

    @Test
    void aContainerThatCannotBeRemovedDoesNotChangeTheExitCode() throws Exception {
        commitAnswers("run) exit 33 ;; container) exit 1 ;;");

        assertThat(run(Specs.commit())).isEqualTo(33);
    }

    private static String number(String id) {
        return id.equals("0") ? "" : id;
    }

    private int run(ImageSpecBuilder options) throws Exception {
        StubMachine.Ended ended = machine.run(plan(options));
        machine.assertUnharmed();
        return ended.exitCode();
    }

    private int stopped(ImageSpecBuilder options, String signal) throws Exception {
        Process process = machine.start(plan(options));
        machine.await("started");
        assertThat(new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                        .start()
                        .waitFor())
                .isZero();
        return machine.end(process).exitCode();
    }

    private static ImageSpecBuilder container() {
        return Specs.dockerfile().builderDriver("docker-container");
    }

    private static BuildPlan plan(ImageSpecBuilder options) {
        return BuildPlan.of(Specs.valid(options), "id");
    }

    /** Answers of docker by its first two words. */
    private void docker(String pattern, String answer) throws Exception {
        machine.docker("case \"$1 $2\" in " + pattern + " " + answer + "\n;; esac");
    }

    /** Answers of docker by its first word; these come before those of a machine where all goes well. */
    private void commitAnswers(String first) throws Exception {
        machine.docker("case $1 in " + first + " run) cat >\"$stub/stdin\" ;; image) " + BASE_IMAGE
                + " ;; commit) echo sha256:1 ;; esac");
    }

    private void builderIsThere() throws Exception {
        machine.knows(keptBuilder());
    }

    private static String keptBuilder() {
        return plan(container())
                .script()
                .lines()
                .filter(line -> line.startsWith("builder="))
                .findFirst()
                .orElseThrow()
                .substring("builder=".length());
    }

    private void assertPhase(Phase phase) throws Exception {
        assertThat(Phase.of(machine.left(ResultFile.PHASE))).contains(phase);
    }
}
