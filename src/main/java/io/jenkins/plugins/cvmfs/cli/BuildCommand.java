package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.runner.BuildId;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "build",
        description = "Builds a derived image. Exit codes: 0 built, 1 build failed, 2 bad input.",
        mixinStandardHelpOptions = true)
final class BuildCommand implements Callable<Integer>, DescribesImage {
    private final ImageArguments image = new ImageArguments();

    @Mixin
    private LocalBuild build;

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
        build.run(
                BuildPlan.of(spec, BuildId.create(), ImageArguments.dockerfile(spec, files)),
                command.commandLine().getOut(),
                command.commandLine().getErr());
        return Main.BUILT;
    }
}
