package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.record.BaseImage;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The buildx strategy with a builder in a container of its own (driver docker-container). */
@ExtendWith(RealEngine.class)
class ContainerBuilderDockerIT {
    private static final String COPY = "#!/bin/bash\nset -e\ncp /cvmfs/cms.cern.ch/README /readme\n";

    /** Skips the test where there is no BuildKit. */
    static void requireBuildKit(Rig rig) throws Exception {
        assumeTrue(
                rig.canHave(BuilderSpec.DEFAULT_IMAGE), "the image " + BuilderSpec.DEFAULT_IMAGE + " cannot be pulled");
    }

    @BeforeEach
    void prepare(Rig rig) throws Exception {
        requireBuildKit(rig);
        rig.write(
                "Dockerfile",
                "FROM " + Rig.baseImageInRegistry() + "\nARG WORD=none\n" + "RUN echo \"$WORD in " + rig.id()
                        + "\" >/word\n");
    }

    /** With a name that follows from settings which no other builder has. */
    static ImageSpecBuilder image(Rig rig, String... tags) {
        return new ImageSpecBuilder()
                .tags(List.of(tags))
                .builderDriver("docker-container")
                .builderDriverOpts(Map.of("network", "host", "env.CVMFS_TEST", rig.id()));
    }

    static void removeBuilder(Rig rig) throws Exception {
        List<String> builders = rig.made().stream()
                .filter(thing -> thing.startsWith("builder "))
                .toList();
        assertThat(builders).hasSize(1);
        rig.docker("buildx", "rm", builders.get(0).substring("builder ".length()))
                .answer();
        assertThat(rig.made()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, false, ",
        "true, false, , ",
        "false, true, false, application/vnd.oci.image.manifest.v1+json",
        "false, true, , application/vnd.oci.image.manifest.v1+json",
        "false, true, true, application/vnd.oci.image.index.v1+json",
        "true, true, false, application/vnd.oci.image.manifest.v1+json",
        "true, true, , application/vnd.oci.image.manifest.v1+json",
    })
    void distinguishesTheKindsOfDigests(boolean load, boolean push, String provenance, String mediaType, Rig rig)
            throws Exception {
        String tag = rig.in(Registry.plain(), "a:1");
        ImageRecord record = rig.build(image(rig, tag)
                .load(load)
                .push(push)
                .provenance(provenance)
                .recordManifest(push)
                .builderKeep(false));

        assertThat(rig.made()).as("an ephemeral builder's remains").isEmpty();
        assertThat(record.builderDriver()).isEqualTo("docker-container");
        assertThat(record.mediaType()).isEqualTo(mediaType);
        assertThat(record.platforms()).hasSize(1);
        assertThat(record.baseImages())
                .containsExactly(new BaseImage(
                        Rig.baseImageInRegistry(),
                        Registry.plain().digest(Rig.baseImageInRegistry()).orElseThrow()));
        if (push) {
            Asserts.registriesHave(rig, record);
        } else {
            Asserts.noRegistryDigest(record);
            assertThat(Registry.plain().digest(tag)).isEmpty();
        }
        if (load) {
            Asserts.engineHas(rig, record);
        } else {
            assertThat(rig.hasImage(tag)).isFalse();
            boolean index = mediaType.contains("index");
            assertThat(record.imageId())
                    .isEqualTo(
                            index
                                    ? null
                                    : Registry.plain()
                                            .json(tag)
                                            .at("/config/digest")
                                            .asText());
            assertThat(record.sizeInRegistry() == null).isEqualTo(index);
        }
    }

    @Test
    void pushesToTwoRegistriesOneOfThemWithAPassword(Rig rig) throws Exception {
        ImageRecord record = rig.build(image(rig, rig.in(Registry.plain(), "a:1"), rig.in(Registry.secret(), "b:2"))
                .push(true)
                .builderKeep(false));
        Asserts.registriesHave(rig, record);
    }

    @Test
    void keepsABuilderAndAsksItNothingWhileItIsThere(Rig rig) throws Exception {
        Path calls = logCalls(rig);
        rig.build(image(rig, rig.local("a:1")));
        assertThat(Files.readString(calls)).contains("buildx create");

        Files.writeString(calls, "");
        rig.build(image(rig, rig.local("a:1")));
        assertThat(Files.readString(calls))
                .hasLineCount(2)
                .startsWith("buildx build ")
                .contains("\nimage inspect ");

        assertThat(rig.made()).hasSize(3).allMatch(thing -> thing.contains("cvmfs-derived-image-"));
        removeBuilder(rig);
    }

