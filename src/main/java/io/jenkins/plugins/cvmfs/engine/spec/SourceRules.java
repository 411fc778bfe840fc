package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.spec.Source.Script;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the source of the content. */
final class SourceRules {
    private static final Pattern REMOTE =
            Pattern.compile("(?:https?://|git://|ssh://|git@|github\\.com/).*", Pattern.DOTALL);
    private static final String DEFAULT_CONTEXT = ".";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<Option> SCRIPTS = List.of(ImageTable.SETUP, ImageTable.SETUP_FILE, ImageTable.SETUP_URL);

    private final GivenOptions in;
    private final WorkspaceFiles files;
    private final Problems problems;

    SourceRules(GivenOptions in, WorkspaceFiles files, Problems problems) {
        this.in = in;
        this.files = files;
        this.problems = problems;
    }

    Source apply(Strategy strategy) {
        boolean setup = GivenFacts.setsUp(in);
        in.map(BuildTable.BUILD_CONTEXTS)
                .forEach((name, address) -> noLogin(BuildTable.BUILD_CONTEXTS, name + "=", address));
        return setup ? setup() : dockerfile(strategy);
    }

    private Source dockerfile(Strategy strategy) {
        if (strategy == Strategy.COMMIT) {
            problems.add(
                    ImageTable.STRATEGY,
                    "commit",
                    "it needs a setup script ({setup}, {setupFile} or {setupUrl}); a Dockerfile is built with strategy "
                            + "buildx");
        }
        String context = Optional.ofNullable(in.text(ImageTable.CONTEXT)).orElse(DEFAULT_CONTEXT);
        String written = in.text(ImageTable.DOCKERFILE);
        noLogin(ImageTable.CONTEXT, "", context);
        if (isRemote(context) && files.hides(context)) {
            problems.add(
                    ImageTable.CONTEXT,
                    context,
                    "a directory has this name, and docker would take that. Fix: write ./ before it if it is meant, "
                            + "else remove it");
        }
        if (!problems.has(ImageTable.CONTEXT) && !isRemote(context)) {
            if (!files.isDirectory(context)) {
                problems.add(ImageTable.CONTEXT, context, "no such directory; expected a directory or a URL");
            }
            String dockerfile = written == null ? context + "/Dockerfile" : written;
            if (strategy == Strategy.BUILDX) {
                file(ImageTable.DOCKERFILE, dockerfile, "; name an existing Dockerfile, or give a setup script");
            }
        }
        return new Source.Dockerfile(written, context, in.text(ImageTable.TARGET));
    }

    /** A login in the URL would appear in docker's command line, the log, the record and the provenance. */
    private void noLogin(Option option, String name, String address) {
        GitContext.withoutLogin(address)
                .ifPresent(shown -> problems.add(
                        option,
                        name + shown,
                        "a password in a URL is visible in docker's command line, in the log and in the provenance. Fix: "
                                + "remove it from the URL, and set {gitCredentialsId}"));
    }

    static boolean isRemote(String context) {
        return REMOTE.matcher(context).matches();
    }

    private void file(Option option, String path, String otherwise) {
        if (problems.has(option)) {
            return;
        }
        if (files.isOutside(path)) {
            problems.add(option, path, "the path is outside the workspace; expected a file inside");
        } else if (!files.isFile(path)) {
            problems.add(option, path, "no such file" + otherwise);
        }
    }

    private Source setup() {
        String baseImage = in.text(ImageTable.BASE_IMAGE);
        return new Source.Setup(script(), baseImage == null ? ImageTable.DEFAULT_BASE_IMAGE : baseImage);
    }

    private Script script() {
        List<Option> scripts = SCRIPTS.stream().filter(in::has).toList();
        String text = in.text(scripts.get(0));
        if (scripts.get(0) == ImageTable.SETUP) {
            firstLine(ImageTable.SETUP, text.lines().findFirst().orElse(""), text);
            return new Script.Inline(text);
        }
        if (scripts.get(0) == ImageTable.SETUP_FILE) {
            file(ImageTable.SETUP_FILE, text, "");
            if (!problems.has(ImageTable.SETUP_FILE)) {
                files.text(text).ifPresent(content -> firstLine(ImageTable.SETUP_FILE, text, content));
            }
            return new Script.File(text);
        }
        if (!in.has(ImageTable.SETUP_SHA256)) {
            problems.add(
                    ImageTable.SETUP_SHA256,
                    null,
                    "{setupUrl} needs it, so that only the intended script is run"
                            + (problems.has(ImageTable.SETUP_URL)
                                    ? ""
                                    : ". Fix: read the script, and get its digest with: curl -fsSL '" + text
                                            + "' | sha256sum"));
        }
        String digest = in.text(ImageTable.SETUP_SHA256);
        return new Script.Url(text, digest == null ? null : plain(digest));
    }

    /** The format of sha256sum; others use capitals or a prefix with the algorithm. */
    private static String plain(String digest) {
        return digest.replaceFirst("^sha256:", "").toLowerCase(Locale.ROOT);
    }

    /** The kernel would read the carriage return as part of the interpreter's name. */
    private void firstLine(Option option, String value, String script) {
        int end = script.indexOf('\n');
        if (end > 0 && script.charAt(end - 1) == '\r') {
            problems.add(
                    option,
                    value,
                    "its lines end with CR LF, so "
                            + (script.startsWith("#!")
                                    ? "its interpreter would not be found"
                                    : "the shell would take a carriage return for a part of every command")
                            + ". Fix: save the script with LF line ends (dos2unix, or \"*.sh text eol=lf\" in "
                            + ".gitattributes)");
        } else if (script.startsWith(BYTE_ORDER_MARK)) {
            problems.add(
                    option,
                    value,
                    "it begins with a byte order mark, so its first line would not be understood. Fix: save the "
                            + "script as "
                            + "UTF-8 without one");
        }
    }
}
