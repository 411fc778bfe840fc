package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The entry point: {@code java -jar cvmfs-derived-image-cli.jar
 * build|reproduce|plan|promote|check|doctor|host-access|reap}.
 */
@Command(
        name = "cvmfs-derived-image",
        description = "Builds container images whose content comes from CVMFS.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            BuildCommand.class,
            ReproduceCommand.class,
            PlanCommand.class,
            PromoteCommand.class,
            CheckCommand.class,
            DoctorCommand.class,
            HostAccessCommand.class,
            ReapCommand.class,
            AutoComplete.GenerateCompletion.class
        })
public final class Main {
    /** The image was built, or the question was answered. */
    static final int BUILT = 0;

    /** The build failed, or the machine lacks what builds need. */
    static final int FAILED = 1;

    /** The options do not describe a build. */
    static final int BAD_INPUT = 2;

    private Main() {}

    /** Runs a command and ends the process: 0 built, 1 build failed, 2 bad input. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main())
                // A value that begins with @ is a value.
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(message(failure));
                    return failure instanceof InvalidSpecException ? BAD_INPUT : FAILED;
                });
        for (CommandLine subcommand : commandLine.getSubcommands().values()) {
            if (subcommand.getCommand() instanceof DescribesImage describes) {
                describes.image().addTo(subcommand.getCommandSpec());
            }
        }
        return commandLine;
    }

    /** The mistake and where to read more; the whole usage would hide it. */
    private static int misused(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(misuse.getMessage());
        UnmatchedArgumentException.printSuggestions(misuse, err);
        CommandSpec spec = command.getCommandSpec();
        if (spec.parent() == null) {
            err.println(
                    "Commands: " + String.join(", ", command.getSubcommands().keySet()));
        }
        err.println("Run '" + spec.qualifiedName() + " --help' for the options.");
        return BAD_INPUT;
    }

    private static String message(Exception failure) {
        if (failure instanceof InvalidSpecException invalid) {
            return invalid.message(OptionTable::onCommandLine);
        }
        if (failure instanceof BuildFailedException) {
            return failure.getMessage();
        }
        return failure instanceof IOException
                ? "A file could not be read or written: " + failure
                        + "\n  Fix: See that what it names is there and may be read or written, and that the "
                        + "disk of temporary files (" + TemporaryFiles.directory() + ") has room."
                : "The command failed: " + failure;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {version == null ? "unknown version" : version};
        }
    }
}