    @Test
    void createsAMissingKeptBuilderAgain(Rig rig) throws Exception {
        rig.build(image(rig, rig.local("a:1")));
        removeBuilder(rig);
        rig.build(image(rig, rig.local("b:1")));
        removeBuilder(rig);
    }

    /** The second node is on the same engine by another name, since buildx takes an endpoint once. */
    @Test
    void aBuilderHasFurtherNodesAndLimitsOfItsCache(Rig rig) throws Exception {
        String host = rig.docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}")
                .answer();
        assumeTrue(host.startsWith("unix://"), "the engine is not reached by a socket");
        Path other =
                Files.createSymbolicLink(rig.home().resolve("other.sock"), Path.of(host.substring("unix://".length())));
        ImageSpecBuilder options = image(rig, rig.local("a:1"))
                .builderGc(Map.of("maxUsedSpace", "5GB", "minFreeSpace", "1%"))
                .builderNodes(List.of("endpoint=unix://" + other + " platform=linux/arm64 env.CVMFS_TEST=second"));
        rig.build(options);

        String builder = rig.made().stream()
                .filter(thing -> thing.startsWith("builder "))
                .findFirst()
                .orElseThrow()
                .substring("builder ".length());
        assertThat(rig.docker("buildx", "inspect", builder).answer())
                .contains(
                        "Name:                  " + builder + "1",
                        "linux/arm64*",
                        "maxUsedSpace = \"5GB\"",
                        "minFreeSpace = \"1%\"")
                .containsPattern("Max Used Space: +5GiB");
        removeBuilder(rig);

