package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.dockerfile.SetupDockerfile;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.SyntaxDirective;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The frontends that may read the Dockerfile of an insecure build: a frontend decides itself which RUN is insecure.
 *
 * @param listed the policy's list; none for docker's own
 */
record FrontendRule(List<String> listed) {
    private static final String ANY = "*";
    private static final List<String> OFFICIAL = List.of("docker/dockerfile");
    private static final String IMAGE = "docker-image://";

    /** The suffix that buildx appends to the name of a context for one platform. */
    private static final String FOR_PLATFORM = "::";

    /** Whether {@code text} is a valid entry of the list. */
    static boolean isEntry(String text) {
        return text.equals(ANY) || ImageReference.parse(text).isPresent();
    }

    /**
     * The reason why a build is refused; empty if it is allowed.
     *
     * @param dockerfile the text of the Dockerfile; empty if it cannot be read before the build
     */
    Optional<String> refusal(ImageSpec spec, Optional<String> dockerfile) {
        if (spec.strategy() == Strategy.COMMIT || allowed().contains(ANY)) {
            return Optional.empty();
        }
        String rule = "insecure builds may use only the frontends " + String.join(", ", allowed())
                + " (insecure policy: frontends";
        Optional<Set<String>> frontends = frontends(spec, dockerfile);
        if (frontends.isEmpty()) {
            String why = dockerfile
                    .flatMap(SyntaxDirective::obstacle)
                    .map(obstacle -> "The frontend of the Dockerfile is not known, because " + obstacle)
                    .orElse("The Dockerfile cannot be read before the build, so its frontend is not known");
            return Optional.of(why + "; " + rule + "; * allows every frontend).");
        }
        return frontends.get().stream()
                .filter(frontend -> !isAllowed(frontend))
                .findFirst()
                .map(frontend -> "The Dockerfile is read with the frontend '" + frontend + "'; " + rule + ").")
                .or(() -> replaced(spec, frontends.get())
                        .map(context -> "buildContexts replaces a frontend with '" + context + "'; " + rule + ")."));
    }

    private List<String> allowed() {
        return listed.isEmpty() ? OFFICIAL : listed;
    }

    private static Optional<Set<String>> frontends(ImageSpec spec, Optional<String> dockerfile) {
        Optional<String> text = spec.source() instanceof Source.Setup setup
                ? Optional.of(SetupDockerfile.text(spec, setup))
                : dockerfile;
        return SyntaxDirective.frontends(spec.options().buildArgs(), text);
    }

    /** BuildKit looks for images, including a frontend's, in the named contexts first. */
    private Optional<String> replaced(ImageSpec spec, Set<String> frontends) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(frontends.stream(), allowed().stream())
                .flatMap(image -> ImageReference.parse(image).stream())
                .map(ImageReference::canonicalName)
                .forEach(names::add);
        return spec.options().buildContexts().entrySet().stream()
                .filter(context -> names.contains(image(context.getKey())))
                .filter(context -> !context.getValue().startsWith(IMAGE)
                        || !isAllowed(context.getValue().substring(IMAGE.length())))
                .map(context -> context.getKey() + "=" + context.getValue())
                .findFirst();
    }

    private static String image(String context) {
        String name = context.contains(FOR_PLATFORM) ? context.substring(0, context.indexOf(FOR_PLATFORM)) : context;
        return ImageReference.parse(name).map(ImageReference::canonicalName).orElse("");
    }

    private boolean isAllowed(String frontend) {
        return allowed().stream().anyMatch(entry -> matches(entry, frontend));
    }

    private static boolean matches(String entry, String frontend) {
        Optional<ImageReference> allowed = ImageReference.parse(entry);
        Optional<ImageReference> asked = ImageReference.parse(frontend);
        return allowed.isPresent()
                && asked.isPresent()
                && allowed.get().canonicalName().equals(asked.get().canonicalName())
                && (allowed.get().tag() == null
                        || allowed.get().tag().equals(asked.get().tag()))
                && (allowed.get().digest() == null
                        || allowed.get().digest().equals(asked.get().digest()));
    }
}
