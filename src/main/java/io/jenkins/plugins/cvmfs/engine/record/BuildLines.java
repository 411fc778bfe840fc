package io.jenkins.plugins.cvmfs.engine.record;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The summaries in the log before and after a build. */
public final class BuildLines {
    private static final double THOUSAND = 1000;
    private static final Set<String> NOTHING = Set.of("", "none");

    private BuildLines() {}

    /** Says what is built, from what, by which builder, and where it goes. */
    public static String first(ImageSpec spec) {
        String tags = spec.tags().stream().map(ImageReference::toString).collect(Collectors.joining(", "));
        return (spec.options().makesImage() ? "Building " + tags + " from " + source(spec) : "Checking " + source(spec))
                + " with " + builder(spec) + (spec.readsHost() ? ", reading the agent's " + spec.hostDirectory() : "")
                + destination(spec) + ".";
    }

    /** Says what was built: a line with the tags, then a line for each fact. */
    public static List<String> summary(ImageRecord image) {
        List<String> lines = new ArrayList<>();
        lines.add("Built " + image.images().stream().map(TaggedImage::tag).collect(Collectors.joining(", ")) + " in "
                + seconds(image.durationMillis()) + phases(image));
        image.references().forEach(reference -> lines.add("  pushed: " + reference));
        if (image.imageId() != null) {
            lines.add("  image ID: " + image.imageId());
        }
        List<String> sizes = new ArrayList<>();
        if (image.sizeInEngine() != null) {
            sizes.add(ReadableSize.of(image.sizeInEngine()) + " in the engine");
        }
        if (image.sizeInRegistry() != null) {
            sizes.add(ReadableSize.of(image.sizeInRegistry()) + " in the registry");
        }
        if (!sizes.isEmpty()) {
            lines.add("  size: " + String.join(", ", sizes));
        }
        for (MountedRepository repository : image.repositories()) {
            lines.add("  " + repository.name() + ": revision " + repository.revision()
                    + (repository.rootHash() == null ? "" : ", root hash " + repository.rootHash()));
        }
        if (image.repositories().isEmpty() && image.mounts() != null && !NOTHING.contains(image.mounts())) {
            lines.add("  CVMFS: not known in which revisions; a Dockerfile has them if its last stage mounts by "
                    + "/cvmfs-helper/mount");
        }
        return lines;
    }

    /** The answers of docker to calls about the Dockerfile, one per line, in the format of checks. */
    public static List<String> calls(ImageSpec spec, List<CallResult> calls) {
        return spec.source() instanceof Source.Dockerfile source
                ? calls.stream()
                        .flatMap(call -> call.lines(file(source)).stream())
                        .toList()
                : List.of();
    }

    private static String file(Source.Dockerfile source) {
        return source.dockerfile() == null ? "Dockerfile" : source.dockerfile();
    }

    private static String source(ImageSpec spec) {
        if (spec.source() instanceof Source.Dockerfile source) {
            String file = file(source);
            return source.context().equals(".") ? file : file + " in " + source.context();
        }
        Source.Setup setup = (Source.Setup) spec.source();
        String script = "a setup script";
        if (setup.script() instanceof Source.Script.File file) {
            script = file.path();
        } else if (setup.script() instanceof Source.Script.Url url) {
            script = url.url();
        }
        return script + " in " + setup.baseImage();
    }

    private static String builder(ImageSpec spec) {
        if (spec.strategy() == Strategy.COMMIT) {
            return "docker run and docker commit";
        }
        BuilderSpec builder = spec.builder();
        String kept = builder.keep() ? "a kept " : "an ephemeral ";
        return switch (builder.driver()) {
            case AUTO ->
                spec.readsHost() ? "the engine's own builder" : "the engine's own builder or one in a container";
            case DOCKER -> "the engine's own builder";
            case REMOTE ->
                builder.endpoints().size() > 1
                        ? "one of " + builder.endpoints().size() + " buildkitds"
                        : "the buildkitd at " + builder.endpoint();
            case EXISTING -> "the builder " + builder.name();
            default ->
                builder.name() == null
                        ? kept + builder.driver().text() + " builder"
                        : kept + builder.driver().text() + " builder, " + builder.name();
        };
    }

    private static String destination(ImageSpec spec) {
        List<String> ends = new ArrayList<>();
        if (!spec.options().makesImage()) {
            return "";
        }
        if (spec.load()) {
            ends.add("loading it");
        }
        if (spec.push()) {
            ends.add("pushing it to "
                    + spec.tags().stream()
                            .map(ImageReference::registry)
                            .distinct()
                            .collect(Collectors.joining(" and ")));
        }
        if (!spec.options().outputs().isEmpty()) {
            ends.add("exporting it");
        }
        return ", then " + String.join(" and ", ends);
    }

    private static String phases(ImageRecord image) {
        return image.phases().isEmpty()
                ? ""
                : image.phases().stream()
                        .map(phase -> phase.phase() + " " + seconds(phase.millis()))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String seconds(long millis) {
        return millis < 60_000
                ? String.format(Locale.ROOT, "%.1f s", millis / THOUSAND)
                : millis / 60_000 + " min " + millis % 60_000 / 1000 + " s";
    }
}
