package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.diagnosis.AccessChoice;
import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.CvmfsAccess;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.options.SeveralImages;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.spec.GitContext;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.SecretWarnings;
import io.jenkins.plugins.cvmfs.engine.spec.SpecProblems;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import io.jenkins.plugins.cvmfs.engine.tags.Naming;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The options of an image on a command line. */
final class ImageArguments {
    /** Files for the connection to a remote buildkitd, by the names of the driver's options. */
    private static final Map<Option, String> CERTIFICATES = Map.of(
            BuilderTable.CACERT, "cacert",
            BuilderTable.CERT, "cert",
            BuilderTable.KEY, "key");

    private final OptionSpecs specs;

    /** @param command the command that gets the options */
    ImageArguments(CommandSpec command) {
        specs = new OptionSpecs(command);
    }

    /**
     * The image that the options describe.
     *
     * @param err receives a line that says what was decided
     * @throws InvalidSpecException with every mistake
     * @throws IOException if a file that an option names cannot be read
     */
    ImageSpec spec(LocalFiles files, PrintWriter err) throws InvalidSpecException, IOException {
        return decided(options(), files, err);
    }

    /**
     * The plan for what the options describe, one image or several.
     *
     * @param err receives lines with decisions and warnings
     * @throws InvalidSpecException with every mistake
     */
    ImagesPlan plan(String id, SeveralArguments several, LocalFiles files, PrintWriter err)
            throws InvalidSpecException, IOException {
        GivenOptions call = options();
        if (!several.isGiven()) {
            ImageSpec spec = decided(call, files, err);
            warn(spec, files, err);
            return ImagesPlan.of(BuildPlan.of(spec, id, dockerfile(spec, files)));
        }
        List<Problem> found = new ArrayList<>();
        SeveralImages images = several.images(call, found);
        SpecProblems problems = new SpecProblems();
        problems.add(found);
        List<ImagesPlan.Wanted> wanted = new ArrayList<>();
        for (SeveralImages.Named image : images.images()) {
            try {
                ImageSpec spec = decided(image.in(call), files, err);
                warn(spec, files, err);
                wanted.add(new ImagesPlan.Wanted(image.name(), spec, dockerfile(spec, files)));
                problems.add(image.name(), List.of());
            } catch (InvalidSpecException e) {
                problems.add(image.name(), e.problems());
            }
        }
        problems.add(ImagesPlan.clashes(wanted));
        problems.refuse();
        return ImagesPlan.of(wanted, id, images.atOnce(), images.pushTogether());
    }

    /**
     * The image that options describe, with {@code cvmfsAccess} decided if it is auto.
     *
     * @param err receives a line that says what was decided
     */
    static ImageSpec decided(GivenOptions asked, LocalFiles files, PrintWriter err) throws InvalidSpecException {
        GivenOptions options = named(withLogin(asked), files, err);
        ImageSpec spec = ImageSpec.of(options, files);
        if (spec.access() != CvmfsAccess.AUTO) {
            return spec;
        }
        AccessChoice choice = AccessChoice.of(
                spec, dockerfile(spec, files).map(DockerfileText::text), OptionTable::onCommandLine, new LocalProbe());
        err.println(choice.line());
        return ImageSpec.of(choice.in(options), files);
    }

    /** Adds the secret for a context in a git repository. */
    static GivenOptions withLogin(GivenOptions asked) {
        String git = asked.text(BuildTable.GIT_CREDENTIALS);
        GivenOptions options = asked.without(List.of(BuildTable.GIT_CREDENTIALS));
        if (git != null) {
            GitContext.give(options, git);
        }
        return options;
    }

    /** The same options, with tags and labels by rules. */
    private static GivenOptions named(GivenOptions options, LocalFiles files, PrintWriter err)
            throws InvalidSpecException {
        if (!Naming.isAsked(options)) {
            return options;
        }
        String context = options.text(ImageTable.CONTEXT);
        Naming naming = new Naming(
                LocalFacts.of(System.getenv(), context != null && files.isDirectory(context) ? context : "."));
        GivenOptions tagged = naming.tagged(options);
        Optional<DockerfileText> dockerfile = dockerfile(ImageSpec.of(tagged, files), files);
        naming.lines(tagged).forEach(err::println);
        return naming.described(tagged, dockerfile.map(DockerfileText::text));
    }

    /**
     * The options as given, with the contents of the files that some of them name.
     *
     * @throws IOException if such a file cannot be read
     */
    GivenOptions options() throws IOException {
        GivenOptions given = specs.given();
        List<Option> files = OptionTable.all().stream().filter(Option::isFile).toList();
        GivenOptions options = given.without(files);
        for (Option option : files) {
            if (given.has(option)) {
                options.give(option, Files.readString(Path.of(given.text(option))));
            }
        }
        for (Map.Entry<Option, String> certificate : CERTIFICATES.entrySet()) {
            Option option = certificate.getKey();
            if (given.has(option)) {
                Path file = Path.of(given.text(option));
                if (!Files.isRegularFile(file)) {
                    String name = option.commandLine().get(0);
                    throw new NoSuchFileException(file.toString(), null, name + " names no file");
                }
                String path = file.toAbsolutePath().normalize().toString();
                options.give(BuilderTable.DRIVER_OPTS, Map.of(certificate.getValue(), path));
            }
        }
        return options;
    }

    /** The image that the options describe, for a command that needs no tags. */
    ImageSpec untagged(WorkspaceFiles files) throws InvalidSpecException, IOException {
        GivenOptions options = options();
        if (!options.has(ImageTable.TAGS)) {
            options.give(ImageTable.TAGS, List.of("unnamed"));
        }
        return ImageSpec.of(options, files);
    }

    /** The Dockerfile; empty if there is none to read. */
    static Optional<DockerfileText> dockerfile(ImageSpec spec, LocalFiles files) throws InvalidSpecException {
        return DockerfileText.read(spec, files, files::text);
    }

    /**
     * Warnings to print before anything runs, one a line.
     *
     * @throws InvalidSpecException if the Dockerfile cannot produce an image with content from CVMFS
     */
    void warn(ImageSpec spec, LocalFiles files, PrintWriter err) throws InvalidSpecException {
        SecretWarnings.of(spec, OptionTable::onCommandLine).forEach(err::println);
        if (specs.given().flag(ImageTable.DOCKERFILE_CHECKS)) {
            Review review = Review.of(spec, files::text);
            review.warnings().forEach(err::println);
            review.refuse();
        }
    }
}
