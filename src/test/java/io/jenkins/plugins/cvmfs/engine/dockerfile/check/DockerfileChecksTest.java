package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import static io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding.Severity.ERROR;
import static io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.dockerfile.HelperContext;
import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding.Severity;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Corpus;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static List<DockerfileFinding> check(ImageSpecBuilder options, String text) {
        return check(Specs.valid(options), text);
    }

    private static List<DockerfileFinding> check(ImageSpec spec, String text) {
        return Review.of(spec, path -> Optional.of(text)).findings();
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
                        base(),
                        unknown(),
                        device(),
                        host(),
                        unmounted(),
                        verified(),
                        probe(),
                        copied(),
                        helper())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> mistakes() {
        return Stream.of(
                finds("dockerfile-syntax", ERROR, 2, from("ENV name")),
                finds("dockerfile-syntax", WARNING, 3, "# syntax=example.org/frontend\n" + from("ENV name")),
                finds("dockerfile-syntax", ERROR, 2, from("RUN " + "x".repeat(65_532))),
                finds("dockerfile-syntax", ERROR, 4, from("RUN a \\", "  b \\", "x".repeat(65_536))),
                finds("dockerfile-syntax", ERROR, 3, from("RUN <<EOF", "x".repeat(65_536), "EOF")),
                passes("dockerfile-syntax", from("RUN " + "x".repeat(65_531))),
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
        String uses = "RUN ls /cvmfs\n";
        return Stream.of(
                finds(id, WARNING, 1, "FROM debian\n", in -> in.mounts("cms.cern.ch")),
                finds(id, WARNING, 1, "FROM debian\n" + uses),
                finds(id, WARNING, 1, "FROM debian\nRUN <<EOF\nls /cvmfs\nEOF\n"),
                finds(id, WARNING, 1, "FROM debian\nRUN --device=cern.ch/cvmfs=all,required make\n"),
                finds(id, WARNING, 1, "FROM --platform=linux/amd64 aperloff/cms-cvmfs-docker:latest AS one\n"),
                finds(id, WARNING, 2, "ARG BASE=debian:latest\nFROM ${BASE}\n" + uses),
                finds(id, WARNING, 2, "FROM a:1 AS one\nFROM debian\n" + uses),
                finds(id, WARNING, 1, "FROM example.org:5000/a\n" + uses),
                passes(id, "FROM debian\nRUN make\n"),
                passes(id, "# not cvmfs\nFROM debian\nRUN make\n"),
                passes(id, "FROM debian:12\n" + uses),
                passes(id, "FROM example.org:5000/a:1\n" + uses),
                passes(id, "FROM debian:latest@sha256:" + "0".repeat(64) + "\n" + uses),
                passes(id, "FROM scratch\nCOPY cvmfs /\n"),
                passes(id, "FROM a:1 AS One\nFROM one\n" + uses),
                passes(id, "ARG BASE\nFROM $BASE\nFROM ${BASE:-debian}\n" + uses),
                passes(id, "ARG BASE=debian\nFROM $BASE\n" + uses, in -> in.buildArgs(Map.of("BASE", "debian:12"))),
                passes(
                        id,
                        "FROM debian\n" + uses,
                        in -> in.buildContexts(Map.of("debian", "docker-image://debian:12"))),
                passes(id, "FROM a:1\nRUN <<EOF\nFROM debian\nls /cvmfs\nEOF\n"));
    }

    private static Stream<Arguments> unknown() {
        String id = "unknown-instruction";
        return Stream.of(
                finds(id, ERROR, 2, from("RNU echo")),
                finds(id, ERROR, 3, "# syntax=docker/dockerfile:1\n" + from("RNU echo")),
                finds(id, ERROR, 3, "# syntax=docker/dockerfile:1.7-labs\n" + from("RNU echo")),
                finds(id, ERROR, 3, "# syntax=docker/dockerfile-upstream:master\n" + from("RNU echo")),
                finds(id, ERROR, 3, "# syntax=docker/dockerfile@sha256:" + "0".repeat(64) + "\n" + from("RNU echo")),
                finds(id, ERROR, 3, from("RUN a", "  && b")),
                finds(id, WARNING, 3, "# syntax=example.org/frontend\n" + from("INCLUDE x")),
                finds(
                        id,
                        WARNING,
                        3,
                        "// syntax=example.org/frontend\n" + from("INCLUDE x").replace("//", "")),
                finds(
                        id,
                        WARNING,
                        2,
                        from("RNU x"),
                        in -> in.buildArgs(Map.of("BUILDKIT_SYNTAX", "example.org/frontend"))),
                passes(id, from("run a", "Copy b c", "MAINTAINER d", "onbuild RUN e", "STOPSIGNAL 9", "EXPOSE 1")),
                passes(id, from("RUN <<EOF", "RNU echo", "EOF", "# RNU", "RUN a \\", "  RNU")));
    }

    private static Stream<Arguments> device() {
        String labs = "# syntax=docker/dockerfile:1-labs\n";
        String device = "RUN --device=cern.ch/cvmfs=all,required ls /cvmfs/cms.cern.ch/a";
        return Stream.of(
                finds("device-needs-labs", WARNING, 2, from(device)),
                finds("device-needs-labs", ERROR, 2, from(device), in -> in.builderDriver("docker-container")),
                finds("device-needs-labs", WARNING, 2, from(device), in -> in.builderDriver("docker")),
                finds("device-needs-labs", ERROR, 3, "# syntax=docker/dockerfile:1\n" + from(device)),
                finds("device-needs-labs", ERROR, 3, "# syntax=docker/dockerfile\n" + from(device)),
                finds("device-needs-labs", ERROR, 3, "# syntax=docker/dockerfile:1.20\n" + from(device)),
                finds("device-needs-labs", ERROR, 3, "# syntax=docker/dockerfile:1.13-labs\n" + from(device)),
                finds("device-needs-labs", WARNING, 2, from("RUN --device=nvidia.com/gpu=all make")),
                passes("device-needs-labs", labs + from(device)),
                passes("device-needs-labs", "# syntax=docker/dockerfile:labs\n" + from(device)),
                passes("device-needs-labs", "# syntax=docker/dockerfile:1.14-labs\n" + from(device)),
                passes("device-needs-labs", "# syntax=docker.io/docker/dockerfile:1.20.0-labs\n" + from(device)),
                passes(
                        "device-needs-labs",
                        "# syntax=docker/dockerfile:1@sha256:" + "0".repeat(64) + "\n" + from(device)),
                passes("device-needs-labs", "# syntax=docker/dockerfile-upstream:master-labs\n" + from(device)),
                passes("device-needs-labs", "# syntax=example.org/frontend\n" + from(device)),
                passes("device-needs-labs", from("RUN make")),
                finds("device-not-required", WARNING, 3, labs + from("RUN --device=cern.ch/cvmfs=all make")),
                finds(
                        "device-not-required",
                        WARNING,
                        3,
                        labs + from("RUN --device=cern.ch/cvmfs=all,required=false a")),
                passes("device-not-required", labs + from(device)),
                passes("device-not-required", labs + from("RUN --device=name=cern.ch/cvmfs=all,required=true make")),
                passes("device-not-required", labs + from("RUN --device=nvidia.com/gpu=all make")),
                finds(
                        "insecure-not-needed",
                        WARNING,
                        3,
                        labs + from(device.replace("--dev", "--security=insecure --dev"))),
                passes("insecure-not-needed", labs + from(device)),
                passes("insecure-not-needed", labs + from(MOUNT)),
                passes("insecure-not-needed", labs + from("RUN --device=nvidia.com/gpu=all --security=insecure a")),
                passes("cvmfs-not-mounted", labs + from(device)),
                passes("mount-lost", labs + from(MOUNT, device)),
                passes("probe-not-mounted", labs + from("RUN --device=cern.ch/cvmfs=all,required cvmfs_config probe")),
                passes(
                        "mount-not-insecure",
                        labs
                                + from("RUN --device=cern.ch/cvmfs=all,required "
                                        + "--mount=from=cvmfs-helper,target=/cvmfs-helper /cvmfs-helper/mount a.b")));
    }

    private static Stream<Arguments> host() {
        String id = "device-missing";
        UnaryOperator<ImageSpecBuilder> host = in -> in.cvmfsAccess("host").builderDriver("docker");
        String device = "RUN --device=cern.ch/cvmfs=all,required ";
        String helper = "--mount=type=bind,from=cvmfs-helper,target=/cvmfs-helper /cvmfs-helper/mount";
        String labs = "# syntax=docker/dockerfile:1-labs\n";
        return Stream.of(
                finds(id, ERROR, 3, labs + from("RUN " + helper), host),
                finds(id, WARNING, 3, labs + from("RUN cp /cvmfs/cms.cern.ch/README /"), host),
                finds(id, WARNING, 4, labs + from(device + helper, "RUN cp /cvmfs/cms.cern.ch/README /"), host),
                finds("insecure-not-granted", ERROR, 3, labs + from(MOUNT), host),
                passes(id, labs + from(device + helper), host),
                passes(id, labs + from(device + "cp /cvmfs/cms.cern.ch/README /"), host),
                passes("mount-not-insecure", labs + from(device + helper), host),
                passes("mount-lost", labs + from(device + helper, "RUN ls /cvmfs/cms.cern.ch"), host),
                passes(id, from("RUN " + helper)));
    }

    private static Stream<Arguments> unmounted() {
        String id = "cvmfs-not-mounted";
        return Stream.of(
                finds(id, WARNING, 2, from("RUN . /cvmfs/cms.cern.ch/cmsset_default.sh && make")),
                finds(
                        id,
                        WARNING,
                        3,
                        from("SHELL [\"/bin/bash\", \"-c\"]", "RUN source /cvmfs/cms.cern.ch/cmsset_default.sh")),
                finds(id, WARNING, 2, from("RUN --security=insecure cp /cvmfs/a.b/c /")),
                finds(id, WARNING, 3, from("ENV CMS=/cvmfs/cms.cern.ch", "RUN . $CMS/cmsset_default.sh")),
                finds(id, WARNING, 3, from("ARG CMS=/cvmfs/cms.cern.ch", "RUN . \"${CMS}/cmsset_default.sh\"")),
                finds(id, WARNING, 2, from("RUN CMS=/cvmfs/cms.cern.ch; . $CMS/cmsset_default.sh")),
                finds(id, WARNING, 2, from("RUN export CMS=/cvmfs/cms.cern.ch && ls $CMS/x")),
                passes(id, from("ENV CMS=/cvmfs/cms.cern.ch", "RUN mkdir -p $CMS && echo $CMS")),
                passes(id, from("ENV CMS=/opt/cms", "RUN ls $CMS $CMSX ${CMS")),
                passes(id, from("ENV CMS=/cvmfs/cms.cern.ch", "ENV CMS=/opt", "RUN ls $CMS")),
                finds(id, WARNING, 2, from("RUN cp /cvmfs/a.b/c /", "RUN cp /cvmfs/a.b/d /")),
                finds(id, WARNING, 2, from("RUN cp /cvmfs/a.b/c /", MOUNT)),
                finds(id, WARNING, 4, from(MOUNT, "FROM example.org/base:1", "RUN cp /cvmfs/cms.cern.ch/a /")),
                passes(id, CLEAN),
                passes(id, from(MOUNT, "RUN cp /cvmfs/cms.cern.ch/a /")),
                passes(id, from("RUN --security=insecure /run.sh -c 'cp /cvmfs/a.b/c /'")),
                passes(id, from("RUN cvmfsexec a.b -- cp /cvmfs/a.b/c /")),
                passes(id, from("COPY some /cvmfs/a.b/", "RUN cp /cvmfs/a.b/c /")),
                passes(id, from("RUN --mount=from=x,target=/cvmfs/a.b cp /cvmfs/a.b/c /")),
                passes(id, from("RUN echo 'source /cvmfs/a.b/c' >>/etc/profile && ln -s /cvmfs/a.b/c /c")),
                passes(id, from("ENV X=/cvmfs/a.b/c", "CMD /cvmfs/a.b/c")));
    }

    private static Stream<Arguments> verified() {
        String id = "mount-not-verified";
        return Stream.of(
                finds(id, WARNING, 2, from("RUN --security=insecure mount_cvmfs && ./install.sh")),
                finds(
                        id,
                        WARNING,
                        2,
                        from("RUN --security=insecure . /mount_cvmfs.sh; mount_cvmfs; make && make test")),
                finds(id, WARNING, 2, from("RUN --security=insecure /run.sh -c ./install.sh")),
                finds(id, WARNING, 2, from("RUN --security=insecure [\"/run.sh\", \"-c\", \"./install.sh\"]")),
                passes(id, CLEAN),
                passes(id, from("RUN --security=insecure mount_cvmfs && cvmfs_config probe && ./install.sh")),
                passes(id, from("RUN --security=insecure mount_cvmfs && mountpoint /cvmfs/a.b && ./install.sh")),
                passes(id, from("RUN --security=insecure mount_cvmfs && [ -e /cvmfs/a.b/c ] && ./install.sh")),
                passes(id, from("RUN --security=insecure mount_cvmfs && . /cvmfs/a.b/setup.sh && ./install.sh")),
                passes(id, from("RUN --security=insecure mount_cvmfs && echo mounted")),
                passes(id, from("RUN --security=insecure ./prepare.sh && mount_cvmfs")),
                passes(id, from(MOUNT + " && ./install.sh")),
                passes(id, from("RUN --security=insecure /cvmfs-helper/mount && ./install.sh")),
                finds("mount-not-insecure", WARNING, 2, from("RUN /run.sh -c ./install.sh")),
                passes("mount-not-insecure", from("RUN --security=insecure /run.sh -c ./install.sh")),
                passes("mount-not-insecure", from("RUN /run.sh", "RUN /opt/run.sh -c x")),
                finds(
                        "ls-proves-nothing",
                        WARNING,
                        2,
                        from("RUN --security=insecure /run.sh -c 'ls /cvmfs/a.b && make'")),
                finds(
                        "mount-lost",
                        WARNING,
                        3,
                        from("RUN --security=insecure /run.sh -c make", "RUN cp /cvmfs/a.b/c /")));
    }

    private static Stream<Arguments> probe() {
        String id = "probe-not-mounted";
        return Stream.of(
                finds(id, WARNING, 2, from("RUN cvmfs_config probe")),
                finds(id, WARNING, 2, from("RUN make && cvmfs_config probe cms.cern.ch")),
                passes(id, from("RUN --security=insecure mount_cvmfs && cvmfs_config probe")),
                passes(id, from("RUN cvmfs_config setup && echo cvmfs_config probe")));
    }

    private static Stream<Arguments> copied() {
        String id = "copy-from-cvmfs";
        return Stream.of(
                finds(id, WARNING, 4, from(MOUNT, "FROM scratch", "COPY --from=0 /cvmfs/cms.cern.ch/a .")),
                finds(
                        id,
                        WARNING,
                        4,
                        "FROM example.org/base:1 AS one\n" + MOUNT
                                + "\nFROM scratch\nCOPY --from=ONE [\"/cvmfs\", \"/x\"]\n"),
                passes(id, from(MOUNT, "FROM scratch", "COPY --from=0 /a /cvmfs/a", "COPY /cvmfs/a /")),
                passes(id, from("COPY a /cvmfs/a.b/", "FROM scratch", "COPY --from=0 /cvmfs/a.b/a /")),
                passes(id, from("COPY --from=example.org/content:1 /cvmfs/a.b /content")));
    }

    private static Stream<Arguments> helper() {
        String id = "helper-not-bound";
        String bind = "--mount=type=bind,from=cvmfs-helper,target=";
        return Stream.of(
                finds(id, WARNING, 2, from("RUN --security=insecure /cvmfs-helper/mount && make")),
                finds(id, WARNING, 2, from("RUN --security=insecure " + bind + "/helper /cvmfs-helper/mount && make")),
                finds(
                        id,
                        WARNING,
                        2,
                        from("RUN --security=insecure --mount=target=/src bash -c '/cvmfs-helper/mount a.b'")),
                passes(id, from("RUN --security=insecure " + bind + "/cvmfs-helper /cvmfs-helper/mount && make")),
                passes(id, from("RUN --security=insecure " + bind + "/cvmfs-helper/ /cvmfs-helper/mount && make")),
                passes(id, from("RUN --security=insecure " + bind + "/a/cvmfs-helper /a/cvmfs-helper/mount && make")),
                passes(
                        id,
                        from(
                                "COPY --from=cvmfs-helper / /cvmfs-helper/",
                                "RUN --security=insecure /cvmfs-helper/mount")));
    }

    @ParameterizedTest(name = "{0} {1} {3}")
    @MethodSource("rows")
    void findsMistakesAndNothingElse(
            String id, Severity severity, int line, String text, UnaryOperator<ImageSpecBuilder> options) {
        List<DockerfileFinding> found = check(options.apply(Specs.dockerfile()), text).stream()
                .filter(finding -> finding.id().equals(id))
                .toList();
        if (severity == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(severity);
                assertThat(finding.line()).isEqualTo(line);
                assertThat(finding.message("Dockerfile"))
                        .matches("Dockerfile:[0-9]+: (?:error|warning): [^\\p{Cntrl}]+[^.] *\\. Fix: [^\\p{Cntrl}]+ \\["
                                + id + "]")
                        .doesNotContain("Mend", " told", "anew", "of its own");
            });
        }
    }

    @Test
    void eachCheckHasBothKindsOfRows() {
        assertThat(ids(true)).isEqualTo(ids(false)).hasSizeGreaterThan(10);
    }

    @Test
    void eachRuleHasRows() {
        assertThat(ids(true))
                .containsExactlyInAnyOrderElementsOf(Stream.of(DockerfileRule.values())
                        .map(DockerfileRule::id)
                        .toList());
    }

    @Test
    void theDocumentationHasTheTableOfRules() throws Exception {
        List<String> rows = Files.readAllLines(Path.of("docs/checks.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows).containsExactlyElementsOf(DockerfileRule.table());
    }

    private static Set<String> ids(boolean finding) {
        return rows().filter(row -> (row.get()[1] != null) == finding)
                .map(row -> (String) row.get()[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void findsNothingInACleanFile() {
        assertThat(check(Specs.dockerfile().mounts("cms.cern.ch"), CLEAN)).isEmpty();
    }

    @Test
    void findsOnlyTheFloatingBaseImageInTheExample() throws Exception {
        String text = Files.readString(Path.of("examples/Dockerfile"));
        assertThat(check(Specs.dockerfile().mounts("cms.cern.ch"), text))
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
        return check(Specs.dockerfile(), text).stream()
                .map(DockerfileFinding::id)
                .toList();
    }

    @Test
    void saysWhereAndWhatInOneLine() {
        DockerfileFinding finding = new DockerfileFinding("an-id", ERROR, 12, 14, "what happens", "do this");
        assertThat(finding.message("sub/Dockerfile"))
                .isEqualTo("sub/Dockerfile:12: error: what happens. Fix: do this [an-id]");
        assertThat(List.of(11, 12, 14, 15)).filteredOn(finding::covers).containsExactly(12, 14);
    }

    @Test
    void copesWithEveryMutation() {
        SplittableRandom random = new SplittableRandom(20_261_124);
        ImageSpec spec = Specs.valid(Specs.dockerfile().mounts("cms.cern.ch"));
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < 20_000; i++) {
            String text = Corpus.mutated(random);
            long lines = text.chars().filter(c -> c == '\n').count() + 1;
            for (DockerfileFinding finding : check(spec, text)) {
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
        return check(Specs.dockerfile().target(target), text).stream()
                .filter(finding -> finding.id().equals("mount-not-insecure"))
                .map(DockerfileFinding::severity)
                .toList();
    }

    @Test
    void readsALargeRunOnceForEachStage() {
        String text = "FROM cvmfs:1 AS s0\nRUN true \\\n" + " && mv a b \\\n".repeat(60_000) + " && true\n"
                + Stream.iterate(1, i -> i + 1)
                        .limit(490)
                        .map(i -> "FROM s" + (i - 1) + " AS s" + i + "\nRUN ls /cvmfs/a\n")
                        .collect(Collectors.joining());
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(check(Specs.dockerfile(), text)).hasSize(490));
    }

    @Test
    void controlCharactersAreRemoved() {
        assertThat(check(Specs.dockerfile(), from("R\u001B[31mU\u202EN x", "ARG MY_\u0007TOKEN")))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.message("a")).doesNotContainPattern("[\\p{Cntrl}\u202E]"));
    }

    @Test
    void theHelperIsThatOfTheBuild() {
        assertThat(DockerfileChecks.HELPER).isEqualTo(HelperContext.NAME);
        assertThat(HelperContext.MOUNT).isEqualTo("mount");
    }

    @Test
    void reportsTheFindingThatPredictedAFailure() {
        Review review = Review.of(
                Specs.valid(Specs.dockerfile()),
                path -> Optional.of(
                        from(MOUNT + " && cvmfs_config wipecache", "RUN a \\", "  && cp /cvmfs/cms.cern.ch/a /")));
        assertThat(review.at(3)).extracting(DockerfileFinding::id).containsExactly("mount-lost");
        assertThat(review.at(4)).isEqualTo(review.at(3));
        assertThat(review.at(2)).isEmpty();
        assertThat(review.at(5)).isEmpty();
    }

    /**
     * Files in which the work would grow with the square of their length; all of them have a finding when they are
     * short.
     */
    static Stream<Arguments> endless() {
        return Stream.of(
                arguments("stages", "FROM cvmfs\n", 100_000),
                arguments("stages with names", "FROM cvmfs AS b\n", 60_000),
                arguments("variables", "FROM cvmfs\nENV A=1 B=2 C=3\nRUN x\n", 28_000),
                arguments("arguments", "FROM cvmfs\nARG A B C D E F G H\n", 30_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void unreasonablyLargeFilesAreNotChecked(String name, String piece, int times) {
        assertThat(check(Specs.dockerfile(), piece)).isNotEmpty();
        assertThat(check(Specs.dockerfile(), piece.repeat(times))).isEmpty();
    }
}
