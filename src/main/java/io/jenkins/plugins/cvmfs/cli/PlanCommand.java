package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        description = "Prints the script that build would run, and its files. Runs nothing.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer>, DescribesImage {
    private final ImageArguments image = new ImageArguments();

    @Option(names = "--library", description = "Also print the files that are the same for every build.")
    private boolean library;

    @Option(names = "--json", description = "Print the steps and files as JSON instead.")
    private boolean json;

    @Spec
    private CommandSpec command;

    @Override
    public ImageArguments image() {
        return image;
    }

    @Override
    public Integer call() throws Exception {
        LocalFiles files = new LocalFiles();
        ImageSpec spec = image.spec(files, command.commandLine().getErr());
        image.warn(spec, files, command.commandLine().getErr());
        BuildPlan plan = BuildPlan.of(spec, "plan", ImageArguments.dockerfile(spec, files));
        command.commandLine()
                .getOut()
                .print(json ? PlanJson.of(plan, library) + System.lineSeparator() : plan.render(library));
        command.commandLine().getOut().flush();
        return Main.BUILT;
    }
}
