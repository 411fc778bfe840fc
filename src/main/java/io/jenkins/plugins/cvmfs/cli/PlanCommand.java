package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import picocli.CommandLine.Model.OptionSpec;

final class PlanCommand extends Tool {
    private final OptionSpec library =
            flag(command, "--library", "Also print the files that are the same for every build.");
    private final OptionSpec json = flag(command, "--json", "Print JSON: the steps and files.");
    private final SeveralArguments several = new SeveralArguments(command);
    private final ImageArguments image = describesImage();

    PlanCommand() {
        super("plan", "Prints the script that build would run, and its files. Runs nothing.");
    }

    @Override
    public Integer call() throws Exception {
        ImagesPlan plan = image.plan(
                "plan", several, new LocalFiles(), command.commandLine().getErr());
        command.commandLine()
                .getOut()
                .print(
                        isGiven(json)
                                ? PlanJson.of(plan, isGiven(library)) + System.lineSeparator()
                                : plan.render(isGiven(library)));
        command.commandLine().getOut().flush();
        return Main.BUILT;
    }
}
