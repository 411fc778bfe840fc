package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.cvmfs.engine.record.BaseImage;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commit strategy: a container that mounts CVMFS becomes the image. */
@ExtendWith(RealEngine.class)
class CommitDockerIT {
    private static final String COPY = "#!/bin/bash\nset -e\ncp /cvmfs/cms.cern.ch/README ~/readme\n";

    private static ImageSpecBuilder image(String... tags) {
        return new ImageSpecBuilder()
                .tags(List.of(tags))
                .strategy("commit")
                .baseImage(Rig.baseImage())
                .mounts("cms.cern.ch");
    }

    @Test
    void copiesFromARealMount(Rig rig) throws Exception {
        String tag = rig.local("a:1");
        ImageRecord record = rig.build(
                image(tag, rig.local("b:1")).setup(COPY + "mount | grep ' /cvmfs/cms.cern.ch type fuse' >~/mounts\n"));

        Asserts.engineHas(rig, record);
        Asserts.noRegistryDigest(record);
        Cvmfs.assertCopied(rig, rig.local("b:1"), "/home/cmsusr/readme");
        assertThat(rig.inside(tag, "cat /home/cmsusr/mounts")).contains("/cvmfs/cms.cern.ch");
        assertThat(record.strategy()).isEqualTo("commit");
        assertThat(record.builderDriver()).isNull();
        assertThat(record.mounts()).isEqualTo("cms.cern.ch");
        Cvmfs.assertRevisions(rig, tag, record);
        assertThat(record.baseImages()).extracting(BaseImage::name).containsExactly(Rig.baseImage());
        if (!rig.containerdStore()) {
            assertThat(record.baseImages()).extracting(BaseImage::digest).containsOnlyNulls();
        }
    }

    @Test
    void keepsTheBaseImagesConfigurationAndNoneOfOurs(Rig rig) throws Exception {
        String tag = rig.local("a:1");
        rig.build(
                image(tag)
                        .uid("4711")
                        .gid("4712")
                        .buildArgs(Map.of("WORD", "a 'b' \"c\" $HOME"))
                        .labels(Map.of("org.example.label", "x y"))
                        .setup(
                                "#!/bin/bash\nprintf '%s|' \"$WORD\" \"$CVMFS_MOUNTS\" \"$MY_UID\" \"$MY_GID\" \"$(id -u)\" \"$(id -g)\" >~/seen\n"));

        JsonNode base = rig.image(Rig.baseImage()).path("Config");
        JsonNode derived = rig.image(tag).path("Config");
        assertThat(rig.inside(tag, "cat /home/cmsusr/seen"))
                .isEqualTo("a 'b' \"c\" $HOME|cms.cern.ch|4711|4712|4711|4712|");
        List<JsonNode> env = new ArrayList<>();
        base.path("Env").forEach(env::add);
        // As an image of strategy buildx has them.
        Stream.of("CVMFS_MOUNTS=cms.cern.ch", "MY_UID=4711", "MY_GID=4712")
                .map(TextNode::new)
                .forEach(env::add);
        assertThat(derived.path("Env")).containsExactlyInAnyOrderElementsOf(env);
        assertThat(derived.path("Entrypoint")).isEqualTo(base.path("Entrypoint"));
        assertThat(derived.path("Cmd").size()).isEqualTo(base.path("Cmd").size());
        assertThat(derived.path("User").asText()).isEqualTo(base.path("User").asText());
        assertThat(rig.docker("image", "history", "--no-trunc", tag).answer())
                .doesNotContain("WORD", "mount_repositories");
        assertThat(derived.path("WorkingDir")).isEqualTo(base.path("WorkingDir"));
        assertThat(derived.at("/Labels/org.example.label").asText()).isEqualTo("x y");
        assertThat(rig.inside(tag, "ls -A /tmp")).isEmpty();
    }

    @Test
    void runsAsTheBaseImageDoes(Rig rig) throws Exception {
        String tag = rig.local("a:1");
        rig.build(image(tag).setup(COPY));
        assertThat(rig.docker(
                                "run",
                                "--rm",
                                "--device=/dev/fuse",
                                "--cap-add=SYS_ADMIN",
                                "--security-opt=apparmor=unconfined",
                                "-e",
                                "CVMFS_MOUNTS=cms.cern.ch",
                                tag,
                                "-c",
                                "diff ~/readme /cvmfs/cms.cern.ch/README && echo same")
                        .answer())
                .endsWith("same");
    }

    @Test
    void runsAScriptFromAFile(Rig rig) throws Exception {
        rig.write("a set-up.sh", COPY);
        rig.build(image(rig.local("a:1")).setupFile("a set-up.sh"));
        Cvmfs.assertCopied(rig, rig.local("a:1"), "/home/cmsusr/readme");
    }

