package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import static io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding.Severity.ERROR;
import static io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding.Severity;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Corpus;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check with files in which it finds something, and with files in which it must not. */
class DockerfileChecksTest {
    private static final String CLEAN = """
            # syntax=docker/dockerfile:1
            FROM example.org/base:1
            ARG ARG_CVMFS_MOUNTS
            ENV CVMFS_MOUNTS=$ARG_CVMFS_MOUNTS
            SHELL ["/bin/bash", "-c"]
            RUN --security=insecure source /mount_cvmfs.sh && mount_cvmfs && mountpoint -q /cvmfs/cms.cern.ch \\
                && cp /cvmfs/cms.cern.ch/README / && cvmfs_config wipecache
            """;

    private static final String MOUNT = "RUN --security=insecure mount -t cvmfs cms.cern.ch /cvmfs/cms.cern.ch";

    private static Arguments finds(
            String id, Severity severity, int line, String text, UnaryOperator<ImageSpecBuilder> options) {
        return arguments(id, severity, line, text, options);
    }

    private static Arguments finds(String id, Severity severity, int line, String text) {
        return finds(id, severity, line, text, in -> in);
    }

    private static Arguments passes(String id, String text, UnaryOperator<ImageSpecBuilder> options) {
        return arguments(id, null, 0, text, options);
    }

    private static Arguments passes(String id, String text) {
        return passes(id, text, in -> in);
    }

    private static UnaryOperator<ImageSpecBuilder> builtBy(String image) {
        return in -> in.builderImage(image);
    }

    private static String from(String... lines) {
        return "FROM example.org/base:1\n" + String.join("\n", lines) + "\n";
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                        mistakes(),
                        syntax(),
                        insecure(),
                        lost(),
                        root(),
                        ls(),
                        args(),
                        source(),
                        secret(),
                        cache(),
                        base())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> mistakes() {
        return Stream.of(
                finds("dockerfile-syntax", ERROR, 2, from("ENV name")),
                finds("dockerfile-syntax", WARNING, 3, "# syntax=example.org/frontend\n" + from("ENV name")),
                passes("dockerfile-syntax", from("ENV name=")));
    }

    private static Stream<Arguments> syntax() {
        String id = "syntax-too-old";
        return Stream.of(
                finds(id, ERROR, 3, "# syntax=docker/dockerfile:1.19\n" + from(MOUNT)),
                finds(id, ERROR, 3, "# syntax=docker.io/docker/dockerfile:1.4.3\n" + from(MOUNT)),
                finds(id, ERROR, 2, from(MOUNT), builtBy("moby/buildkit:v0.25.2")),
                finds(
                        id,
                        ERROR,
                        3,
                        "# syntax=docker/dockerfile:1\n" + from(MOUNT),
                        in -> in.buildArgs(Map.of("BUILDKIT_SYNTAX", "docker/dockerfile:1.10"))),
                finds(
                        id,
                        WARNING,
                        2,
                        from(MOUNT),
                        in -> in.builderName("b")
                                .builderDriver("docker-container")
                                .builderImage("moby/buildkit:v0.25.2")),
                finds(id, WARNING, 2, from(MOUNT), in -> in.builderDriver("docker")),
                finds(id, WARNING, 2, from(MOUNT), in -> in.builderName("b")),
                passes(id, from(MOUNT)),
                passes(id, from(MOUNT), builtBy("moby/buildkit:v0.26.0")),
                passes(id, from(MOUNT), builtBy("moby/buildkit:buildx-stable-1")),
                passes(id, from(MOUNT), builtBy("example.org/buildkit:v0.10.0")),
                passes(id, from("RUN make"), in -> in.builderDriver("docker")),
                passes(
                        id,
                        from("# RUN --security=insecure x", "RUN <<EOF", "RUN --security=insecure", "EOF"),
                        in -> in.builderDriver("docker")),
                passes(id, "# syntax=docker/dockerfile:1\n" + from(MOUNT), in -> in.builderDriver("docker")),
                passes(id, "# syntax=docker/dockerfile:1.20\n" + from(MOUNT)),
                passes(id, "# syntax=docker/dockerfile:1.3-labs\n" + from(MOUNT)),
                passes(id, "# syntax=docker/dockerfile:1.19@sha256:" + "0".repeat(64) + "\n" + from(MOUNT)),
                passes(id, "# syntax=example.org/frontend:1.2\n" + from(MOUNT)),
                passes(id, "// syntax=example.org/frontend:1.2\n" + from(MOUNT), in -> in.builderDriver("docker")));
    }

