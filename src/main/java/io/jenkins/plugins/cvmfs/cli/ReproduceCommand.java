package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.record.BasePins;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.Reproduction;
import io.jenkins.plugins.cvmfs.engine.record.RevisionComparison;
import io.jenkins.plugins.cvmfs.engine.runner.BuildId;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.Sha256;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

final class ReproduceCommand extends Tool {
    private final PositionalParamSpec record =
            argument(Path.class, Reproduction.RECORD, "The record of the image, as written by a build.");
    private final OptionSpec changedSource = flag(
            command,
            "--allow-changed-source",
            "Build even if the Dockerfile or setup script is not the recorded one, or cannot be "
                    + "compared with it.");
    private final LocalBuild build = new LocalBuild(command);
    private final ImageArguments image = describesImage();

    ReproduceCommand() {
        super(
                "reproduce",
                "Rebuilds an image from its record, under new tags: with each CVMFS repository in its "
                        + "recorded state, the base images by digest, and the recorded options unless they are "
                        + "given here. Exit codes: 0 built with the same revisions, 1 build failed or other "
                        + "revisions, 2 bad input.");
    }

    @Override
    public Integer call() throws Exception {
        Path recordFile = record.getValue();
        PrintWriter err = command.commandLine().getErr();
        LocalFiles files = new LocalFiles();
        Reproduction again = Reproduction.of(recordFile.toString(), text(recordFile));
        GivenOptions options = ImageArguments.withLogin(image.options());
        again.complete(options);
        ImageSpec spec = ImageArguments.decided(options, files, err);
        Optional<DockerfileText> dockerfile = ImageArguments.dockerfile(spec, files);
        if (!isGiven(changedSource)) {
            again.requireSameSource(spec, sha256(spec.source()));
        }
        if (spec.source() instanceof Source.Dockerfile) {
            // Names given by the user take precedence over the record's pins.
            Map<String, String> pins =
                    new LinkedHashMap<>(new BasePins(again.record()).contexts(dockerfile.map(DockerfileText::text)));
            pins.keySet().removeAll(spec.options().buildContexts().keySet());
            spec = ImageSpec.of(spec.values().give(BuildTable.BUILD_CONTEXTS, pins), files);
        }
        image.warn(spec, files, err);
        new BasePins(again.record())
                .unpinned(spec)
                .forEach(name -> err.println("Warning: the record knows no digest of " + name
                        + ", or a stage has its name; it may be another image now."));
        List<ImageRecord> made = build.run(
                ImagesPlan.of(BuildPlan.of(spec, BuildId.create(), dockerfile)),
                command.commandLine().getOut(),
                err);
        if (made.isEmpty()) {
            return Main.BUILT;
        }
        RevisionComparison compared = RevisionComparison.of(recordFile.toString(), again.record(), made.get(0));
        err.println(compared.line());
        err.flush();
        return compared.same() ? Main.BUILT : Main.FAILED;
    }

    private static String text(Path file) throws InvalidSpecException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidSpecException(
                    List.of(new Problem(Reproduction.RECORD, file.toString(), "expected a file that can be read")));
        }
    }

    private static String sha256(Source source) throws IOException {
        if (source instanceof Source.Dockerfile dockerfile) {
            return dockerfile.local().isEmpty()
                    ? null
                    : Sha256.of(Files.readAllBytes(Path.of(dockerfile.local().get())));
        }
        Source.Script script = ((Source.Setup) source).script();
        if (script instanceof Source.Script.Url url) {
            return url.sha256();
        }
        return script instanceof Source.Script.File file
                ? Sha256.of(Files.readAllBytes(Path.of(file.path())))
                : Sha256.of(((Source.Script.Inline) script).text());
    }
}
