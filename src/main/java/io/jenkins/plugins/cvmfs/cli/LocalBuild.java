package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.login.AuthFile;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.BuildLines;
import io.jenkins.plugins.cvmfs.engine.record.CallResult;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.RecordReader;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.runner.ImageBuild;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Runs a plan on this machine, with the options that all such commands share. */
final class LocalBuild {
    private final OptionSpec record;
    private final OptionSpec metadataFile;
    private final OptionSpec imageIdFile;
    private final OptionSpec registryAuthFile;
    private final OptionSpec json;

    /** @param command that gets the options */
    LocalBuild(CommandSpec command) {
        record = Tool.file(command, "--record", "Write the image's record, a JSON document, to this file.");
        metadataFile = Tool.file(
                command,
                "--metadata-file",
                "Write buildx's metadata of the image to this file, without what holds build arguments.");
        imageIdFile = Tool.file(command, "--iidfile", "Write the image ID to this file.");
        registryAuthFile = Tool.file(
                command,
                "--registry-auth-file",
                "Registry logins for this build, in the format of docker's config.json. The user's own "
                        + "logins are not used.");
        json = Tool.flag(command, "--json", "Print JSON: the image's record, or that of each of several images.");
    }

    /**
     * Builds the images and prints the results; none for a check of the Dockerfile.
     *
     * @throws BuildFailedException with all failures, after everything else has been printed
     */
    List<ImageRecord> run(ImagesPlan plan, PrintWriter out, PrintWriter err)
            throws InvalidSpecException, BuildFailedException, IOException, InterruptedException {
        refuse(plan);
        Optional<RecordFile> recordFile = tried(record);
        Optional<RecordFile> imageId = tried(imageIdFile);
        Optional<RecordFile> metadata = tried(metadataFile);
        AuthFile logins = logins(registryAuthFile).orElse(null);
        // On a terminal docker draws directly, so nothing could be masked. With several builds, none may do so.
        LocalSite site = new LocalSite(System.err, System.console() != null && logins == null && !plan.isSeveral());
        plan.images().forEach(image -> err.println(BuildLines.first(image.plan().spec())));
        err.flush();
        if (logins != null) {
            site.login(logins);
        }
        Instant started = Instant.now();
        ImageBuild build = new ImageBuild(site, started);
        Set<String> sensitive = logins == null ? Set.of() : Set.copyOf(logins.hidden());
        try {
            build.layDown(plan);
            build.start();
            ImageSpec first = plan.images().get(0).plan().spec();
            boolean asJson = recordFile.isPresent() || Tool.isGiven(json);
            Thread ready = new Thread(() -> getReady(first, asJson), "get ready to read the results");
            ready.setDaemon(true);
            ready.start();
            ImagesMade made = ImagesMade.of(site, started, plan, sensitive, (spec, calls) -> {
                print(spec, calls, out);
                if (!plan.isSeveral() && !spec.options().makesImage()) {
                    write(recordFile, CallResult.toJson(calls));
                }
            });
            if (!made.records().isEmpty()) {
                print(made, out);
                // JSON takes longer to write than anything else here, so it is written only on request.
                if (recordFile.isPresent()) {
                    write(recordFile, made.json());
                }
                write(imageId, made.records().get(0).imageId() + System.lineSeparator());
                if (metadata.isPresent()) {
                    write(metadata, made.metadata(site.secrets()));
                }
            }
            made.refuse();
            return made.records();
        } finally {
            build.close();
        }
    }

    private void refuse(ImagesPlan plan) throws InvalidSpecException {
        Path metadata = metadataFile.getValue();
        if (metadata != null
                && plan.images().stream().allMatch(image -> image.plan().spec().strategy() == Strategy.COMMIT)) {
            throw new InvalidSpecException(List.of(new Problem(
                    "--metadata-file",
                    metadata.toString(),
                    "strategy commit has no metadata of buildx's; --record has what there is")));
        }
        Path imageId = imageIdFile.getValue();
        if (imageId != null && plan.isSeveral()) {
            throw new InvalidSpecException(List.of(new Problem(
                    "--iidfile", imageId.toString(), "it has the ID of one image; --record has those of several")));
        }
    }

    /** Makes a record of results that are no one's while docker builds, because the first one is slow in a new JVM. */
    private static void getReady(ImageSpec spec, boolean asJson) {
        String id = "sha256:" + "0".repeat(64);
        try {
            ImageRecord some = new RecordReader(
                            spec,
                            Map.of(
                                    ResultFile.METADATA,
                                    "{\"containerimage.config.digest\": \"" + id + "\", \"containerimage.digest\": \""
                                            + id + "\"}",
                                    ResultFile.IMAGE_ID,
                                    id,
                                    ResultFile.IMAGE,
                                    "{\"Id\": \"" + id + "\", \"Os\": \"linux\", \"Architecture\": \"amd64\"}",
                                    ResultFile.DRIVER,
                                    "docker"))
                    .read(Instant.now(), Duration.ZERO);
            BuildLines.summary(some);
            if (asJson) {
                some.toJson();
            }
        } catch (UnreadableResultException e) {
            // This image needs more results than these; what could be loaded is.
        }
    }

    static Optional<RecordFile> tried(OptionSpec option) throws InvalidSpecException {
        Path file = option.getValue();
        if (file == null) {
            return Optional.empty();
        }
        RecordFile tried = new RecordFile(option.longestName(), file);
        tried.tryOut();
        return Optional.of(tried);
    }

    static void write(Optional<RecordFile> file, String text) throws BuildFailedException {
        if (file.isPresent()) {
            file.get().write(text);
        }
    }

    static Optional<AuthFile> logins(OptionSpec option) throws InvalidSpecException {
        Path file = option.getValue();
        if (file == null) {
            return Optional.empty();
        }
        try {
            Optional<AuthFile> logins = AuthFile.parse(Files.readString(file));
            if (logins.isPresent()) {
                return logins;
            }
        } catch (IOException e) {
            // The same mistake, whatever prevented reading.
        }
        throw new InvalidSpecException(List.of(new Problem(
                option.longestName(),
                file.toString(),
                "expected a readable file with docker's auths, credHelpers or credsStore, "
                        + "{\"auths\": {\"HOST\": {\"auth\": \"...\"}}}")));
    }

    private void print(ImageSpec spec, List<CallResult> calls, PrintWriter out) {
        boolean text = !Tool.isGiven(json);
        if (!text && !spec.options().makesImage()) {
            out.print(CallResult.toJson(calls));
        } else if (text) {
            BuildLines.calls(spec, calls).forEach(out::println);
        }
        out.flush();
    }

    private void print(ImagesMade made, PrintWriter out) {
        if (Tool.isGiven(json)) {
            out.print(made.json());
        } else {
            made.summary().forEach(out::println);
        }
        out.flush();
    }
}
