package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.SyntaxDirective;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What reads the Dockerfile, and whether it knows {@code RUN --security}: Dockerfile 1.20, which BuildKit 0.26 has
 * inside.
 */
final class Frontend {
    private static final int FRONTEND_MINOR = 20;
    private static final int BUILDKIT_MINOR = 26;
    private static final Pattern DOCKERS = Pattern.compile("(?:docker\\.io/)?docker/dockerfile(?::(.+))?");
    private static final Pattern VERSION = Pattern.compile("1\\.([0-9]{1,4})(?:\\.[0-9]{1,4})?");
    private static final Pattern BUILDKIT =
            Pattern.compile("(?:docker\\.io/)?moby/buildkit:v0\\.([0-9]{1,4})\\.[0-9]{1,4}(?:-rootless)?");
    private static final String MEND = "; write # syntax=docker/dockerfile:1 into the first line";

    private final ImageSpec spec;
    private final String image;
    private final boolean told;

    Frontend(ImageSpec spec, String text, Dockerfile file) {
        this.spec = spec;
        String argument = spec.options().buildArgs().get("BUILDKIT_SYNTAX");
        this.image = argument != null && !argument.isEmpty()
                ? SyntaxDirective.image(argument)
                : file.syntax()
                        .map(syntax -> SyntaxDirective.image(syntax.value()))
                        .orElse(null);
        // BuildKit also takes other comments and JSON, which the reader does not know.
        this.told = image != null
                || SyntaxDirective.frontends(text)
                        .map(Set::isEmpty)
                        .filter(none -> none)
                        .isEmpty();
    }

    /** Whether it reads files as docker's own does. */
    boolean isDockers() {
        return !told || image != null && DOCKERS.matcher(image).matches();
    }

    /**
     * Why it cannot read {@code RUN --security}, and how to fix it; with whether that is certain. Empty if it can, or
     * nobody can tell.
     */
    Optional<Reason> ignorance() {
        if (!told) {
            return builtin();
        }
        Matcher dockers = DOCKERS.matcher(image == null ? "" : image);
        if (!dockers.matches() || dockers.group(1) == null) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(dockers.group(1));
        return version.matches() && Integer.parseInt(version.group(1)) < FRONTEND_MINOR
                ? Optional.of(new Reason(
                        true,
                        "RUN --security needs the Dockerfile frontend 1." + FRONTEND_MINOR + ", and the file asks for "
                                + image + MEND))
                : Optional.empty();
    }

    private Optional<Reason> builtin() {
        BuilderSpec builder = spec.builder();
        if (!builder.made()) {
            return Optional.of(new Reason(
                    false,
                    "RUN --security needs the Dockerfile frontend 1." + FRONTEND_MINOR
                            + ", and without a # syntax line the file is read by that of the builder, which may be older"
                            + MEND));
        }
        Matcher buildkit = BUILDKIT.matcher(builder.image());
        return buildkit.matches() && Integer.parseInt(buildkit.group(1)) < BUILDKIT_MINOR
                ? Optional.of(new Reason(
                        builder.name() == null && builder.driver() != Driver.AUTO,
                        "RUN --security needs the Dockerfile frontend 1." + FRONTEND_MINOR + ", and that of "
                                + builder.image() + " is older" + MEND))
                : Optional.empty();
    }

    /**
     * Why a frontend cannot read the file.
     *
     * @param certain whether the build must fail
     * @param text why, and how to fix it
     */
    record Reason(boolean certain, String text) {}
}
