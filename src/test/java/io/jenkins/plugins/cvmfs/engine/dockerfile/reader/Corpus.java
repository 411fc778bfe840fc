package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.List;
import java.util.SplittableRandom;

/** Dockerfiles to try readers on; BuildKit accepts all of them. */
public final class Corpus {
    public static final List<String> ALL = List.of(
            """
            # syntax=docker/dockerfile:1
            FROM aperloff/cms-cvmfs-docker:latest AS base
            USER root
            ARG ARG_CVMFS_MOUNTS
            ARG ARG_MY_UID ARG_MY_GID=1000
            ENV CVMFS_MOUNTS=$ARG_CVMFS_MOUNTS MY_UID="${ARG_MY_UID:-1000}"
            SHELL ["/bin/bash", "-c"]
            RUN --security=insecure source /mount_cvmfs.sh && mount_cvmfs \\
                && mountpoint /cvmfs/cms.cern.ch
            ENTRYPOINT ["/run.sh"]
            """,
            """
            # escape=`
            FROM debian:12

            # A comment
            RUN one `
              # in the middle

              two `
              three \\
            CMD echo "a b" c
            """,
            """
            FROM debian:12
            RUN <<EOF
            first # no comment
            FROM not-an-instruction
            EOF
            RUN <<-'ONE' cat <<"TWO" >/x
            \tfirst
            \tONE
            second \\
            TWO
            COPY <<a <<b /dest/
            in a
            a
            in b
            b
            ADD --chmod=644 <<EOF /file
            text
            EOF
            ONBUILD RUN <<EOF
            later
            EOF
            LABEL a=b "c d"='e f' g=h\\ i
            """,
            """
            FROM --platform=$BUILDPLATFORM debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS one
            RUN --mount=type=cache,target="/var/cache/a b",sharing=locked --mount=type=bind,target=/src --network=none \\
                make -C /src
            FROM scratch
            COPY --from=one --chown=1:2 ["/a b", "/c"]
            VOLUME ["/data", "/more"]
            HEALTHCHECK --interval=5m CMD ["curl", "-f", "http://localhost/"]
            EXPOSE 80/tcp 443
            STOPSIGNAL 9
            WORKDIR /a
            ENV old value with spaces
            MAINTAINER somebody
            CMD [ "unterminated
            """,
            "\uFEFF# syntax = docker/dockerfile:1-labs\r\n# ESCAPE = \\\r\n# check=skip=all\r\nFROM a\r\nRUN b \\\r\n  c\r\nCMD [\"d\"]",
            "FROM a\nRUN a \\\\\nRUN b \\ \t\n  c\\\nCMD d\\");

    private static final List<String> PIECES = List.of(
            "\n",
            "\r\n",
            "\\\n",
            "`\n",
            "\\",
            "`",
            "#",
            "# escape=`\n",
            "# syntax=x\n",
            "<<EOF",
            "<<-'E'",
            "EOF\n",
            "\nE\n",
            "[\"",
            "\"]",
            "'",
            "\"",
            "--",
            "--mount=",
            "${",
            "}",
            ":-",
            "$",
            " ",
            "\t",
            "\0",
            "\u00A0",
            "\u2028",
            "\uFEFF",
            "\uD800",
            "\uDC00",
            "RUN ",
            "ONBUILD ",
            "ENV ",
            "HEALTHCHECK CMD ",
            "FROM scratch\n");

    private Corpus() {}

    /** One of them, with up to six changes. */
    public static String mutated(SplittableRandom random) {
        StringBuilder changed = new StringBuilder(ALL.get(random.nextInt(ALL.size())));
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            int from = random.nextInt(changed.length() + 1);
            int to = Math.min(changed.length(), from + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> changed.delete(from, to);
                case 1 -> changed.insert(from, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> changed.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
                default -> changed.insert(random.nextInt(changed.length() + 1), changed.substring(from, to));
            }
        }
        return changed.toString();
    }
}
