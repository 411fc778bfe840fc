package io.jenkins.plugins.cvmfs.engine.record;

import io.jenkins.plugins.cvmfs.engine.dockerfile.RevisionStage;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Creates the record of a build from its results.
 *
 * <p>What buildx calls "digest" depends on driver and output. Only a pushed image has a registry digest; the digest of
 * a configuration, or of a manifest that is in no registry, is never used as one.
 */
public final class RecordReader {
    private final ImageSpec spec;
    private final Map<ResultFile, String> results;

    /**
     * @param spec the requested image
     * @param results the result files of the script
     */
    public RecordReader(ImageSpec spec, Map<ResultFile, String> results) {
        this.spec = spec;
        this.results = Map.copyOf(results);
    }

    /**
     * The record of the image.
     *
     * @param startedAt when the build started
     * @param duration how long it took
     * @throws UnreadableResultException if a file lacks what it must contain
     */
    public ImageRecord read(Instant startedAt, Duration duration) throws UnreadableResultException {
        boolean commit = spec.strategy() == Strategy.COMMIT;
        Optional<BuildMetadata> metadata =
                commit ? Optional.empty() : Optional.of(BuildMetadata.read(required(ResultFile.METADATA)));
        Optional<EngineImage> image = commit || spec.load()
                ? Optional.of(EngineImage.read("the engine's answer on the image", required(ResultFile.IMAGE)))
                : Optional.empty();
        Optional<RegistryManifest> manifest = manifest(metadata);
        List<TaggedImage> images = images(metadata, image, manifest);
        String digest = images.get(0).digest();
        return new ImageRecord(
                ImageRecord.SCHEMA_VERSION,
                spec.strategy().name().toLowerCase(Locale.ROOT),
                commit ? null : driver(),
                endpoint(),
                images,
                digest,
                digest == null
                        ? null
                        : manifest.flatMap(RegistryManifest::mediaType)
                                .or(() -> metadata.flatMap(BuildMetadata::mediaType))
                                .orElse(null),
                imageId(metadata, image),
                spec.load(),
                spec.push(),
                image.map(EngineImage::size).orElse(null),
                manifest.map(RegistryManifest::size).orElse(null),
                platforms(metadata, image, manifest),
                manifest.map(RegistryManifest::images).orElse(List.of()),
                OutputFile.read(results.getOrDefault(ResultFile.OUTPUTS, ""), outputs()),
                spec.mounts().text(),
                repositories(),
                baseImages(metadata),
                new InputsReader(spec, results.getOrDefault(ResultFile.SOURCE, "")).read(),
                startedAt.toString(),
                duration.toMillis(),
                PhaseTime.read(results.getOrDefault(ResultFile.TIMES, "")),
                BuildSteps.read(results.getOrDefault(ResultFile.STEPS, "")),
                calls());
    }

    private List<CallResult> calls() throws UnreadableResultException {
        List<CallResult> calls = new ArrayList<>();
        for (String call : spec.options().calls()) {
            calls.add(CallReader.read(call, required(CallReader.file(call))));
        }
        return calls;
    }

    private List<OutputFile.Asked> outputs() {
        return spec.options().outputPaths().entrySet().stream()
                .map(entry -> new OutputFile.Asked(entry.getKey(), entry.getValue()))
                .toList();
    }

    private String driver() throws UnreadableResultException {
        Driver driver = spec.builder().driver();
        if (driver != Driver.AUTO) {
            return driver.text();
        }
        String chosen = required(ResultFile.DRIVER).strip();
        return Driver.of(chosen)
                .map(Driver::text)
                .orElseThrow(
                        () -> Grammar.invalid(ResultFile.DRIVER.fileName(), "driver", chosen, "a driver of buildx"));
    }

    /** Of several the script says which one built the image; it is one of those that were asked for. */
    private String endpoint() {
        BuilderSpec builder = spec.builder();
        if (builder.endpoints().size() < 2) {
            return builder.endpoint();
        }
        String chosen = results.getOrDefault(ResultFile.ENDPOINT, "").strip();
        return builder.endpoints().contains(chosen) ? chosen : null;
    }

    private String required(ResultFile file) throws UnreadableResultException {
        String text = results.get(file);
        if (text == null || text.isBlank()) {
            throw new UnreadableResultException(file.fileName(), text == null ? "it is not there" : "it is empty");
        }
        return text;
    }

