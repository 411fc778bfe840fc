package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.runner.BuildId;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;

final class BuildCommand extends Tool {
    private final LocalBuild build = new LocalBuild(command);
    private final ImageArguments image = describesImage();

    BuildCommand() {
        super("build", "Builds a derived image. Exit codes: 0 built, 1 build failed, 2 bad input.");
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
