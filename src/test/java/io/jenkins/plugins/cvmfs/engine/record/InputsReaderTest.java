package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.record.BuildInputs.LeftOut;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record tells of what was asked for, and what it keeps to itself. */
class InputsReaderTest {
    private static final String SUM = "0123456789abcdef".repeat(4);
    private static final String NOTED = SUM + "  -\n1000\n1001\n";

    private static BuildInputs read(ImageSpecBuilder options, String noted) {
        return new InputsReader(Specs.valid(options), noted).read();
    }

    @Test
    void aDockerfileWithAllItsOptions() {
        BuildInputs inputs = read(
                Specs.dockerfile()
                        .dockerfile("a/Dockerfile")
                        .context("a")
                        .target("last")
                        .buildArgs(Map.of("A", "b=c", "EMPTY_TOKEN", ""))
                        .labels(Map.of("l", "m"))
                        .annotations(List.of("n=o"))
                        .platforms(List.of("linux/amd64"))
                        .buildContexts(Map.of("p", "q"))
                        .mounts("cms.cern.ch")
                        .cvmfsHttpProxy("DIRECT")
                        .cvmfsQuotaLimit("4000")
                        .cvmfsProfile("single")
                        .cvmfsUseCdn(true)
                        .cvmfsCacheBase("/var/cache")
                        .cvmfsParameters(Map.of("CVMFS_X", "y"))
                        .insecure(false),
                NOTED);
        assertThat(inputs)
                .isEqualTo(new BuildInputs(
                        "dockerfile",
                        SUM,
                        Specs.dockerfile()
                                .dockerfile("a/Dockerfile")
                                .context("a")
                                .target("last")
                                .buildArgs(Map.of("A", "b=c", "EMPTY_TOKEN", ""))
                                .labels(Map.of("l", "m"))
                                .annotations(List.of("n=o"))
                                .platforms(List.of("linux/amd64"))
                                .buildContexts(Map.of("p", "q"))
                                .cvmfsHttpProxy("DIRECT")
                                .cvmfsQuotaLimit("4000")
                                .cvmfsProfile("single")
                                .cvmfsUseCdn(true)
                                .cvmfsCacheBase("/var/cache")
                                .cvmfsParameters(Map.of("CVMFS_X", "y"))
                                .uid("1000")
                                .gid("1001")
                                .insecure(false)
                                .wipeCache(true)
                                .given()
                                .without(List.of(ImageTable.TAGS)),
                        List.of()));
    }

    @Test
    void aSetupScriptWhereverItComesFrom() {
        BuildInputs file = read(
                Specs.dockerfile()
                        .setupFile("set-up.sh")
                        .baseImage("b:1")
                        .uid("0")
                        .gid("7"),
                NOTED);
        assertThat(file.source()).isEqualTo("setupFile");
        assertThat(file.options().text(ImageTable.SETUP_FILE)).isEqualTo("set-up.sh");
        assertThat(List.of(
                        file.sourceSha256(),
                        file.options().text(ImageTable.BASE_IMAGE),
                        file.options().text(ImageTable.UID),
                        file.options().text(ImageTable.GID)))
                .containsExactly(SUM, "b:1", "0", "7");

        BuildInputs url = read(
                Specs.dockerfile()
                        .setupUrl("https://example.org/a.sh?token_url=x")
                        .setupSha256("f".repeat(64)),
                NOTED);
        assertThat(List.of(url.source(), url.options().text(ImageTable.SETUP_URL), url.sourceSha256()))
                .containsExactly("setupUrl", "https://example.org/a.sh?token_url=x", "f".repeat(64));

        BuildInputs inline = read(Specs.commit().setup("export TOKEN=hunter2").wipeCache(false), NOTED);
        assertThat(inline.source()).isEqualTo("setup");
        assertThat(inline.sourceSha256()).isEqualTo(SUM);
        assertThat(inline.options().flag(ImageTable.WIPE_CACHE)).isFalse();
        assertThat(inline.leftOut()).containsExactly(new LeftOut("setup", null));
        assertThat(inline.toString()).doesNotContain("hunter2");
    }

    @Test
    void probableSecretsAreListedWithoutTheirValues() {
        BuildInputs inputs = read(
                Specs.dockerfile()
                        .context("https://example.org/a.tgz?private_token=hunter2")
                        .buildArgs(Map.of("DB_PASSWORD", "hunter2", "URL", "http://a:hunter2@b/c"))
                        .labels(Map.of("api-key", "hunter2"))
                        .annotations(List.of("token=hunter2"))
                        .buildContexts(Map.of("p", "https://example.org/a.tgz?x=1&private_token=hunter2"))
                        .cvmfsParameters(Map.of("CVMFS_SECRET", "hunter2"))
                        .secrets(List.of("type=env,id=t,env=HUNTER2"))
                        .ssh(List.of("key=/hunter2")),
                NOTED);
        assertThat(inputs.leftOut())
                .containsExactlyInAnyOrder(
                        new LeftOut("context", null),
                        new LeftOut("buildArgs", "DB_PASSWORD"),
                        new LeftOut("buildArgs", "URL"),
                        new LeftOut("labels", "api-key"),
                        new LeftOut("annotations", "token"),
                        new LeftOut("buildContexts", "p"),
                        new LeftOut("cvmfsParameters", "CVMFS_SECRET"),
                        new LeftOut("secrets", "t"),
                        new LeftOut("ssh", "key"));
        assertThat(inputs.toString()).doesNotContainIgnoringCase("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hunter2@example.org/a.sh",
                "https://example.org/a.sh?access_token=hunter2",
                "https://example.org/a.sh?a=b&apiKey=hunter2"
            })
    void anAddressWithALoginIsNotReported(String url) {
        BuildInputs inputs = read(Specs.dockerfile().context(url), NOTED);
        assertThat(inputs.options().text(ImageTable.CONTEXT)).isNull();
        assertThat(inputs.leftOut()).containsExactly(new LeftOut("context", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "sha256sum: no such file\n", "0123  -\nroot\n"})
    void unnotedThingsAreNotReported(String noted) {
        BuildInputs inputs = read(Specs.dockerfile(), noted);
        assertThat(inputs.sourceSha256()).isNull();
        assertThat(inputs.options().text(ImageTable.UID)).isNull();
        assertThat(inputs.options().text(ImageTable.GID)).isNull();
    }
}
