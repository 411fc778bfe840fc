package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.login.AuthFile;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.plan.PromotionPlan;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.runner.ImagePromotion;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.PromotionSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

final class PromoteCommand extends Tool {
    private final PositionalParamSpec source = argument(
            String.class,
            "IMAGE|RECORD",
            "The image, such as registry.example.org/cms/analysis@sha256:..., or the file of its record.");
    private final OptionSpec tags = added(
            command,
            OptionSpec.builder("--tag", "-t")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("1")
                    .paramLabel("REFERENCE")
                    .required(true),
            "A further name of the image. Repeatable.");
    private final OptionSpec record =
            file(command, "--record", "Write the promotion's record, a JSON document, to this file.");
    private final OptionSpec registryAuthFile = file(
            command,
            "--registry-auth-file",
            "Registry logins for this promotion, in the format of docker's config.json.");
    private final OptionSpec plan = flag(command, "--plan", "Print the script and run nothing.");
    private final OptionSpec json = flag(command, "--json", "Print JSON: the promotion's record.");

    PromoteCommand() {
        super(
                "promote",
                "Adds tags to an image that was built, tested and pushed, by its digest, without "
                        + "building it again. Exit codes: 0 promoted, 1 failed, 2 bad input.");
        addHelp();
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        PromotionSpec spec = spec();
        if (isGiven(plan)) {
            out.print(PromotionPlan.of(spec.source(), spec.tags()).script());
            out.flush();
            return Main.BUILT;
        }
        Optional<RecordFile> file = LocalBuild.tried(record);
        Optional<AuthFile> logins = LocalBuild.logins(registryAuthFile);
        LocalSite site = new LocalSite(System.err, System.console() != null && logins.isEmpty());
        try {
            if (logins.isPresent()) {
                site.login(logins.get());
            }
            PromotionRecord made = new ImagePromotion(site, spec).run(Map.of());
            if (isGiven(json)) {
                out.print(made.toJson());
            } else {
                made.references().forEach(reference -> out.println("Promoted " + reference));
            }
            out.flush();
            LocalBuild.write(file, made.toJson());
            return Main.BUILT;
        } finally {
            site.close();
        }
    }

    private PromotionSpec spec() throws InvalidSpecException {
        String image = source.getValue();
        try {
            boolean named = ImageReference.parse(image)
                    .filter(reference -> reference.digest() != null)
                    .isPresent();
            return PromotionSpec.of(
                    named || !Files.isRegularFile(Path.of(image)) ? image : pushed(image), tags.getValue());
        } catch (InvalidSpecException e) {
            throw new InvalidSpecException(e.problems().stream()
                    .map(problem -> new Problem(
                            problem.option().equals("tags") ? "--tag" : "IMAGE", problem.value(), problem.text()))
                    .toList());
        }
    }

    /** The image of a record, by its first tag. */
    private static String pushed(String image) throws InvalidSpecException {
        String reason;
        try {
            List<String> references =
                    ImageRecord.fromJson(Files.readString(Path.of(image))).references();
            if (!references.isEmpty()) {
                return references.get(0);
            }
            reason = "expected the record of an image that was pushed";
        } catch (UnreadableResultException e) {
            reason = "expected a record: " + e.getMessage();
        } catch (IOException e) {
            reason = "expected a record that can be read";
        }
        throw new InvalidSpecException(List.of(new Problem("image", image, reason)));
    }
}
