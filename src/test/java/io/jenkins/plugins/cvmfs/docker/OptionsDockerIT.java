package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cvmfs.engine.record.CallResult;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.OutputFile;
import io.jenkins.plugins.cvmfs.engine.record.PlatformImage;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What single options make of an image on a real engine. */
@ExtendWith(RealEngine.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OptionsDockerIT {
    private static Ran build(Rig rig, String... options) throws Exception {
        String[] all = new String[options.length + 1];
        all[0] = "build";
        System.arraycopy(options, 0, all, 1, options.length);
        return Ran.of(rig.cli(all));
    }

    @Test
    void rebuildsOneStageAndReusesTheOther(Rig rig) throws Exception {
        rig.write(
                "Dockerfile",
                "FROM " + Rig.baseImage() + " AS kept\nRUN echo " + rig.id()
                        + " && od -An -N16 -tx1 /dev/urandom >/kept\n"
                        + "FROM kept AS anew\nRUN od -An -N16 -tx1 /dev/urandom >/anew\n");
        String first = rig.local("a:1");
        String second = rig.local("a:2");
        build(rig, "--builder-driver=docker", "--tag=" + first).answer();
        build(rig, "--builder-driver=docker", "--tag=" + second, "--no-cache-filter=anew")
                .answer();

        assertThat(content(rig, second, "/kept")).isEqualTo(content(rig, first, "/kept"));
        assertThat(content(rig, second, "/anew")).isNotEqualTo(content(rig, first, "/anew"));
    }

    @Test
    void theRecordOfARepeatedBuildWithoutCacheIsThatOfItsOwnRun(Rig rig) throws Exception {
        String file = "/usr/share/cvmfs-derived-image/repositories";
        rig.write(
                "Dockerfile",
                "FROM " + Rig.baseImage() + "\nUSER root\nRUN --mount=type=bind,from=cvmfs-helper,target=/h echo "
                        + rig.id() + " && mkdir -p /usr/share/cvmfs-derived-image && "
                        + "echo cms.cern.ch $(od -An -N3 -tu4 /dev/urandom) - >" + file + "\n");
        for (String tag : List.of(rig.local("a:1"), rig.local("a:2"))) {
            build(
                            rig,
                            "--builder-driver=docker",
                            "--mounts=cms.cern.ch",
                            "--no-cache",
                            "--record=record.json",
                            "--tag=" + tag)
                    .answer();
            ImageRecord record =
                    ImageRecord.fromJson(Files.readString(rig.workspace().resolve("record.json")));
            assertThat(content(rig, tag, file))
                    .isEqualTo("cms.cern.ch " + record.repositories().get(0).revision() + " -");
        }
    }

    private static String content(Rig rig, String image, String file) throws Exception {
        return rig.docker("run", "--rm", "--entrypoint=/bin/cat", image, file).answer();
    }

    @Test
    void aRunGetsTheNetworkOfTheMachineThroughAnEntitlement(Rig rig) throws Exception {
        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nRUN --network=host echo " + rig.id() + "\n");
        String tag = rig.local("a:1");
        Ran refused = build(rig, "--builder-driver=docker", "--tag=" + tag);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("network.host is not allowed");

        build(rig, "--builder-driver=docker", "--tag=" + tag, "--allow=network.host")
                .answer();
        assertThat(rig.hasImage(tag)).isTrue();
    }

    @Test
    void anAttestationIsInTheRegistryBesideTheImage(Rig rig) throws Exception {
        ContainerBuilderDockerIT.requireBuildKit(rig);
        rig.write(
                "Dockerfile",
                "FROM " + Rig.baseImageInRegistry() + "\nARG WORD=" + rig.id() + "\nRUN echo $WORD >/id\n");
        String tag = rig.in(Registry.plain(), "a:1");
        ImageRecord record = rig.build(ContainerBuilderDockerIT.image(rig, tag)
                .push(true)
                .attests(List.of("type=provenance,mode=max"))
                .builderKeep(false));

        JsonNode index = Registry.plain().json(tag);
        assertThat(record.mediaType())
                .isEqualTo(index.path("mediaType").asText())
                .contains("index");
        assertThat(index.path("manifests"))
                .extracting(manifest ->
                        manifest.at("/annotations/vnd.docker.reference.type").asText())
                .contains("attestation-manifest");
        Asserts.registriesHave(rig, record);
    }

    @Test
    void eachPlatformHasItsDigestInTheRecord(Rig rig) throws Exception {
        ContainerBuilderDockerIT.requireBuildKit(rig);
        // Nothing runs in it, so it needs no emulator.
        rig.write("Dockerfile", "FROM scratch\nCOPY Dockerfile /" + rig.id() + "\n");
        String tag = rig.in(Registry.plain(), "a:1");
        ImageRecord record = rig.build(ContainerBuilderDockerIT.image(rig, tag)
                .insecure(false)
                .push(true)
                .platforms(List.of("linux/amd64", "linux/arm64"))
                .builderKeep(false));

        assertThat(record.manifests())
                .extracting(PlatformImage::platform)
                .containsExactly("linux/amd64", "linux/arm64");
        JsonNode index = Registry.plain().json(tag);
        assertThat(record.manifests())
                .extracting(PlatformImage::digest)
                .containsExactly(
                        index.at("/manifests/0/digest").asText(),
                        index.at("/manifests/1/digest").asText());
    }

    @Test
    void filesOfOutputsAreInTheRecord(Rig rig) throws Exception {
        rig.write("Dockerfile", "FROM scratch\nCOPY Dockerfile /" + rig.id() + "\n");
        build(
                        rig,
                        "--builder-driver=docker",
                        "--tag=" + rig.local("a:1"),
                        "--output=type=tar,dest=a b.tar",
                        "--record-outputs",
                        "--record=record.json")
                .answer();

        ImageRecord record =
                ImageRecord.fromJson(Files.readString(rig.workspace().resolve("record.json")));
        byte[] file = Files.readAllBytes(rig.workspace().resolve("a b.tar"));
        assertThat(record.outputs())
                .containsExactly(new OutputFile(
                        "type=tar,dest=a b.tar",
                        "a b.tar",
                        file.length,
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(file))));
    }

    @Test
    void tagsAndLabelsComeFromRules(Rig rig) throws Exception {
        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nRUN echo " + rig.id() + " >/id\n");
        String name = rig.local("a");
        build(
                        rig,
                        "--builder-driver=docker",
                        "--tag=" + name,
                        "--tag-rule=type=raw,value=One",
                        "--tag-rule=type=raw,value={{date 'YYYY'}}",
                        "--oci-metadata=labels",
                        "--label=org.opencontainers.image.version=mine")
                .answer();

        assertThat(rig.image(name + ":one").path("RepoTags")).hasSize(2);
        assertThat(rig.image(name + ":one")
                        .at("/Config/Labels/org.opencontainers.image.version")
                        .asText())
                .isEqualTo("mine");
        assertThat(rig.image(name + ":one")
                        .at("/Config/Labels/org.opencontainers.image.created")
                        .asText())
                .matches("20[0-9-]{8}T[0-9:]{8}Z");
    }

    @Test
    void theFrontendsAnswersAreInTheRecord(Rig rig) throws Exception {
        rig.write(
                "Dockerfile",
                "FROM " + Rig.baseImage() + " AS first\nARG WORD=a\nFROM first as second\nRUN echo " + rig.id() + "\n");
        Ran ran = build(
                rig,
                "--builder-driver=docker",
                "--tag=" + rig.local("a:1"),
                "--call=check,outline,targets,build",
                "--target=first",
                "--record=record.json");

        ran.answer();
        assertThat(ran.out()).contains("Dockerfile:3: warning: ", "[FromAsCasing]");
        ImageRecord record =
                ImageRecord.fromJson(Files.readString(rig.workspace().resolve("record.json")));
        assertThat(record.calls()).extracting(CallResult::call).containsExactly("check", "outline", "targets");
        assertThat(record.calls().get(0).entries())
                .extracting(CallResult.Entry::line)
                .containsExactly(3);
        assertThat(record.calls().get(1).entries())
                .extracting(CallResult.Entry::name, CallResult.Entry::text)
                .contains(tuple("first", null), tuple("WORD", "= a"));
        assertThat(record.calls().get(2).entries())
                .extracting(CallResult.Entry::name)
                .containsExactly("first", "second");
        assertThat(rig.hasImage(rig.local("a:1"))).isTrue();
    }

    @Test
    void buildxsResultsAreWrittenToFiles(Rig rig) throws Exception {
        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nARG WORD=none\nRUN echo " + rig.id() + " >/id\n");
        String tag = rig.local("a:1");
        Ran quiet = build(
                rig,
                "--builder-driver=docker",
                "--tag=" + tag,
                "--build-arg=WORD=hidden-word",
                "--progress=quiet",
                "--metadata-file=metadata.json",
                "--iidfile=iid");
        quiet.answer();

        assertThat(quiet.err()).doesNotContain("RUN echo");
        String metadata = Files.readString(rig.workspace().resolve("metadata.json"));
        assertThat(new ObjectMapper().readTree(metadata).path("image.name").asText())
                .endsWith(tag);
        assertThat(metadata).doesNotContain("hidden-word");
        assertThat(rig.workspace().resolve("iid"))
                .hasContent(rig.image(tag).path("Id").asText());
    }
}