    private static Stream<Arguments> insecure() {
        String id = "mount-not-insecure";
        return Stream.of(
                finds("insecure-not-granted", ERROR, 2, from(MOUNT), in -> in.insecure(false)),
                passes("insecure-not-granted", from("RUN make"), in -> in.insecure(false)),
                finds(id, ERROR, 2, from("RUN source /mount_cvmfs.sh && mount_cvmfs && ls /cvmfs")),
                finds(id, ERROR, 2, from("RUN \\", "  # first", "  mount -t cvmfs sft.cern.ch /cvmfs/sft.cern.ch")),
                finds(id, ERROR, 2, from("RUN [\"/bin/bash\", \"-c\", \". /mount_cvmfs.sh; mount_cvmfs\"]")),
                finds(id, ERROR, 2, from("RUN <<EOF", "set -e", "mount /cvmfs/cms.cern.ch", "EOF")),
                finds(id, ERROR, 2, from("RUN --security=sandbox mount_cvmfs")),
                finds(id, ERROR, 2, from("RUN --mount=from=cvmfs-helper,target=/cvmfs-helper /cvmfs-helper/mount a.b")),
                finds(id, WARNING, 2, from("RUN if [ -n \"$X\" ]; then mount_cvmfs; fi")),
                finds(id, WARNING, 2, from("RUN true || mount_cvmfs")),
                finds(id, WARNING, 2, from("RUN mount_cvmfs", "FROM scratch", "COPY a /")),
                passes(id, CLEAN),
                passes(id, from("RUN echo mount_cvmfs && echo 'mount -t cvmfs x' # mount_cvmfs")),
                passes(id, from("RUN cat <<EOF >/usr/bin/later", "mount_cvmfs", "EOF")),
                passes(id, from("RUN mount --bind /a /cvmfs/b; mount -t tmpfs none /tmp")),
                passes(id, from("RUN mount_cvmfs"), in -> in.mounts("none")));
    }

    private static Stream<Arguments> lost() {
        String id = "mount-lost";
        return Stream.of(
                finds(id, WARNING, 3, from(MOUNT, "RUN cp /cvmfs/cms.cern.ch/a /a")),
                finds(
                        id,
                        WARNING,
                        4,
                        from(
                                MOUNT + " && cp /cvmfs/cms.cern.ch/a /a",
                                "WORKDIR /",
                                "RUN . /cvmfs/cms.cern.ch/setup.sh && make")),
                finds(
                        id,
                        WARNING,
                        4,
                        "FROM example.org/base:1 AS one\n" + MOUNT + "\nFROM one\nRUN ls /cvmfs/cms.cern.ch/a\n"),
                passes(id, from(MOUNT + " && cp /cvmfs/cms.cern.ch/a /a", "RUN ls /a")),
                passes(id, from(MOUNT, MOUNT + " && cp /cvmfs/cms.cern.ch/a /a")),
                passes(
                        id,
                        from(
                                MOUNT,
                                "RUN echo 'source /cvmfs/cms.cern.ch/setup.sh' >> ~/.bashrc && ln -s /cvmfs/cms.cern.ch/a /b")),
                passes(id, from(MOUNT, "RUN echo source /cvmfs/cms.cern.ch/setup.sh >>/etc/profile")),
                passes(
                        id,
                        from(
                                MOUNT,
                                "RUN --mount=type=bind,from=x,target=/cvmfs/cms.cern.ch cp /cvmfs/cms.cern.ch/a /a")),
                passes(
                        id,
                        "FROM example.org/base:1\n" + MOUNT
                                + "\nFROM example.org/other:1\nRUN cp /cvmfs/cms.cern.ch/a /a\n"));
    }

    private static Stream<Arguments> root() {
        String id = "not-root";
        return Stream.of(
                finds(id, WARNING, 3, from("USER cmsusr", MOUNT)),
                finds(id, WARNING, 3, from("USER 1000:1000", MOUNT)),
                finds(id, WARNING, 4, "FROM example.org/base:1 AS one\nUSER me\nFROM one\n" + MOUNT + "\n"),
                passes(id, from("USER cmsusr", "USER root", MOUNT)),
                passes(id, from("USER 0:0", MOUNT)),
                passes(id, from("USER $WHO", MOUNT)),
                passes(id, from("USER cmsusr", "RUN --security=insecure sudo mount -t cvmfs a.b /cvmfs/a.b")),
                passes(id, from(MOUNT, "USER cmsusr")),
                passes(id, from("USER cmsusr", "RUN make")));
    }