    @Test
    void runsAScriptFromAUrlIfItsSumMatches(Rig rig) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] script = COPY.getBytes(StandardCharsets.UTF_8);
        server.createContext("/setup.sh", exchange -> {
            exchange.sendResponseHeaders(200, script.length);
            exchange.getResponseBody().write(script);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/setup.sh";
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(script));
            rig.build(image(rig.local("a:1")).setupUrl(url).setupSha256(sha256));
            Cvmfs.assertCopied(rig, rig.local("a:1"), "/home/cmsusr/readme");

            String wrong = "0".repeat(64);
            assertThatThrownBy(() ->
                            rig.build(image(rig.local("b:1")).setupUrl(url).setupSha256(wrong)))
                    .isInstanceOfSatisfying(
                            Rig.BuildFailed.class,
                            failure -> assertThat(failure.finding())
                                    .contains("Fetching the setup script failed", "set setupSha256 to " + sha256));
            assertThat(rig.hasImage(rig.local("b:1"))).isFalse();
            assertThatThrownBy(() -> rig.build(image(rig.local("c:1"))
                            .setupUrl(url.replace("setup", "gone"))
                            .setupSha256(sha256)))
                    .isInstanceOfSatisfying(
                            Rig.BuildFailed.class,
                            failure -> assertThat(failure.finding()).contains("Fetching the setup script failed"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void pushesToTwoRegistriesOneOfThemWithAPassword(Rig rig) throws Exception {
        ImageRecord record = rig.build(image(rig.in(Registry.plain(), "a:1"), rig.in(Registry.secret(), "b:1"))
                .push(true)
                .setup(COPY));

        Asserts.registriesHave(rig, record);
        assertThat(record.images()).hasSize(2);
        assertThat(record.loaded()).isFalse();
        assertThat(rig.hasImage(rig.in(Registry.plain(), "a:1"))).isFalse();
        assertThat(record.imageId())
                .isIn(
                        Registry.plain()
                                .json(record.images().get(0).tag())
                                .at("/config/digest")
                                .asText(),
                        record.digest());
        rig.docker("pull", "--quiet", record.images().get(1).reference()).answer();
        Cvmfs.assertCopied(rig, record.images().get(1).reference(), "/home/cmsusr/readme");
        rig.docker("image", "rm", record.images().get(1).reference()).answer();
    }

    @Test
    void loadsAndPushesAtOnce(Rig rig) throws Exception {
        ImageRecord record = rig.build(
                image(rig.in(Registry.plain(), "a:1")).load(true).push(true).setup(COPY));
        Asserts.registriesHave(rig, record);
        Asserts.engineHas(rig, record);
    }

    @Test
    void wipesTheCacheByDefault(Rig rig) throws Exception {
        rig.build(image(rig.local("a:1")).setup(COPY));
        rig.build(image(rig.local("b:1")).setup(COPY).wipeCache(false));
        assertThat(Cvmfs.cachedFiles(rig, rig.local("a:1"))).isZero();
        assertThat(Cvmfs.cachedFiles(rig, rig.local("b:1"))).isPositive();
    }

    @Test
    void mountsAllOrNone(Rig rig) throws Exception {
        rig.build(image(rig.local("a:1")).mounts("none").setup("#!/bin/bash\nls -A /cvmfs/cms.cern.ch >~/list\n"));
        assertThat(rig.inside(rig.local("a:1"), "cat /home/cmsusr/list")).isEmpty();

        assertThatThrownBy(() -> rig.build(image(rig.local("b:1")).mounts("all").setup(COPY)))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding()).contains("not mounted", Cvmfs.UNREACHABLE));
    }

    @Test
    void makesNoImageWhenARepositoryCannotBeMounted(Rig rig) throws Exception {
        assertThatThrownBy(() -> rig.build(image(rig.local("a:1"))
                        .mounts("cms.cern.ch " + Cvmfs.UNREACHABLE)
                        .setup(COPY)))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding())
                                .contains(
                                        "Mounting CVMFS for the setup script failed",
                                        "not mounted: " + Cvmfs.UNREACHABLE,
                                        Cvmfs.UNREACHABLE_MESSAGE)
                                .doesNotContain("cms.cern.ch."));
        assertThat(rig.hasImage(rig.local("a:1"))).isFalse();
        assertThat(rig.made()).isEmpty();
    }

    @Test
    void mountsWhatFstabLacks(Rig rig) throws Exception {
        rig.build(image(rig.local("a:1"))
                .mounts("cms.cern.ch " + Cvmfs.NOT_IN_FSTAB)
                .setup("#!/bin/bash\nset -e\nmountpoint /cvmfs/" + Cvmfs.NOT_IN_FSTAB + "\n" + COPY));
        Cvmfs.assertCopied(rig, rig.local("a:1"), "/home/cmsusr/readme");
    }

    @Test
    void setsTheClientUpAndLeavesNothingOfThat(Rig rig) throws Exception {
        String tag = rig.local("a:1");
        rig.build(image(tag)
                .cvmfsHttpProxy("http://squid.invalid:3128;DIRECT")
                .cvmfsQuotaLimit("4000")
                .cvmfsParameters(Map.of("CVMFS_TEST", "a 'b'"))
                .setup(Cvmfs.notesSettings("/home/cmsusr")));
        Cvmfs.assertSettings(
                rig,
                tag,
                "/home/cmsusr",
                "CVMFS_HTTP_PROXY=http://squid.invalid:3128;DIRECT",
                "CVMFS_QUOTA_LIMIT=4000",
                "CVMFS_TEST=a 'b'");
        assertThat(Cvmfs.cachedFiles(rig, tag)).isZero();
    }

    @Test
    void mountsThePinnedStateOrMakesNoImage(Rig rig) throws Exception {
        rig.build(image(rig.local("a:1")).setup(Cvmfs.notesSettings("/home/cmsusr")));
        String hash = rig.inside(rig.local("a:1"), "cat /home/cmsusr/hash");
        rig.build(image(rig.local("b:1"))
                .cvmfsPins(List.of("cms.cern.ch=" + hash))
                .setup(Cvmfs.notesSettings("/home/cmsusr")));
        Cvmfs.assertSettings(rig, rig.local("b:1"), "/home/cmsusr", "CVMFS_ROOT_HASH=" + hash);

        String other = "0".repeat(40);
        assertThatThrownBy(() -> rig.build(image(rig.local("c:1"))
                        .cvmfsPins(List.of("cms.cern.ch=" + other))
                        .setup(COPY)))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding()).contains("not mounted: cms.cern.ch", other));
    }

    @Test
    void makesNoImageWhenTheSetupScriptFails(Rig rig) throws Exception {
        assertThatThrownBy(() -> rig.build(image(rig.local("a:1")).setup("#!/bin/bash\ntouch ~/half\nexit 7\n")))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding()).contains("The setup script failed with exit code 7"));
        assertThat(rig.hasImage(rig.local("a:1"))).isFalse();
        assertThat(rig.made()).isEmpty();
    }

    private static String base(Rig rig, String... instructions) throws Exception {
        String base = rig.local("base:1");
        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nUSER root\n" + String.join("\n", instructions) + "\n");
        rig.build(new ImageSpecBuilder()
                .tags(List.of(base))
                .builderDriver("docker")
                .insecure(false));
        return base;
    }

    @Test
    void runsTheScriptAsRootEvenIfTheBaseImageHasAUser(Rig rig) throws Exception {
        String tag = rig.local("a:1");
        rig.build(image(tag).baseImage(base(rig, "USER cmsusr")).setup(COPY));

        Cvmfs.assertCopied(rig, tag, "/home/cmsusr/readme");
        assertThat(rig.image(tag).at("/Config/User").asText()).isEqualTo("cmsusr");
    }

    @Test
    void worksOnABaseImageThatHasNoEntryPoint(Rig rig) throws Exception {
        String tag = rig.local("a:1");
        rig.build(image(tag)
                .baseImage(base(rig, "RUN rm /run.sh", "ENTRYPOINT []", "CMD [\"bash\", \"-l\"]"))
                .setup("#!/bin/bash\ncp /cvmfs/cms.cern.ch/README /readme\n"));

        Cvmfs.assertCopied(rig, tag, "/readme");
        JsonNode derived = rig.image(tag).path("Config");
        assertThat(derived.path("Entrypoint").size()).isZero();
        assertThat(derived.path("Cmd")).extracting(JsonNode::asText).containsExactly("bash", "-l");
    }

    @Test
    void warnsAboutFilesInAVolumeOfTheBaseImage(Rig rig) throws Exception {
        String base = base(
                rig, "RUN mkdir -m 777 /data /other '/two words'", "VOLUME [\"/data\", \"/other\", \"/two words\"]");
        TestSite site = new TestSite(rig);
        rig.build(
                image(rig.local("a:1")).baseImage(base).setup(COPY + "echo x >/data/file\nmkdir '/two words/a'\n"),
                site);

        assertThat(site.output())
                .contains(
                        "the setup script wrote below /data, which is a VOLUME of the base image",
                        "the setup script wrote below /two words, which is a VOLUME")
                .doesNotContain("/other");
    }
}