        rig.build(options.builderKeep(false));
        assertThat(rig.made())
                .as("remains of an ephemeral builder with two nodes")
                .isEmpty();
    }

    @Test
    void mountsCvmfsInAnInsecureRun(Rig rig) throws Exception {
        ImageRecord record = rig.build(image(rig, rig.in(Registry.plain(), "a:1"))
                .load(true)
                .push(true)
                .builderKeep(false)
                .buildkitdConfig(mirror(rig))
                .baseImage(Rig.baseImageInRegistry())
                .mounts("cms.cern.ch")
                .setup(COPY)
                .buildArgs(Map.of("WORD", "x")));

        Asserts.registriesHave(rig, record);
        Cvmfs.assertCopied(rig, record.images().get(0).tag(), "/readme");
        Cvmfs.assertRevisions(rig, record.images().get(0).tag(), record);
        assertThat(record.baseImages()).extracting(BaseImage::name).containsExactly(Rig.baseImageInRegistry());
    }

    /** Mounting fills the client's cache with the whole repository of more than 5 MB. */
    @Test
    void setsTheClientUpAndTheImageHasNothingOfThatNorOfItsCache(Rig rig) throws Exception {
        String tag = rig.local("a:1");
        ImageRecord record = rig.build(image(rig, tag)
                .builderKeep(false)
                .buildkitdConfig(mirror(rig))
                .baseImage(Rig.baseImageInRegistry())
                .mounts("cms.cern.ch " + Cvmfs.NOT_IN_FSTAB)
                .cvmfsHttpProxy("http://squid.invalid:3128|http://b.invalid:3128;DIRECT")
                .cvmfsUseCdn(true)
                .setup("#!/bin/bash\nset -e\nmkdir /notes\n" + Cvmfs.notesSettings("/notes")
                        + "find /var/cache/cvmfs2 -type f | wc -l >/notes/cached\n"));

        Cvmfs.assertSettings(
                rig,
                tag,
                "/notes",
                "CVMFS_HTTP_PROXY=http://squid.invalid:3128|http://b.invalid:3128;DIRECT",
                "CVMFS_USE_CDN=yes");
        assertThat(Integer.parseInt(rig.inside(tag, "cat /notes/cached")))
                .as("files in the cache while it was built")
                .isPositive();
        assertThat(Cvmfs.cachedFiles(rig, tag)).isZero();
        assertThat(Cvmfs.added(rig, record.imageId(), Rig.baseImage())).isLessThan(100_000);
    }

    @Test
    void makesNoImageWhenARepositoryCannotBeMounted(Rig rig) throws Exception {
        assertThatThrownBy(() -> rig.build(image(rig, rig.in(Registry.plain(), "a:1"))
                        .push(true)
                        .builderKeep(false)
                        .buildkitdConfig(mirror(rig))
                        .baseImage(Rig.baseImageInRegistry())
                        .mounts("cms.cern.ch " + Cvmfs.UNREACHABLE)
                        .setup(COPY)))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding())
                                .contains("not mounted: " + Cvmfs.UNREACHABLE, Cvmfs.UNREACHABLE_MESSAGE));
        assertThat(Registry.plain().digest(rig.in(Registry.plain(), "a:1"))).isEmpty();
        assertThat(rig.made()).isEmpty();
    }

    /** A Dockerfile that mounts with the helper, and what it does then. */
    private static void writeWithHelper(Rig rig, String command) throws Exception {
        rig.write(
                "Dockerfile",
                "# syntax=docker/dockerfile:1\nFROM " + Rig.baseImageInRegistry()
                        + "\nUSER root\nARG ARG_CVMFS_MOUNTS\n"
                        + "RUN --security=insecure --mount=type=bind,from=cvmfs-helper,target=/cvmfs-helper \\\n"
                        + "    --mount=type=cache,target=/var/cache/cvmfs2,sharing=locked \\\n    " + command + "\n");
    }

    @Test
    void ownDockerfilesMountRepositoriesThatFstabLacks(Rig rig) throws Exception {
        writeWithHelper(
                rig,
                "/cvmfs-helper/mount && mountpoint /cvmfs/" + Cvmfs.NOT_IN_FSTAB
                        + " && cp /cvmfs/cms.cern.ch/README /readme");
        String tag = rig.local("a:1");
        rig.write("Dockerfile.dockerignore", "calls\n");
        ImageRecord record = rig.build(image(rig, tag)
                .builderKeep(false)
                .buildkitdConfig(mirror(rig))
                .mounts("cms.cern.ch " + Cvmfs.NOT_IN_FSTAB));

        Cvmfs.assertCopied(rig, tag, "/readme");
        assertThat(record.repositories())
                .extracting(each -> each.name() + " " + each.revision() + " " + each.rootHash())
                .isEqualTo(rig.inside(tag, "cat /usr/share/cvmfs-derived-image/repositories")
                        .lines()
                        .toList())
                .hasSize(2)
                .noneMatch(line -> line.contains("null"));
        assertThat(Cvmfs.cachedFiles(rig, tag)).isZero();
        assertThat(rig.inside(tag, "ls -d /cvmfs-helper 2>/dev/null || echo none"))
                .isEqualTo("none");
    }

    @Test
    void ownDockerfilesFailWithTheHelperWhenARepositoryCannotBeMounted(Rig rig) throws Exception {
        writeWithHelper(rig, "/cvmfs-helper/mount cms.cern.ch " + Cvmfs.UNREACHABLE + " && touch /never");
        assertThatThrownBy(() -> rig.build(
                        image(rig, rig.local("a:1")).builderKeep(false).buildkitdConfig(mirror(rig))))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding())
                                .contains("not mounted: " + Cvmfs.UNREACHABLE, Cvmfs.UNREACHABLE_MESSAGE));
        assertThat(rig.made()).isEmpty();
    }

    @Test
    void explainsWhyAnImageOnlyInTheEngineIsNotFound(Rig rig) throws Exception {
        rig.write("Dockerfile", "FROM " + rig.local("nowhere:1") + "\n");
        assertThatThrownBy(() -> rig.build(
                        image(rig, rig.local("a:1")).builderKeep(false).buildkitdConfig(mirror(rig))))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding())
                                .contains(rig.local("nowhere:1"), "does not see the engine's own images"));
        assertThat(rig.made()).isEmpty();
    }

    /**
     * Configuration of a builder that finds docker/dockerfile:1 in the registry of the tests, where Docker Hub is out
     * of reach.
     */
    private static String mirror(Rig rig) throws Exception {
        assumeTrue(rig.canHave("docker/dockerfile:1"), "docker/dockerfile:1 cannot be pulled");
        String copy = Registry.plain().address() + "/docker/dockerfile:1";
        rig.docker("tag", "docker/dockerfile:1", copy).answer();
        rig.docker("push", "--quiet", copy).answer();
        rig.docker("image", "rm", copy).answer();
        return "[registry.\"docker.io\"]\n  mirrors = [\"" + Registry.plain().address() + "\"]\n" + "[registry.\""
                + Registry.plain().address() + "\"]\n  http = true\n";
    }

    /** Puts a docker command before the real one that notes how it was called. */
    static Path logCalls(Rig rig) throws Exception {
        Path calls = rig.workspace().resolve("calls");
        Path bin = Files.createDirectory(rig.workspace().resolve("bin"));
        String docker = Ran.of(rig.process("sh", "-c", "command -v docker")).answer();
        Path shim = Files.writeString(
                bin.resolve("docker"), "#!/bin/sh\necho \"$*\" >>'" + calls + "'\nexec '" + docker + "' \"$@\"\n");
        Files.setPosixFilePermissions(shim, PosixFilePermissions.fromString("rwxr-xr-x"));
        rig.set("PATH", bin + ":" + System.getenv("PATH"));
        return calls;
    }
}
