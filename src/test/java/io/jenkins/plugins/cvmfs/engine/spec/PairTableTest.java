package io.jenkins.plugins.cvmfs.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each pair of the table is refused with its reason, and goes without what it does not go with. */
class PairTableTest {
    private static final Pattern OTHER = Pattern.compile("\\{(\\w+)}");
    private static final String URL = "https://example.org/setup.sh";
    private static final String HEX = "0123456789abcdef".repeat(4);

    private static Arguments row(
            String option, ImageSpecBuilder good, UnaryOperator<ImageSpecBuilder> bad, String value, String with) {
        return Arguments.of(option, value, with, good, bad);
    }

    private static ImageSpecBuilder dockerfile() {
        return Specs.dockerfile();
    }

    private static ImageSpecBuilder setup() {
        return Specs.setup();
    }

    private static ImageSpecBuilder cluster(String option, String value) {
        return dockerfile().builderDriver("kubernetes").builderDriverOpts(Map.of(option, value));
    }

    private static ImageSpecBuilder host() {
        return setup().mounts("a.b").cvmfsAccess("host");
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row("dockerfile", dockerfile().dockerfile("a"), in -> in.setup("x"), "a", "a setup script"),
                row("context", dockerfile().context("a"), in -> in.setup("x"), "a", "a setup script"),
                row("target", dockerfile().target("a"), in -> in.setup("x"), "a", "a setup script"),
                row("setupFile", dockerfile().setupFile("a"), in -> in.setup("x"), "a", "{setup}"),
                row(
                        "setupUrl",
                        dockerfile().setupUrl(URL).setupSha256(HEX),
                        in -> in.setupFile("a"),
                        URL,
                        "{setup} or {setupFile}"),
                row(
                        "setupSha256",
                        dockerfile().setupUrl(URL).setupSha256(HEX),
                        in -> in.setupUrl(null),
                        HEX,
                        "no setup script"),
                row("baseImage", setup().baseImage("a"), in -> in.setup(null), "a", "a Dockerfile"),
                row(
                        "call",
                        dockerfile().call(List.of("check", "build")),
                        in -> in.setup("x"),
                        "check",
                        "a setup script"),
                row(
                        "insecure",
                        setup().insecure(false),
                        in -> in.mounts("a.b"),
                        "false",
                        "a setup script that mounts CVMFS, by the base image's client"),
                row(
                        "load",
                        dockerfile().load(false).push(true),
                        in -> in.push(false),
                        "false",
                        "neither {push} nor {outputs}"),
                row(
                        "smokeTest",
                        dockerfile().smokeTest("a"),
                        in -> in.call(List.of("check")),
                        "a",
                        "{call} without build"),
                row(
                        "smokeTest",
                        dockerfile().push(true).smokeTest("a").platforms(List.of("linux/amd64")),
                        in -> in.platforms(List.of("linux/arm64")),
                        "a",
                        "several {platforms}"),
                row(
                        "recordOutputs",
                        dockerfile().recordOutputs(true).outputs(List.of("type=oci,dest=a")),
                        in -> new ImageSpecBuilder().tags(List.of("a")).recordOutputs(true),
                        "true",
                        "{outputs} that write nothing"),
                row(
                        "archiveOutputs",
                        dockerfile().archiveOutputs(true).outputs(List.of("type=oci,dest=a")),
                        in -> new ImageSpecBuilder().tags(List.of("a")).archiveOutputs(true),
                        "true",
                        "{outputs} that write nothing"),
                row(
                        "buildRecord",
                        dockerfile().buildRecord(true),
                        in -> in.call(List.of("check")),
                        "true",
                        "{call} without build"),
                row(
                        "noCacheFilters",
                        dockerfile().noCacheFilters(List.of("a")),
                        in -> in.noCache(true),
                        "a",
                        "{noCache}"),
                row(
                        "attests",
                        dockerfile().attests(List.of("type=provenance,mode=max")),
                        in -> in.provenance("true"),
                        "type=provenance,mode=max",
                        "{provenance}"),
                row(
                        "attests",
                        dockerfile().attests(List.of("type=sbom")),
                        in -> in.sbom("true"),
                        "type=sbom",
                        "{sbom}"),
                row(
                        "annotations",
                        dockerfile().sbom("true").annotations(List.of("a=b", "index:a=b")),
                        in -> in.sbom("false"),
                        "index:a=b",
                        "an image of one platform without attestations"),
                row(
                        "network",
                        setup().strategy("commit").network("mine"),
                        in -> in.strategy("buildx"),
                        "mine",
                        "{strategy} buildx"),
                ofHost("cvmfsHttpProxy", in -> in.cvmfsHttpProxy("DIRECT"), "DIRECT"),
                ofHost("cvmfsQuotaLimit", in -> in.cvmfsQuotaLimit("4000"), "4000"),
                ofHost("cvmfsProfile", in -> in.cvmfsProfile("single"), "single"),
                ofHost("cvmfsUseCdn", in -> in.cvmfsUseCdn(true), "true"),
                ofHost("cvmfsCacheBase", in -> in.cvmfsCacheBase("/a/b"), "/a/b"),
                ofHost("cvmfsParameters", in -> in.cvmfsParameters(Map.of("CVMFS_A", "b")), "CVMFS_A=b"),
                ofHost("cvmfsPins", in -> in.cvmfsPins(List.of("a.b=tag:c")), "a.b=tag:c"),
                ofHost("builderDriver", in -> in.builderDriver("docker-container"), "docker-container"),
                row(
                        "builderGc",
                        dockerfile().builderGc(Map.of("maxUsedSpace", "1GB")),
                        in -> in.buildkitdConfig("[worker.oci]\n"),
                        "maxUsedSpace=1GB",
                        "{buildkitdConfig} that has [worker.oci]"),
                row(
                        "builderDriverOpts",
                        dockerfile().builderDriverOpts(Map.of("memory", "1g")),
                        in -> in.builderDriverOpts(Map.of("image", "a")),
                        "image=a",
                        "{builderDriver} docker-container or kubernetes"),
                row(
                        "builderDriverOpts",
                        cluster(BuilderTable.VOLUME, "1Gi"),
                        in -> in.builderKeep(false),
                        BuilderTable.VOLUME + "=1Gi",
                        "{builderKeep} false"),
                row(
                        "builderDriverOpts",
                        cluster("rootless", "true"),
                        in -> in.setup("x"),
                        "rootless=true",
                        "a setup script, unless {insecure} is false"),
                row(
                        "builderImage",
                        cluster("rootless", "true").builderImage("moby/buildkit:v0.32.2-rootless"),
                        in -> in.builderImage("moby/buildkit:v0.32.2"),
                        "moby/buildkit:v0.32.2",
                        "{builderDriverOpts} rootless=true"));
    }

    private static Arguments ofHost(String option, UnaryOperator<ImageSpecBuilder> change, String value) {
        return row(
                option,
                change.apply(host().cvmfsAccess("client")),
                in -> in.cvmfsAccess("host"),
                value,
                "{cvmfsAccess} host");
    }

    @ParameterizedTest(name = "{0} {1}, {2}")
    @MethodSource("rows")
    void eachIsRefusedWithItsReason(
            String option, String value, String with, ImageSpecBuilder good, UnaryOperator<ImageSpecBuilder> bad) {
        Pair pair = PairTable.all().stream()
                .filter(row -> row.option().name().equals(option) && row.with().equals(with))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the table has no such pair"));
        assertThatCode(() -> good.build(WorkspaceFiles.UNCHECKED)).doesNotThrowAnyException();

        InvalidSpecException refused = catchThrowableOfType(
                InvalidSpecException.class, () -> bad.apply(good).build(WorkspaceFiles.UNCHECKED));

        assertThat(refused).isNotNull();
        assertThat(refused.problems()).contains(new Problem(option, value, pair.reason()));
    }

    @Test
    void everyPairHasARow() {
        assertThat(rows().map(row -> row.get()[0] + " with " + row.get()[2]))
                .containsExactlyInAnyOrderElementsOf(PairTable.all().stream()
                        .map(pair -> pair.option() + " with " + pair.with())
                        .toList());
    }

    @Test
    void everyReasonNamesOptionsThatThereAre() {
        assertThat(PairTable.all()).allSatisfy(pair -> {
            assertThat(pair.reason()).doesNotEndWith(".");
            assertThat(OTHER.matcher(pair.with() + pair.reason()).results().map(found -> found.group(1)))
                    .allMatch(name -> OptionTable.find(name).isPresent());
        });
    }
}