    private List<TaggedImage> images(
            Optional<BuildMetadata> metadata, Optional<EngineImage> image, Optional<RegistryManifest> manifest)
            throws UnreadableResultException {
        List<TaggedImage> images = new ArrayList<>();
        for (ImageReference tag : spec.tags()) {
            String digest = spec.push() ? registryDigest(tag, metadata, image, manifest) : null;
            images.add(new TaggedImage(tag.toString(), digest, digest == null ? null : tag.pinned(digest)));
        }
        return images;
    }

    private static String registryDigest(
            ImageReference tag,
            Optional<BuildMetadata> metadata,
            Optional<EngineImage> image,
            Optional<RegistryManifest> manifest)
            throws UnreadableResultException {
        Optional<String> digest = Optional.empty();
        if (metadata.isPresent()) {
            digest = manifest.map(RegistryManifest::digest).or(metadata.get()::digest);
        } else if (image.isPresent()) {
            digest = image.get().repositoryDigest(tag);
        }
        return digest.orElseThrow(() ->
                new UnreadableResultException("the digest of " + tag, "it was pushed, but no digest was noted for it"));
    }

    /**
     * The image's file may also list repositories that its base image was built with, and a Dockerfile may name
     * repositories to the helper.
     */
    private List<MountedRepository> repositories() throws UnreadableResultException {
        boolean any =
                spec.source() instanceof Source.Dockerfile || spec.mounts().any();
        try {
            return MountedRepository.read(results.getOrDefault(ResultFile.REPOSITORIES, "")).stream()
                    .filter(repository -> any && spec.mounts().mayHave(repository.name()))
                    .toList();
        } catch (UnreadableResultException e) {
            throw e.ofImage(RevisionStage.FILE);
        }
    }

    private Optional<RegistryManifest> manifest(Optional<BuildMetadata> metadata) throws UnreadableResultException {
        String text = results.get(ResultFile.MANIFEST);
        Optional<String> built = metadata.flatMap(BuildMetadata::digest);
        boolean told = spec.push() && built.isPresent() && text != null && !text.isBlank();
        return told ? RegistryManifest.read(text, built.get()) : Optional.empty();
    }

    private String imageId(Optional<BuildMetadata> metadata, Optional<EngineImage> image)
            throws UnreadableResultException {
        Optional<String> config = metadata.flatMap(BuildMetadata::configDigest);
        // The iidfile holds the configuration's digest, except where it repeats that of an index.
        Optional<String> iid = Optional.of(
                        results.getOrDefault(ResultFile.IMAGE_ID, "").strip())
                .filter(id -> !id.isEmpty()
                        && !metadata.flatMap(BuildMetadata::digest).equals(Optional.of(id)));
        if (iid.isPresent()) {
            Grammar.DIGEST.held(ResultFile.IMAGE_ID.fileName(), "image ID", iid.get());
        }
        return image.flatMap(EngineImage::id).or(() -> config).or(() -> iid).orElse(null);
    }

    private List<String> platforms(
            Optional<BuildMetadata> metadata, Optional<EngineImage> image, Optional<RegistryManifest> manifest) {
        List<String> indexed = manifest.map(RegistryManifest::platforms).orElse(List.of());
        if (!indexed.isEmpty()) {
            return indexed;
        }
        if (!spec.options().platforms().isEmpty()) {
            return spec.options().platforms();
        }
        return image.flatMap(EngineImage::platform)
                .or(() -> metadata.flatMap(BuildMetadata::platform))
                .map(List::of)
                .orElse(List.of());
    }

    private List<BaseImage> baseImages(Optional<BuildMetadata> metadata) throws UnreadableResultException {
        if (metadata.isPresent()) {
            return metadata.get().baseImages();
        }
        Source.Setup source = (Source.Setup) spec.source();
        String[] lines = required(ResultFile.BASE_IMAGE).split("\n");
        EngineImage base = EngineImage.read("the engine's answer on the base image", lines[lines.length - 1]);
        Optional<ImageReference> named = ImageReference.parse(source.baseImage());
        return List.of(new BaseImage(
                source.baseImage(),
                named.isPresent() ? base.repositoryDigest(named.get()).orElse(null) : null));
    }
}
