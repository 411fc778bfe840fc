package io.jenkins.plugins.cvmfs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;

final class CheckCommand extends Tool {
    private final OptionSpec json = flag(
            command, "--json", "Print JSON: the Dockerfile and its findings, with id, severity, lines, text and fix.");
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
        PrintWriter out = command.commandLine().getOut();
        if (isGiven(json)) {
            printJson(json(review));
        } else {
            review.findings().forEach(finding -> out.println(finding.message(review.path())));
        }
        out.flush();
        return review.findings().stream().noneMatch(DockerfileFinding::isError) ? Main.BUILT : Main.FAILED;
    }

    private static ObjectNode json(Review review) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("dockerfile", review.path());
        ArrayNode findings = document.putArray("findings");
        for (DockerfileFinding finding : review.findings()) {
            findings.addObject()
                    .put("id", finding.id())
                    .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                    .put("line", finding.line())
                    .put("lastLine", finding.lastLine())
                    .put("text", finding.text())
                    .put("fix", finding.fix());
        }
        return document;
    }
}
