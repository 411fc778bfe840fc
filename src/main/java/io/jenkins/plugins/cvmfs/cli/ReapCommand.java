package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.plan.ShellLibrary;
import io.jenkins.plugins.cvmfs.engine.runner.LeftDirectories;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

final class ReapCommand extends Tool {
    private final OptionSpec dryRun = flag(command, "--dry-run", "Only print what would be removed.");
    private final OptionSpec json = flag(
            command,
            "--json",
            "Print JSON: what was left, each with kind, name, namespace in a cluster, and whether it was removed. "
                    + "Messages go to standard error.");

    ReapCommand() {
        super(
                "reap",
                "Removes what killed builds of this user left on this machine: containers, builders "
                        + "and private directories; with kubectl also what killed builds left in the cluster of the "
                        + "kubeconfig. What they left in another engine or cluster is only reported. Exit codes: 0 if "
                        + "everything else was removed, otherwise 1.");
        addHelp();
    }

    /** What a look found. */
    private record Look(String said, List<Thing> things) {}

    /**
     * Something that a killed build left.
     *
     * @param namespace of what is in a cluster, otherwise an empty text
     */
    private record Thing(String kind, String name, String namespace) {
        /** @param line as the script notes it */
        static Thing of(String line) {
            String[] words = line.split(" ");
            return new Thing(words[0], words[1], words.length > 2 ? words[2] : "");
        }

        static Thing of(Path directory) {
            return new Thing("directory", directory.toString(), "");
        }

        Map<String, Object> json(boolean removed) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", kind);
            json.put("name", name);
            if (!namespace.isEmpty()) {
                json.put("namespace", namespace);
            }
            json.put("removed", removed);
            return json;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean dry = isGiven(dryRun);
        PrintWriter text = isGiven(json)
                ? command.commandLine().getErr()
                : command.commandLine().getOut();
        LeftDirectories directories = LocalSite.leftDirectories();
        List<Thing> left = things(directories);
        for (Thing directory : left) {
            text.printf(
                    "The directory %s was left by a build that was killed; it %s removed.%n",
                    directory.name(), dry ? "would be" : "is");
        }
        if (!dry) {
            directories.remove();
        }
        Look look = look(dry);
        text.print(look.said());
        left.addAll(look.things());
        if (left.isEmpty() && look.said().isEmpty()) {
            text.println("Nothing was left by builds that were killed.");
        }
        List<Thing> stays = dry ? left : things(directories);
        if (!dry) {
            stays.addAll(look(true).things());
        }
        boolean failed = !dry && !stays.isEmpty();
        if (failed) {
            text.println("Some of it could not be removed. Fix the errors above (docker must answer), then run reap "
                    + "again.");
        }
        text.flush();
        if (isGiven(json)) {
            printJson(Map.of(
                    "left",
                    left.stream()
                            .map(thing -> thing.json(!stays.contains(thing)))
                            .toList()));
        }
        return failed ? Main.FAILED : Main.BUILT;
    }

    private static List<Thing> things(LeftDirectories directories) throws IOException {
        return new ArrayList<>(directories.left().stream().map(Thing::of).toList());
    }

    private static Look look(boolean dry) throws IOException, InterruptedException {
        Path list = Files.createTempFile(TemporaryFiles.directory(), "cvmfs-derived-image-left", "");
        try {
            Process process = new ProcessBuilder(ShellLibrary.reap(dry, list))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(
                        "the look for what was left ended with exit code " + process.exitValue() + ": " + said.strip());
            }
            return new Look(
                    said, Files.readAllLines(list).stream().map(Thing::of).toList());
        } finally {
            Files.delete(list);
        }
    }
}