    private static Stream<Arguments> ls() {
        String id = "ls-proves-nothing";
        return Stream.of(
                finds(id, WARNING, 2, from(MOUNT + " && ls /cvmfs/cms.cern.ch")),
                finds(id, WARNING, 2, from("RUN --security=insecure mount_cvmfs; ls -la /cvmfs/; make")),
                passes(id, from(MOUNT + " && ls /cvmfs/cms.cern.ch && mountpoint -q /cvmfs/cms.cern.ch")),
                passes(id, from(MOUNT + " && ls /cvmfs && grep -q /cvmfs/cms.cern.ch /proc/mounts")),
                passes(id, from(MOUNT + " && ls /cvmfs && cvmfs_config probe")),
                passes(id, from("RUN --security=insecure /cvmfs-helper/mount && ls /cvmfs/cms.cern.ch")),
                passes(id, from(MOUNT + " && ls /cvmfs && . /cvmfs/cms.cern.ch/setup.sh")),
                passes(id, from(MOUNT + " && ls /cvmfs/cms.cern.ch/README")),
                passes(id, from(MOUNT + " && ls /tmp")),
                passes(id, from("RUN ls /cvmfs")));
    }

    private static Stream<Arguments> args() {
        String id = "arg-not-declared";
        UnaryOperator<ImageSpecBuilder> given = in -> in.mounts("cms.cern.ch");
        return Stream.of(
                finds(id, WARNING, 2, from("RUN --security=insecure mount_cvmfs"), given),
                finds(id, WARNING, 3, "ARG ARG_CVMFS_MOUNTS\n" + from("RUN --security=insecure mount_cvmfs"), given),
                finds(
                        id,
                        WARNING,
                        3,
                        from("ENV CVMFS_MOUNTS=$ARG_CVMFS_MOUNTS", "RUN --security=insecure mount_cvmfs"),
                        given),
                finds(id, WARNING, 2, from("RUN --security=insecure /cvmfs-helper/mount && make"), given),
                finds(id, WARNING, 2, from("RUN --security=insecure mount_cvmfs", "ARG ARG_CVMFS_MOUNTS"), given),
                finds(id, WARNING, 3, from("ENV MY_UID=${ARG_MY_UID}", MOUNT)),
                finds(id, WARNING, 2, from(MOUNT), in -> in.gid("5")),
                passes(id, CLEAN, given),
                passes(id, from("ARG ARG_CVMFS_MOUNTS", "RUN --security=insecure /cvmfs-helper/mount && make"), given),
                passes(id, from("RUN --security=insecure /cvmfs-helper/mount cms.cern.ch && make"), given),
                passes(
                        id,
                        from(
                                "ARG A=1 ARG_CVMFS_MOUNTS",
                                "RUN --security=insecure CVMFS_MOUNTS=$ARG_CVMFS_MOUNTS mount_cvmfs"),
                        given),
                passes(
                        id,
                        "FROM example.org/base:1 AS one\nARG ARG_CVMFS_MOUNTS\nFROM one\nRUN --security=insecure mount_cvmfs\n",
                        given),
                passes(
                        id,
                        from("ENV CVMFS_MOUNTS \"cms.cern.ch sft.cern.ch\"", "RUN --security=insecure mount_cvmfs"),
                        given),
                passes(id, from("RUN --security=insecure CVMFS_MOUNTS=all mount_cvmfs"), given),
                passes(id, from("RUN --security=insecure mount_cvmfs")),
                passes(id, from(MOUNT), given),
                passes(
                        id,
                        from("ARG ARG_MY_UID ARG_MY_GID", "ENV MY_UID=$ARG_MY_UID", MOUNT),
                        in -> in.uid("1").gid("1")),
                passes(id, from("RUN make"), in -> in.mounts("all").uid("1")));
    }

