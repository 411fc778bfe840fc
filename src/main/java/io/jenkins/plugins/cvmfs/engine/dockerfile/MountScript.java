package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.shell.ShellFiles;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scripts that mount CVMFS as root inside a container of the base image, or verify the agent's own CVMFS. */
public final class MountScript {
    private static final String FOLDER = "/io/jenkins/plugins/cvmfs/engine/mount/";

    private MountScript() {}

    /** For bash, in a RUN: mounts and runs the setup script beside it. */
    static String derive(ImageSpec spec) {
        return "#!/bin/bash\n" + part("strict.sh") + parts(spec, "derive.sh");
    }

    /** For any shell, in a user's own RUN: mounts. */
    static String helper(ImageSpec spec) {
        return "#!/bin/sh\n" + parts(spec, "helper.sh");
    }

    /** For bash, on its standard input: {@code derive_image}, which mounts and runs what follows on that input. */
    public static String inside(ImageSpec spec) {
        return "#!/bin/bash\n" + part("strict.sh") + parts(spec, "handed.sh", "inside.sh");
    }

    /** For any shell: mounts the repositories of the variable CVMFS_MOUNTS, and runs its first argument. */
    public static String smokeTest(ImageSpec spec) {
        return "#!/bin/sh\n" + part("strict.sh") + parts(spec, "handed.sh", "smoke.sh");
    }

    private static String parts(ImageSpec spec, String... last) {
        List<String> mounting = spec.readsHost() ? List.of("host.sh") : List.of("mount.sh", "settings.sh");
        return Stream.of(Stream.of("revisions.sh"), mounting.stream(), Stream.of(last))
                .flatMap(names -> names)
                .map(MountScript::part)
                .collect(Collectors.joining("\n"));
    }

    static String part(String name) {
        return ShellFiles.read(MountScript.class, FOLDER + name);
    }
}
