package io.jenkins.plugins.cvmfs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * One of the commands. Its options are declared in code, because reading annotations would take longer than planning a
 * build.
 */
abstract class Tool implements Callable<Integer> {
    /** The command's picocli model. */
    final CommandSpec command = CommandSpec.wrapWithoutInspection(this);

    Tool(String name, String description) {
        command.name(name).usageMessage().description(description);
    }

    /** Adds the help options after those of the command. */
    final void addHelp() {
        addHelp(command);
    }

    /** Adds the options of an image and the help options after those of the command. */
    final ImageArguments describesImage() {
        addHelp();
        return new ImageArguments(command);
    }

    static void addHelp(CommandSpec command) {
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        command.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
        command.versionProvider(new Main.Version());
    }

    /** Adds the positional argument. */
    final PositionalParamSpec argument(Class<?> type, String label, String description) {
        PositionalParamSpec argument = PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .type(type)
                .paramLabel(label)
                .description(description)
                .build();
        command.addPositional(argument);
        return argument;
    }

    static OptionSpec flag(CommandSpec command, String name, String description) {
        return added(command, OptionSpec.builder(name).arity("0").type(Boolean.class), description);
    }

    static OptionSpec file(CommandSpec command, String name, String description) {
        return added(
                command, OptionSpec.builder(name).arity("1").type(Path.class).paramLabel("FILE"), description);
    }

    static OptionSpec added(CommandSpec command, OptionSpec.Builder option, String description) {
        OptionSpec spec = option.description(description).build();
        command.addOption(spec);
        return spec;
    }

    /** Prints a document for scripts; what writes JSON is not loaded without one. */
    final void printJson(Object document) throws JsonProcessingException {
        PrintWriter out = command.commandLine().getOut();
        out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document));
        out.flush();
    }

    static boolean isGiven(OptionSpec flag) {
        return Boolean.TRUE.equals(flag.getValue());
    }
}
