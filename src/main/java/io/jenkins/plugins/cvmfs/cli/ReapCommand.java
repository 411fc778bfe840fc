package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.plan.ShellLibrary;
import io.jenkins.plugins.cvmfs.engine.runner.LeftDirectories;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

final class ReapCommand extends Tool {
    private final OptionSpec dryRun = flag(command, "--dry-run", "Only print what would be removed.");

    ReapCommand() {
        super(
                "reap",
                "Removes what killed builds of this user left on this machine: containers, builders "
                        + "and private directories; with kubectl also what killed builds left in the cluster of the "
                        + "kubeconfig. Exit codes: 0 if everything was removed, otherwise 1.");
        addHelp();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean dry = isGiven(dryRun);
        PrintWriter out = command.commandLine().getOut();
        LeftDirectories directories = LocalSite.leftDirectories();
        List<Path> left = directories.left();
        for (Path directory : left) {
            out.printf(
                    "The directory %s was left by a build that was killed; it %s removed.%n",
                    directory, dry ? "would be" : "is");
        }
        if (!dry) {
            directories.remove();
        }
        String said = run(dry);
        out.print(said);
        if (said.isEmpty() && left.isEmpty()) {
            out.println("Nothing was left by builds that were killed.");
        }
        boolean stays = !dry && (!directories.left().isEmpty() || somethingStays(run(true)));
        if (stays) {
            out.println("Some of it could not be removed. Fix the errors above (docker must answer), then run reap "
                    + "again.");
        }
        out.flush();
        return stays ? Main.FAILED : Main.BUILT;
    }

    /** A cluster that may not be searched is reported as unknown. */
    private static boolean somethingStays(String said) {
        return said.lines().anyMatch(line -> !line.startsWith("The cluster was not searched"));
    }

    private static String run(boolean dry) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(ShellLibrary.reap(dry))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(
                    "the look for what was left ended with exit code " + process.exitValue() + ": " + said.strip());
        }
        return said;
    }
}