    private static Stream<Arguments> source() {
        String id = "source-without-bash";
        return Stream.of(
                finds(id, WARNING, 2, from("RUN source /a")),
                finds(id, WARNING, 3, from("SHELL [\"/bin/sh\", \"-ec\"]", "RUN cd / && source /a")),
                finds(id, WARNING, 2, from("RUN <<EOF", "source /a", "EOF")),
                finds(id, WARNING, 2, from("RUN [\"sh\", \"-c\", \"source /a\"]")),
                passes(id, from("SHELL [\"/bin/bash\", \"-c\"]", "RUN source /a")),
                passes(id, "FROM example.org/base:1 AS one\nSHELL [\"/bin/bash\", \"-c\"]\nFROM one\nRUN source /a\n"),
                passes(id, from("RUN . /a && echo source /a; cp source /b; # source")),
                passes(id, from("RUN bash -c 'source /a' && [ -d source ]")),
                passes(id, from("RUN <<EOF", "#!/usr/bin/env bash", "source /a", "EOF")),
                passes(id, from("RUN bash -e <<EOF", "source /a", "EOF")),
                passes(id, from("CMD source /a")));
    }

    private static Stream<Arguments> secret() {
        String id = "secret-in-arg";
        return Stream.of(
                finds(id, WARNING, 2, from("ARG DB_PASSWORD")),
                finds(id, WARNING, 2, from("ARG A=1 \\", " API_TOKEN=")),
                passes(id, from("ARG PASSWORD_FILE", "ARG VERSION=\"a PASSWORD b\"")),
                passes(id, from("# ARG DB_PASSWORD", "RUN --mount=type=secret,id=db_password make")),
                passes(id, from("ARG DB_PASSWORD"), in -> in.buildArgs(Map.of("DB_PASSWORD", "x"))));
    }

    private static Stream<Arguments> cache() {
        String id = "cache-in-layer";
        return Stream.of(
                finds(id, WARNING, 2, from(MOUNT + " && cp /cvmfs/cms.cern.ch/a /")),
                finds(id, WARNING, 2, from(MOUNT, "RUN cvmfs_config wipecache")),
                finds(
                        id,
                        WARNING,
                        2,
                        from(MOUNT.replace("insecure ", "insecure --mount=type=cache,target=/root/.cache "))),
                passes(id, CLEAN),
                passes(id, from(MOUNT + " && rm -rf /var/lib/cvmfs/*")),
                passes(
                        id,
                        from(MOUNT.replace(
                                "insecure ", "insecure --mount=type=cache,target=/var/cache/cvmfs2,sharing=locked "))),
                passes(id, from(MOUNT.replace("insecure ", "insecure --mount=type=tmpfs,dst=/var/lib/cvmfs "))),
                passes(
                        id,
                        "FROM example.org/base:1 AS one\n" + MOUNT
                                + " && cp /cvmfs/cms.cern.ch/a /\nFROM scratch\nCOPY --from=one /a /\n"));
    }

    private static Stream<Arguments> base() {
        String id = "floating-base";
        return Stream.of(
                finds(id, WARNING, 1, "FROM debian\n"),
                finds(id, WARNING, 1, "FROM --platform=linux/amd64 aperloff/cms-cvmfs-docker:latest AS one\n"),
                finds(id, WARNING, 2, "ARG BASE=debian:latest\nFROM ${BASE}\n"),
                finds(id, WARNING, 2, "FROM a:1 AS one\nFROM debian\nRUN x\n"),
                passes(id, "FROM debian:12\n"),
                passes(id, "FROM example.org:5000/a:1\n"),
                passes(id, "FROM debian:latest@sha256:" + "0".repeat(64) + "\n"),
                passes(id, "FROM scratch\nCOPY a /\n"),
                passes(id, "FROM a:1 AS One\nFROM one\n"),
                passes(id, "ARG BASE\nFROM $BASE\nFROM ${BASE:-debian}\n"),
                passes(id, "ARG BASE=debian\nFROM $BASE\n", in -> in.buildArgs(Map.of("BASE", "debian:12"))),
                passes(id, "FROM debian\n", in -> in.buildContexts(Map.of("debian", "docker-image://debian:12"))),
                passes(id, "FROM a:1\nRUN <<EOF\nFROM debian\nEOF\n"));
    }

