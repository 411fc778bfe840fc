package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.options.SeveralImages;
import io.jenkins.plugins.cvmfs.engine.options.SeveralTable;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options by which a command line describes several images. */
final class SeveralArguments {
    private final OptionSpec imagesFile;
    private final OptionSpec parallel;
    private final OptionSpec pushTogether;

    /** @param command that gets the options */
    SeveralArguments(CommandSpec command) {
        imagesFile = Tool.file(
                command,
                "--images-file",
                "Several images: a JSON array of objects with a name and options as in a Pipeline, such as "
                        + "[{\"name\": \"a\", \"tags\": [\"a:1\"], \"target\": \"a\"}]. The other options apply to all of them.");
        parallel = Tool.added(
                command,
                OptionSpec.builder("--parallel").arity("1").type(String.class).paramLabel("NUMBER"),
                SeveralTable.PARALLEL.help() + " Default: " + SeveralTable.AT_ONCE + ".");
        pushTogether = Tool.flag(command, "--push-together", SeveralTable.PUSH_TOGETHER.help());
    }

    boolean isGiven() {
        return imagesFile.getValue() != null;
    }

    /**
     * The images.
     *
     * @param call options of the command line
     * @param problems takes the mistakes
     * @throws InvalidSpecException if the file has no images
     */
    SeveralImages images(GivenOptions call, List<Problem> problems) throws InvalidSpecException {
        call.give(SeveralTable.PARALLEL, parallel.getValue())
                .give(SeveralTable.PUSH_TOGETHER, Tool.isGiven(pushTogether));
        return SeveralImages.of(ImagesFile.read(text(), problems), call, problems);
    }

    private String text() throws InvalidSpecException {
        Path file = imagesFile.getValue();
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidSpecException(List.of(
                    new Problem(SeveralTable.IMAGES.name(), file.toString(), "expected a file that can be read")));
        }
    }
}
