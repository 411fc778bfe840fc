package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.SyntaxDirective;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The frontend of a Dockerfile, and whether it supports {@code RUN --security} (from 1.20, which BuildKit 0.26
 * contains) and {@code RUN --device} (from 1.14-labs, which no BuildKit contains).
 */
final class Frontend {
    private static final int FRONTEND_MINOR = 20;
    private static final int DEVICE_MINOR = 14;
    private static final int BUILDKIT_MINOR = 26;
    private static final Pattern DOCKERS = Pattern.compile("(?:docker\\.io/)?docker/dockerfile(?::(.+))?");
    private static final Pattern UPSTREAM =
            Pattern.compile("(?:docker\\.io/)?docker/dockerfile(?:-upstream)?(?:[:@].+)?");
    private static final Pattern VERSION = Pattern.compile("1\\.([0-9]{1,4})(?:\\.[0-9]{1,4})?");
    private static final Pattern CHANNEL =
            Pattern.compile("(?:latest|labs|1(?:\\.([0-9]{1,4})(?:\\.[0-9]{1,4})?)?(?:-labs)?)");
    private static final Pattern BUILDKIT =
            Pattern.compile("(?:docker\\.io/)?moby/buildkit:v0\\.([0-9]{1,4})\\.[0-9]{1,4}(?:-rootless)?");

    private final CheckOptions.Builder builder;
    private final String image;
    private final boolean told;

    Frontend(CheckOptions options, String text, Dockerfile file) {
        this.builder = options.builder();
        String argument = options.buildArgs().get(SyntaxDirective.ARGUMENT);
        this.image = argument != null && !argument.isEmpty()
                ? SyntaxDirective.image(argument)
                : file.frontend().orElse(null);
        // Older releases of BuildKit take other comments for the directive.
        this.told = image != null
                || SyntaxDirective.frontends(text)
                        .map(Set::isEmpty)
                        .filter(none -> none)
                        .isEmpty();
    }

    /** Whether it reads files like docker's own frontend. */
    boolean isDockers() {
        return !told || image != null && UPSTREAM.matcher(image).matches();
    }

    /** Why it does not support {@code RUN --security}; empty if it does, or if unknown. */
    Optional<Reason> withoutSecurity() {
        String needs = "RUN --security needs the Dockerfile frontend 1." + FRONTEND_MINOR + " or later, but ";
        if (told) {
            Matcher dockers = DOCKERS.matcher(image == null ? "" : image);
            Matcher version = VERSION.matcher(dockers.matches() && dockers.group(1) != null ? dockers.group(1) : "");
            return version.matches() && Integer.parseInt(version.group(1)) < FRONTEND_MINOR
                    ? Optional.of(new Reason(true, needs + "this file is read with " + image))
                    : Optional.empty();
        }
        if (builder.image() == null) {
            return Optional.of(new Reason(
                    false, needs + "this file has no # syntax line, and the builder's own frontend may be older"));
        }
        Matcher buildkit = BUILDKIT.matcher(builder.image());
        return buildkit.matches() && Integer.parseInt(buildkit.group(1)) < BUILDKIT_MINOR
                ? Optional.of(new Reason(builder.certain(), needs + "the one in " + builder.image() + " is older"))
                : Optional.empty();
    }

    /** Why it does not support {@code RUN --device}; empty if it does, or if unknown. */
    Optional<Reason> withoutDevices() {
        String needs = "RUN --device needs the Dockerfile frontend 1." + DEVICE_MINOR + "-labs or later, but ";
        if (!told) {
            boolean certain = builder.certain() && builder.image() != null;
            return Optional.of(new Reason(
                    certain,
                    needs + "this file has no # syntax line, and the builder's own frontend has no labs features"));
        }
        Matcher dockers = DOCKERS.matcher(image == null ? "" : image);
        if (!dockers.matches()) {
            return Optional.empty();
        }
        String tag = dockers.group(1) == null ? "latest" : dockers.group(1);
        Matcher channel = CHANNEL.matcher(tag);
        boolean old = channel.matches()
                && (!tag.endsWith("labs")
                        || channel.group(1) != null && Integer.parseInt(channel.group(1)) < DEVICE_MINOR);
        return old ? Optional.of(new Reason(true, needs + "this file is read with " + image)) : Optional.empty();
    }

    /**
     * Why a frontend cannot read the file.
     *
     * @param certain whether the build must fail
     * @param text why
     */
    record Reason(boolean certain, String text) {}
}
