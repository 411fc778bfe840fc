package io.jenkins.plugins.cvmfs.docker;

import java.util.List;
import java.util.stream.Stream;

/** The ways in which an image is built when something goes wrong. */
enum FaultWay {
    ENGINE("buildx, driver docker", "--builder-driver=docker"),
    KEPT("buildx, kept builder", "--builder-driver=docker-container", "--builder-driver-opt=network=host"),
    EPHEMERAL(
            "buildx, builder for one build",
            "--builder-driver=docker-container",
            "--builder-driver-opt=network=host",
            "--no-builder-keep"),
    COMMIT("commit", "--strategy=commit", "--mounts=none");

    // What runs long tells about it, as builds do. The words that are waited for are not in the command, which docker
    // shows too.
    private static final String WORK =
            "echo in the 'middle' of %s && i=0 && while [ $i -lt %d ]; do sleep 0.2; i=$((i + 1)); echo $i; done";

    private final String text;
    private final List<String> options;

    FaultWay(String text, String... options) {
        this.text = text;
        this.options = List.of(options);
    }

    /** Its name in the table. */
    String text() {
        return text;
    }

    boolean hasContainerBuilder() {
        return this == KEPT || this == EPHEMERAL;
    }

    /**
     * The options of the command line by which an image is built like this.
     *
     * @param base the image that it is made from
     */
    List<String> options(FaultRig rig, String name, String base, int turns) throws Exception {
        String work = WORK.formatted(name, turns);
        if (this == COMMIT) {
            return Stream.concat(
                            options.stream(),
                            Stream.of(
                                    "--base-image=" + base,
                                    "--build-arg=ROW=" + name,
                                    "--setup=#!/bin/bash\n" + work + "\n"))
                    .toList();
        }
        rig.rig().write(name, "FROM " + base + "\nRUN " + work + "\n");
        Stream<String> builder = hasContainerBuilder()
                ? Stream.of("--builder-driver-opt=env.CVMFS_TEST=" + rig.rig().id())
                : Stream.of();
        return Stream.of(options.stream(), builder, Stream.of("--dockerfile=" + name))
                .flatMap(part -> part)
                .toList();
    }
}
