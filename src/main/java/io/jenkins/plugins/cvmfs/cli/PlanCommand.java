package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import picocli.CommandLine.Model.OptionSpec;

final class PlanCommand extends Tool {
    private final OptionSpec library =
            flag(command, "--library", "Also print the files that are the same for every build.");
    private final OptionSpec json = flag(command, "--json", "Print the steps and files as JSON instead.");
    private final ImageArguments image = describesImage();

    PlanCommand() {
        super("plan", "Prints the script that build would run, and its files. Runs nothing.");
    }

    @Override
    public Integer call() throws Exception {
        LocalFiles files = new LocalFiles();
        ImageSpec spec = image.spec(files, command.commandLine().getErr());
        image.warn(spec, files, command.commandLine().getErr());
        BuildPlan plan = BuildPlan.of(spec, "plan", ImageArguments.dockerfile(spec, files));
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
