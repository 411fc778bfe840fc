package io.jenkins.plugins.cvmfs.engine.login;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.SyntaxDirective;
import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.Csv;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The images, besides its tags, for which a build may need a login. */
public final class ImagesUsed {
    private static final String CONTEXT = "docker-image://";
    private static final String GENERATOR = "generator=";

    /** BuildKit's default. */
    private static final String DEFAULT_GENERATOR = "docker.io/docker/buildkit-syft-scanner:stable-1";

    private static final Pattern CACHE = Pattern.compile("(?:^|.*,)\\s*\"?ref=([^,\"]+)\"?(?:,.*)?", Pattern.DOTALL);
    private static final Pattern REGISTRY_CACHE =
            Pattern.compile("(?:^|.*,)\\s*\"?type=registry\"?(?:,.*)?", Pattern.DOTALL);

    private ImagesUsed() {}

    /**
     * The images that a build reads, and the caches that it writes: base images, images of COPY and of mounts, the
     * Dockerfile's frontend, build contexts that are images, caches in registries, generators of SBOMs, and an
     * explicitly named BuildKit image.
     *
     * @param dockerfile the text of the Dockerfile; empty if it cannot be read before the build
     */
    public static List<ImageReference> of(ImageSpec spec, Optional<String> dockerfile) {
        BuildOptions options = spec.options();
        Set<String> images = new LinkedHashSet<>();
        if (spec.source() instanceof Source.Setup setup) {
            images.add(setup.baseImage());
        }
        dockerfile
                .flatMap(Dockerfile::parse)
                .map(file ->
                        file.images(options.buildArgs(), options.buildContexts().keySet()))
                .ifPresent(images::addAll);
        Optional.ofNullable(options.buildArgs().get(SyntaxDirective.ARGUMENT))
                .map(SyntaxDirective::image)
                .ifPresent(images::add);
        options.buildContexts().values().stream()
                .filter(context -> context.startsWith(CONTEXT))
                .map(context -> context.substring(CONTEXT.length()))
                .forEach(images::add);
        Stream.of(options.cacheFrom(), options.cacheTo())
                .flatMap(List::stream)
                .flatMap(cache -> cache(cache).stream())
                .forEach(images::add);
        generators(options).forEach(images::add);
        builder(spec.builder()).ifPresent(images::add);
        return images.stream()
                .flatMap(image -> ImageReference.parse(image.strip()).stream())
                .toList();
    }

    /** The generator of the SBOM, which runs in containers of the builder. */
    private static Stream<String> generators(BuildOptions options) {
        String sbom = options.sbom();
        Stream<String> asked = sbom == null || sbom.equals("false") ? Stream.empty() : Stream.of(sbom);
        return Stream.concat(asked, options.attestations().stream().filter(BuildOptions::isSbom))
                .map(row -> Csv.fields(row).orElse(List.of()).stream()
                        .filter(field -> field.startsWith(GENERATOR))
                        .findFirst()
                        .map(field -> field.substring(GENERATOR.length()))
                        .orElse(DEFAULT_GENERATOR));
    }

    /**
     * The engine pulls the BuildKit image of a builder that the build creates. A login is needed only if the image is
     * named.
     */
    private static Optional<String> builder(BuilderSpec builder) {
        boolean named = builder.made() && builder.settings().has(BuilderTable.IMAGE);
        return named ? Optional.of(builder.image()) : Optional.empty();
    }

    private static Optional<String> cache(String cache) {
        if (cache.indexOf('=') < 0) {
            return Optional.of(cache);
        }
        Matcher reference = CACHE.matcher(cache);
        return REGISTRY_CACHE.matcher(cache).matches() && reference.matches()
                ? Optional.of(reference.group(1))
                : Optional.empty();
    }
}
