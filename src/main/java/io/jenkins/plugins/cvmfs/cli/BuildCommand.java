package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.login.AuthFile;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import io.jenkins.plugins.cvmfs.engine.runner.BuildId;
import io.jenkins.plugins.cvmfs.engine.runner.ImageBuild;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "build",
        description = "Builds a derived image. Exit codes: 0 built, 1 build failed, 2 bad input.",
        mixinStandardHelpOptions = true)
final class BuildCommand implements Callable<Integer> {
    @Mixin
    private ImageOptions image;

    @Option(names = "--record", paramLabel = "FILE", description = "Write the image's record, a JSON document, to this file.")
    private Path record;

    @Option(
            names = "--registry-auth-file",
            paramLabel = "FILE",
            description = "Logins to registries, in the form of docker's config.json, for this build alone; the user's are not used.")
    private Path registryAuthFile;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        LocalFiles files = new LocalFiles();
        ImageSpec spec = image.spec(files);
        image.warn(spec, files, command.commandLine().getErr());
        BuildPlan plan = BuildPlan.of(spec, BuildId.create(), ImageOptions.dockerfile(spec, files));
        AuthFile logins = registryAuthFile == null ? null : logins(registryAuthFile);
        // On a terminal docker draws by itself, where nothing could be hidden.
        LocalSite site = new LocalSite(System.err, System.console() != null && logins == null);
        if (logins != null) {
            site.login(logins);
        }
        if (spec.options().onlyChecks()) {
            new ImageBuild(plan, site).check();
            return Main.BUILT;
        }
        ImageRecord made = new ImageBuild(plan, site).run();
        if (record != null) {
            Files.writeString(record, made.toJson());
        }
        print(made, command.commandLine().getOut());
        return Main.BUILT;
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
                "registryAuthFile", file.toString(), "a readable file with docker's auths is allowed, {\"auths\": {\"HOST\": {\"auth\": \"...\"}}}")));
    }

    private static void print(ImageRecord made, PrintWriter out) {
        for (TaggedImage tagged : made.images()) {
            out.println(tagged.reference() == null ? tagged.tag() : tagged.tag() + " " + tagged.reference());
        }
        if (made.imageId() != null) {
            out.println("image id " + made.imageId());
        }
        out.flush();
    }
}
