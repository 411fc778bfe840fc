package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.shell.ShellFiles;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scripts that mount CVMFS as root inside a container of the base image. */
public final class MountScript {
    private static final String FOLDER = "/io/jenkins/plugins/cvmfs/engine/mount/";

    private MountScript() {}

    /** For bash, in a RUN: mounts and performs the setup script beside it. */
    static String derive() {
        return "#!/bin/bash\n" + part("strict.sh") + parts("derive.sh");
    }

    /** For any shell, in a RUN of a user's own: mounts. */
    static String helper() {
        return "#!/bin/sh\n" + parts("helper.sh");
    }

    /** For bash, on its standard input: {@code derive_image}, which mounts and performs what follows on that input. */
    public static String inside() {
        return "#!/bin/bash\n" + part("strict.sh") + parts("handed.sh", "inside.sh");
    }

    /** For any shell: mounts what the variable CVMFS_MOUNTS says, and performs its first argument. */
    public static String smokeTest() {
        return "#!/bin/sh\n" + part("strict.sh") + parts("handed.sh", "smoke.sh");
    }

    private static String parts(String... last) {
        return Stream.concat(Stream.of("revisions.sh", "mount.sh", "settings.sh"), Stream.of(last))
                .map(MountScript::part)
                .collect(Collectors.joining("\n"));
    }

    static String part(String name) {
        return ShellFiles.read(MountScript.class, FOLDER + name);
    }
}
