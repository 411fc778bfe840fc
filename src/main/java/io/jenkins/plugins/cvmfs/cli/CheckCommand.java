package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description =
                "Checks a Dockerfile for common CVMFS mistakes, for the build that the other options describe. Runs "
                        + "nothing. "
                        + "Exit codes: 0 no errors, 1 errors, 2 bad input.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer>, DescribesImage {
    private final ImageArguments image = new ImageArguments();

    @Spec
    private CommandSpec command;

    @Override
    public ImageArguments image() {
        return image;
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
