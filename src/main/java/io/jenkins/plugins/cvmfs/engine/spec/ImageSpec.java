package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.CvmfsAccess;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.HostDirectory;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.util.List;

/** The validated, immutable description of one derived image. */
public final class ImageSpec {
    /** The default base image. */
    public static final String DEFAULT_BASE_IMAGE = ImageTable.DEFAULT_BASE_IMAGE;

    private final GivenOptions values;
    private final List<ImageReference> tags;
    private final Source source;
    private final Strategy strategy;
    private final Mounts mounts;
    private final CvmfsClient client;
    private final BuilderSpec builder;

    /** Called by {@link SpecRules}, which has checked the parts. */
    ImageSpec(
            GivenOptions values,
            List<ImageReference> tags,
            Source source,
            Strategy strategy,
            Mounts mounts,
            CvmfsClient client,
            BuilderSpec builder) {
        this.values = values;
        this.tags = List.copyOf(tags);
        this.source = source;
        this.strategy = strategy;
        this.mounts = mounts;
        this.client = client;
        this.builder = builder;
    }

    /**
     * Creates a description.
     *
     * @param files looks up the named files
     * @throws InvalidSpecException with every mistake, if there is any
     */
    public static ImageSpec of(GivenOptions given, WorkspaceFiles files) throws InvalidSpecException {
        return new SpecRules(given, files).apply();
    }

    /** The tags of the image, at least one. */
    public List<ImageReference> tags() {
        return tags;
    }

    /** Where the content comes from. */
    public Source source() {
        return source;
    }

    /** How it is built. */
    public Strategy strategy() {
        return strategy;
    }

    /** The CVMFS repositories to mount. */
    public Mounts mounts() {
        return mounts;
    }

    /** The settings of the CVMFS client. */
    public CvmfsClient client() {
        return client;
    }

    /** The builder of the buildx strategy. */
    public BuilderSpec builder() {
        return builder;
    }

    /** The other options of the build. */
    public BuildOptions options() {
        return new BuildOptions(values);
    }

    /** All options as given, with the source's defaults. */
    public GivenOptions values() {
        return values.copy();
    }

    /** Numeric user id for the content, or null for that of the agent's user. */
    public String uid() {
        return values.text(ImageTable.UID);
    }

    /** Numeric group id for the content, or null for that of the agent's user. */
    public String gid() {
        return values.text(ImageTable.GID);
    }

    /** Whether the image is kept in the engine. */
    public boolean load() {
        Boolean load = values.choice(ImageTable.LOAD);
        return load == null ? !goesElsewhere() : load;
    }

    /** Whether the image is pushed under every tag. */
    public boolean push() {
        return values.flag(ImageTable.PUSH);
    }

    /** Whether the build may request {@code security.insecure}; one that mounts nothing need not. */
    public boolean insecure() {
        return values.flag(ImageTable.INSECURE) && !readsHost();
    }

    /** Which client provides CVMFS to the build. */
    public CvmfsAccess access() {
        return CvmfsAccess.of(values.text(ClientTable.ACCESS));
    }

    /** Whether the build reads the agent's own CVMFS instead of mounting. */
    public boolean readsHost() {
        return access() == CvmfsAccess.HOST;
    }

    /** The directory of CVMFS on the engine's machine. */
    public String hostDirectory() {
        String directory = values.text(ClientTable.HOST_PATH);
        return directory == null ? HostDirectory.DEFAULT : directory;
    }

    /**
     * A shell command that must succeed in a container of the image, with the same mounts, before the image is
     * published; or null.
     */
    public String smokeTest() {
        return values.text(ImageTable.SMOKE_TEST);
    }

    /** Whether the commit strategy empties the CVMFS cache before the image is made. */
    public boolean wipeCache() {
        return values.flag(ImageTable.WIPE_CACHE);
    }

    /** Whether the image is pushed or exported. */
    public boolean goesElsewhere() {
        return push() || !options().outputs().isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageSpec spec && values.equals(spec.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
