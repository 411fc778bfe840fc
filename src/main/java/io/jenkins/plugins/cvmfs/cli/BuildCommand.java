package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.runner.BuildId;

final class BuildCommand extends Tool {
    private final LocalBuild build = new LocalBuild(command);
    private final SeveralArguments several = new SeveralArguments(command);
    private final ImageArguments image = describesImage();

    BuildCommand() {
        super("build", "Builds a derived image, or several. Exit codes: 0 built, 1 build failed, 2 bad input.");
    }

    @Override
    public Integer call() throws Exception {
        build.run(
                image.plan(
                        BuildId.create(),
                        several,
                        new LocalFiles(),
                        command.commandLine().getErr()),
                command.commandLine().getOut(),
                command.commandLine().getErr());
        return Main.BUILT;
    }
}
