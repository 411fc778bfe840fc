package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.Csv;
import io.jenkins.plugins.cvmfs.engine.options.CvmfsAccess;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Pin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Facts about given options, which may still be invalid. */
final class GivenFacts {
    private static final String MULTI_PLATFORM = "BUILDKIT_MULTI_PLATFORM";
    private static final String OFFICIAL = "docker.io/moby/buildkit";

    private GivenFacts() {}

    /** Whether the source is a setup script. */
    static boolean setsUp(GivenOptions in) {
        return Stream.of(ImageTable.SETUP, ImageTable.SETUP_FILE, ImageTable.SETUP_URL)
                .anyMatch(in::has);
    }

    static boolean isCommit(GivenOptions in) {
        return "commit".equals(in.text(ImageTable.STRATEGY));
    }

    /** The driver of the builder; empty for strategy commit. */
    static Optional<Driver> driver(GivenOptions in) {
        return isCommit(in) ? Optional.empty() : Optional.of(BuilderRules.driver(in));
    }

    /** Whether the build reads the agent's own CVMFS. */
    static boolean isHost(GivenOptions in) {
        return CvmfsAccess.of(in.text(ClientTable.ACCESS)) == CvmfsAccess.HOST;
    }

    /** Whether the setup script mounts in a RUN of its own Dockerfile. */
    static boolean mountsInRun(GivenOptions in) {
        boolean mounts = Optional.ofNullable(in.text(ImageTable.MOUNTS))
                .flatMap(Mounts::parse)
                .filter(Mounts::any)
                .isPresent();
        return setsUp(in)
                && mounts
                && !isCommit(in)
                && CvmfsAccess.of(in.text(ClientTable.ACCESS)) == CvmfsAccess.CLIENT;
    }

    /** Whether no output writes a file or directory. */
    static boolean writesNothing(GivenOptions in) {
        return new BuildOptions(in).outputPaths().isEmpty();
    }

    /** Whether the image is an index of several manifests. */
    static boolean hasIndex(GivenOptions in) {
        return in.list(BuildTable.PLATFORMS).size() > 1
                || new BuildOptions(in).attests()
                || in.map(BuildTable.BUILD_ARGS).containsKey(MULTI_PLATFORM);
    }

    /** What is no pin is another mistake. */
    static boolean isHash(String written) {
        return Pin.parse(written)
                .filter(pin -> !pin.parameter().equals(Pin.ROOT_HASH))
                .isEmpty();
    }

    static boolean isCluster(GivenOptions in) {
        return driver(in).filter(driver -> driver == Driver.KUBERNETES).isPresent();
    }

    static boolean isRootless(GivenOptions in) {
        return isCluster(in) && BuilderSpec.isRootless(in);
    }

    /** Whether an image of BuildKit does not start in rootless pods. */
    static boolean needsRoot(String image) {
        return Optional.ofNullable(image)
                .flatMap(ImageReference::parse)
                .filter(named -> named.canonicalName().equals(OFFICIAL)
                        && named.tag() != null
                        && !named.tag().endsWith("rootless"))
                .isPresent();
    }

    /** The type of an attestation, or the whole text if it has none. */
    static String typeOf(String attestation) {
        return Csv.fields(attestation).stream()
                .flatMap(List::stream)
                .filter(field -> field.startsWith("type="))
                .findFirst()
                .orElse(attestation);
    }
}
