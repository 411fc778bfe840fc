package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The entry point: {@code java -jar cvmfs-derived-image-cli.jar
 * build|reproduce|plan|promote|check|doctor|host-access|reap}.
 */
public final class Main {
    /** The image was built, or the command succeeded. */
    static final int BUILT = 0;

    /** The build failed, or the machine lacks what builds need. */
    static final int FAILED = 1;

    /** The options are invalid. */
    static final int BAD_INPUT = 2;

    private static final Map<String, Supplier<Tool>> TOOLS = new LinkedHashMap<>();

    static {
        TOOLS.put("build", BuildCommand::new);
        TOOLS.put("reproduce", ReproduceCommand::new);
        TOOLS.put("plan", PlanCommand::new);
        TOOLS.put("promote", PromoteCommand::new);
        TOOLS.put("check", CheckCommand::new);
        TOOLS.put("doctor", DoctorCommand::new);
        TOOLS.put("host-access", HostAccessCommand::new);
        TOOLS.put("reap", ReapCommand::new);
    }

    private Main() {}

    /** Runs a command and ends the process: 0 built, 1 build failed, 2 bad input. */
    public static void main(String[] args) {
        // No option is a time or a database type, and looking up those types takes longer than parsing all
        // options.
        System.setProperty("picocli.converters.excludes", "java\\.(time|sql)\\..*");
        System.exit(commandLine(args).execute(args));
    }

    /** The command line, with only the command that the arguments name, or all commands. */
    static CommandLine commandLine(String... args) {
        CommandSpec main = CommandSpec.create().name("cvmfs-derived-image");
        main.usageMessage().description("Builds container images with content from CVMFS.");
        Tool.addHelp(main);
        String first = args.length == 0 ? "" : args[0];
        CommandLine commandLine = new CommandLine(main);
        if (TOOLS.containsKey(first)) {
            commandLine.addSubcommand(TOOLS.get(first).get().command);
        } else if (!first.equals("--version")) {
            TOOLS.values().forEach(tool -> commandLine.addSubcommand(tool.get().command));
            commandLine.addSubcommand(new AutoComplete.GenerateCompletion());
        }
        // A value that begins with @ is a value.
        return commandLine
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(message(failure));
                    return failure instanceof InvalidSpecException ? BAD_INPUT : FAILED;
                });
    }

    /** Prints the mistake and where to read more; printing the whole usage would hide it. */
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
