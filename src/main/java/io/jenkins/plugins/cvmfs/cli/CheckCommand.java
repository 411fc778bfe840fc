package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding;

final class CheckCommand extends Tool {
    private final ImageArguments image = describesImage();

    CheckCommand() {
        super(
                "check",
                "Checks a Dockerfile for common CVMFS mistakes, for the build that the other options "
                        + "describe. Runs nothing. Exit codes: 0 no errors, 1 errors, 2 bad input.");
    }

    @Override
    public Integer call() throws Exception {
        LocalFiles files = new LocalFiles();
        Review review = Review.of(image.untagged(files), files::text);
        review.findings().forEach(finding -> command.commandLine().getOut().println(finding.message(review.path())));
        command.commandLine().getOut().flush();
        return review.findings().stream().noneMatch(DockerfileFinding::isError) ? Main.BUILT : Main.FAILED;
    }
}