    @ParameterizedTest(name = "{0} {1} {3}")
    @MethodSource("rows")
    void findsWhatIsWrongAndNothingElse(
            String id, Severity severity, int line, String text, UnaryOperator<ImageSpecBuilder> options) {
        List<DockerfileFinding> found =
                DockerfileChecks.of(Specs.valid(options.apply(Specs.dockerfile())), text).stream()
                        .filter(finding -> finding.id().equals(id))
                        .toList();
        if (severity == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(severity);
                assertThat(finding.line()).isEqualTo(line);
                assertThat(finding.text()).isNotBlank().doesNotContain("\n");
            });
        }
    }

    @Test
    void eachCheckHasBothKindsOfRows() {
        assertThat(ids(true)).isEqualTo(ids(false)).hasSizeGreaterThan(10);
    }

    @Test
    void eachCheckIsInTheDocumentation() throws Exception {
        List<String> documented = Files.readAllLines(Path.of("docs/checks.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`")[1])
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(ids(true));
    }

    private static Set<String> ids(boolean finding) {
        return rows().filter(row -> (row.get()[1] != null) == finding)
                .map(row -> (String) row.get()[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void findsNothingInACleanFile() {
        assertThat(DockerfileChecks.of(Specs.valid(Specs.dockerfile().mounts("cms.cern.ch")), CLEAN))
                .isEmpty();
    }

    @Test
    void findsOnlyTheFloatingBaseImageInTheExample() throws Exception {
        String text = Files.readString(Path.of("examples/Dockerfile"));
        assertThat(DockerfileChecks.of(Specs.valid(Specs.dockerfile().mounts("cms.cern.ch")), text))
                .extracting(DockerfileFinding::id)
                .containsExactly("floating-base");
    }

    @Test
    void aFileSilencesWarningsButNoErrors() {
        String text = "FROM debian\nRUN source /a && mount_cvmfs\n";
        assertThat(found(text)).containsExactly("floating-base", "source-without-bash", "mount-not-insecure");
        assertThat(found("# check=skip=floating-base,mount-not-insecure\n" + text))
                .containsExactly("source-without-bash", "mount-not-insecure");
        assertThat(found("# check=error=true;skip=all\n" + text)).containsExactly("mount-not-insecure");
    }

    private static List<String> found(String text) {
        return DockerfileChecks.of(Specs.valid(Specs.dockerfile()), text).stream()
                .map(DockerfileFinding::id)
                .toList();
    }

    @Test
    void saysWhereAndWhatInOneLine() {
        assertThat(new DockerfileFinding("an-id", ERROR, 12, "what; fix").message("sub/Dockerfile"))
                .isEqualTo("sub/Dockerfile:12: error: what; fix [an-id]");
    }

    @Test
    void copesWithEveryMutation() {
        SplittableRandom random = new SplittableRandom(20_261_124);
        ImageSpec spec = Specs.valid(Specs.dockerfile().mounts("cms.cern.ch"));
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < 20_000; i++) {
            String text = Corpus.mutated(random);
            long lines = text.chars().filter(c -> c == '\n').count() + 1;
            for (DockerfileFinding finding : DockerfileChecks.of(spec, text)) {
                ids.add(finding.id());
                assertThat((long) finding.line()).isBetween(1L, lines);
            }
        }
        assertThat(ids).hasSizeGreaterThan(4);
    }

    @Test
    void looksAtTheStagesOfTheTarget() {
        String text = "FROM a:1 AS one\nRUN mount_cvmfs\nFROM b:1 AS two\nRUN x\nFROM c:1\nCOPY --from=0 /a /a\n";
        assertThat(severities(text, null)).containsExactly(ERROR);
        assertThat(severities(text, "two")).containsExactly(WARNING);
        assertThat(severities(text, "ONE")).containsExactly(ERROR);
        assertThat(severities(text, "nowhere")).containsExactly(WARNING);
    }

    private static List<Severity> severities(String text, String target) {
        return DockerfileChecks.of(Specs.valid(Specs.dockerfile().target(target)), text).stream()
                .filter(finding -> finding.id().equals("mount-not-insecure"))
                .map(DockerfileFinding::severity)
                .toList();
    }

    /**
     * Files in which the work would grow with the square of their length; all of them have a finding when they are
     * short.
     */
    static Stream<Arguments> endless() {
        return Stream.of(
                arguments("stages", "FROM a\n", 100_000),
                arguments("stages with names", "FROM a AS b\n", 80_000),
                arguments("variables", "FROM a\nENV A=1 B=2 C=3\nRUN x\n", 30_000),
                arguments("arguments", "FROM a\nARG A B C D E F G H\n", 30_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void passesOverWhatNobodyWrites(String name, String piece, int times) {
        assertThat(DockerfileChecks.of(Specs.valid(Specs.dockerfile()), piece)).isNotEmpty();
        assertThat(DockerfileChecks.of(Specs.valid(Specs.dockerfile()), piece.repeat(times)))
                .isEmpty();
    }
}
