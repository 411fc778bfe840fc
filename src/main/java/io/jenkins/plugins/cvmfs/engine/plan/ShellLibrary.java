package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.shell.ShellFiles;
import java.nio.file.Path;
import java.util.List;

/** The shared code of all scripts, as one file beside each script. */
public final class ShellLibrary {
    /** The file's path in the private directory. */
    public static final String FILE = "lib.sh";

    private static final String LEFT =
            ShellFiles.read(ShellLibrary.class, "lib/alive.sh", "lib/cluster.sh", "lib/left.sh");

    private static final String TEXT = "#!/bin/sh\n" + LEFT + "\n"
            + ShellFiles.read(
                    ShellLibrary.class,
                    "lib/frame.sh",
                    "lib/plugin.sh",
                    "lib/source.sh",
                    "lib/builder.sh",
                    "lib/pool.sh",
                    "lib/choice.sh",
                    "lib/gates.sh",
                    "lib/calls.sh",
                    "lib/push.sh",
                    "lib/promote.sh",
                    "lib/container.sh",
                    "lib/collect.sh",
                    "lib/several.sh");

    private ShellLibrary() {}

    /** The library's text, POSIX {@code sh}. */
    public static String text() {
        return TEXT;
    }

    /**
     * A command that stops what a build left if it was killed, such as docker.
     *
     * @param directory the build's private directory
     * @param exitCode the script's
     */
    public static List<String> endLeft(String directory, int exitCode) {
        String script = ShellFiles.read(ShellLibrary.class, "end-left.sh");
        return List.of("sh", "-c", script, "end-left", directory, String.valueOf(exitCode));
    }

    /**
     * A command that only removes what killed builds left in the engine.
     *
     * @param dry whether it only prints what it would remove
     * @param list a file that gets a line for each thing: kind, name, and the namespace of what is in a cluster
     */
    public static List<String> reap(boolean dry, Path list) {
        String script = LEFT + "\n" + ShellFiles.read(ShellLibrary.class, "reap.sh");
        return List.of("sh", "-c", script, "reap", dry ? "would be" : "", list.toString());
    }
}
