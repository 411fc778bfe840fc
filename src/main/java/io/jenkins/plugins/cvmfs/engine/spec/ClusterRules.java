package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the settings of the pods of driver kubernetes. */
final class ClusterRules {
    private static final String OFFICIAL = "docker.io/moby/buildkit";

    private final GivenOptions in;
    private final BuilderSpec builder;
    private final Problems problems;

    ClusterRules(GivenOptions in, BuilderSpec builder, Problems problems) {
        this.in = in;
        this.builder = builder;
        this.problems = problems;
    }

    void check() {
        if (builder.rootless()) {
            rootless();
        }
        if (builder.hasVolume() && !builder.keep()) {
            problems.add(
                    BuilderTable.DRIVER_OPTS,
                    BuilderSpec.VOLUME + "=" + builder.driverOpts().get(BuilderSpec.VOLUME),
                    "the volume is for the cache of a builder that is kept, and would stay after one that is not; "
                            + "expected {builderKeep}, or a builder without a volume");
        }
    }

    /** buildx uses its rootless image only if no image is given, and other images do not start without root. */
    private void rootless() {
        Optional.ofNullable(builder.settings().text(BuilderTable.IMAGE))
                .flatMap(ImageReference::parse)
                .filter(image -> image.canonicalName().equals(OFFICIAL)
                        && image.tag() != null
                        && !image.tag().endsWith("rootless"))
                .ifPresent(image -> problems.add(
                        BuilderTable.IMAGE,
                        builder.image(),
                        "with rootless=true expected an image of BuildKit that needs no root, such as "
                                + BuilderSpec.DEFAULT_IMAGE + BuilderSpec.ROOTLESS));
        boolean setsUp = Stream.of(ImageTable.SETUP, ImageTable.SETUP_FILE, ImageTable.SETUP_URL)
                .anyMatch(in::has);
        if (setsUp && in.flag(ImageTable.INSECURE)) {
            problems.add(
                    BuilderTable.DRIVER_OPTS,
                    "rootless=true",
                    "a setup script mounts CVMFS, and only pods with root have /dev/fuse; leave it out, or with a script "
                            + "that needs no CVMFS set {insecure} to false");
        }
    }
}
