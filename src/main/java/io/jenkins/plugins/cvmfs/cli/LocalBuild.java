package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.login.AuthFile;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.record.BuildLines;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.runner.Expected;
import io.jenkins.plugins.cvmfs.engine.runner.ImageBuild;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Carries a plan out on this machine: the options of all commands that do. */
final class LocalBuild {
    /** How the result is printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Write the image's record, a JSON document, to this file.")
    private Path record;

    @Option(
            names = "--registry-auth-file",
            paramLabel = "FILE",
            description =
                    "Logins to registries, in the form of docker's config.json, for this build alone; the user's are not used.")
    private Path registryAuthFile;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            description = "How to print the result: as text, or as the image's record. Default: text.")
    private Format format = Format.TEXT;

    /** Makes the image and tells what was made; empty where the Dockerfile was only to be checked. */
    Optional<ImageRecord> run(BuildPlan plan, PrintWriter out, PrintWriter err)
            throws InvalidSpecException, BuildFailedException, IOException, InterruptedException {
        RecordFile recordFile = record == null ? null : new RecordFile(record);
        if (recordFile != null) {
            recordFile.tryOut();
        }
        AuthFile logins = registryAuthFile == null ? null : logins(registryAuthFile);
        // On a terminal docker draws by itself, where nothing could be hidden.
        LocalSite site = new LocalSite(System.err, System.console() != null && logins == null);
        err.println(BuildLines.first(plan.spec()));
        err.flush();
        if (logins != null) {
            site.login(logins);
        }
        Optional<ImageRecord> made = new ImageBuild(site, Instant.now())
                .run(
                        plan,
                        new Expected(
                                plan.spec(),
                                plan.dockerfile(),
                                Map.of(),
                                logins == null ? Set.of() : Set.copyOf(logins.hidden())));
        if (made.isPresent()) {
            print(made.get(), out);
            if (recordFile != null) {
                recordFile.write(made.get());
            }
        }
        return made;
    }

    private static AuthFile logins(Path file) throws InvalidSpecException {
        try {
            Optional<AuthFile> logins = AuthFile.parse(Files.readString(file));
            if (logins.isPresent()) {
                return logins.get();
            }
        } catch (IOException e) {
            // The same mistake, whatever hinders the reading.
        }
        throw new InvalidSpecException(List.of(new Problem(
                "--registry-auth-file",
                file.toString(),
                "expected a readable file with docker's auths, credHelpers or credsStore, "
                        + "{\"auths\": {\"HOST\": {\"auth\": \"...\"}}}")));
    }

    private void print(ImageRecord made, PrintWriter out) {
        if (format == Format.JSON) {
            out.print(made.toJson());
        } else {
            BuildLines.summary(made).forEach(out::println);
        }
        out.flush();
    }
}
