package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.spec.Source.Script;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Checks where the content comes from. */
final class SourceRules {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern REMOTE =
            Pattern.compile("(?:https?://|git://|ssh://|git@|github\\.com/).*", Pattern.DOTALL);
    private static final String DEFAULT_CONTEXT = ".";

    private final ImageSpecBuilder in;
    private final WorkspaceFiles files;
    private final Problems problems;

    SourceRules(ImageSpecBuilder in, WorkspaceFiles files, Problems problems) {
        this.in = in;
        this.files = files;
        this.problems = problems;
    }

    Source apply(Strategy strategy) {
        boolean hasSetup = in.setup != null || in.setupFile != null || in.setupUrl != null;
        if (!hasSetup && in.setupSha256 != null) {
            problems.add("setupSha256", in.setupSha256, "it is the digest of setupUrl, which is missing");
        }
        return hasSetup ? setup() : dockerfile(strategy);
    }

    private Source dockerfile(Strategy strategy) {
        if (strategy == Strategy.COMMIT) {
            problems.add(
                    "strategy",
                    "commit",
                    "it needs a setup script (setup, setupFile or setupUrl); "
                            + "a Dockerfile is built with strategy buildx");
        }
        if (in.baseImage != null) {
            problems.add("baseImage", in.baseImage, "it goes with a setup script; a Dockerfile names its own in FROM");
        }
        String context = in.context == null ? DEFAULT_CONTEXT : in.context;
        if (path("context", context) && !isRemote(context)) {
            directory("context", context);
            String dockerfile = in.dockerfile == null ? context + "/Dockerfile" : in.dockerfile;
            if (strategy == Strategy.BUILDX && path("dockerfile", dockerfile)) {
                file("dockerfile", dockerfile, "; name an existing Dockerfile, or give a setup script");
            }
        } else if (in.dockerfile != null) {
            path("dockerfile", in.dockerfile);
        }
        if (in.target != null) {
            problems.passable("target", in.target);
        }
        return new Source.Dockerfile(in.dockerfile, context, in.target);
    }

    static boolean isRemote(String context) {
        return REMOTE.matcher(context).matches();
    }

    private boolean path(String option, String value) {
        if (value.equals("-")) {
            problems.add(option, value, "standard input is not allowed, only a path");
            return false;
        }
        return problems.passable(option, value);
    }

    private void directory(String option, String path) {
        if (files.isOutside(path)) {
            problems.add(option, path, "it leads out of the workspace; a directory inside is allowed");
        } else if (!files.isDirectory(path)) {
            problems.add(option, path, "no such directory here; a directory or an URL is allowed");
        }
    }

    private void file(String option, String path, String otherwise) {
        if (files.isOutside(path)) {
            problems.add(option, path, "it leads out of the workspace; a file inside is allowed");
        } else if (!files.isFile(path)) {
            problems.add(option, path, "no such file here" + otherwise);
        }
    }

    private Source setup() {
        notWithSetup("dockerfile", in.dockerfile);
        notWithSetup("context", in.context);
        notWithSetup("target", in.target);
        String baseImage = in.baseImage == null ? ImageSpec.DEFAULT_BASE_IMAGE : in.baseImage;
        if (ImageReference.parse(baseImage).isEmpty()) {
            problems.add("baseImage", baseImage, "[registry[:port]/]repository[:tag][@digest] is allowed");
        }
        return new Source.Setup(script(), baseImage);
    }

    private void notWithSetup(String option, String value) {
        if (value != null) {
            problems.add(option, value, "it is not allowed together with a setup script; give one of the two sources");
        }
    }

    private Script script() {
        if (in.setup != null) {
            onlyOne("setupFile", in.setupFile);
            onlyOne("setupUrl", in.setupUrl);
            problems.writable("setup", in.setup);
            return new Script.Inline(in.setup);
        }
        if (in.setupFile != null) {
            onlyOne("setupUrl", in.setupUrl);
            if (path("setupFile", in.setupFile)) {
                file("setupFile", in.setupFile, "");
            }
            return new Script.File(in.setupFile);
        }
        return url();
    }

    private void onlyOne(String option, String value) {
        if (value != null) {
            problems.add(option, value, "only one of setup, setupFile and setupUrl is allowed");
        }
    }

    private Script url() {
        if (problems.passable("setupUrl", in.setupUrl) && !isHttp(in.setupUrl)) {
            problems.add("setupUrl", in.setupUrl, "an http or https URL without user name and password is allowed");
        }
        if (in.setupSha256 == null) {
            problems.add(
                    "setupSha256", null, "a setupUrl needs the sha256 of what it answers, so that only that is run");
        } else {
            problems.matches("setupSha256", in.setupSha256, SHA256, "64 lower-case hexadecimal digits are allowed");
        }
        return new Script.Url(in.setupUrl, in.setupSha256);
    }

    private static boolean isHttp(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
