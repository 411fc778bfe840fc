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

/** One derived image as it is wanted, checked once; immutable. */
public final class ImageSpec {
    /** The base image unless the configuration or the user names another one. */
    public static final String DEFAULT_BASE_IMAGE = ImageTable.DEFAULT_BASE_IMAGE;

    private final GivenOptions values;
    private final List<ImageReference> tags;
    private final Source source;
    private final Strategy strategy;
    private final Mounts mounts;
    private final CvmfsClient client;
    private final BuilderSpec builder;

    /** Made by {@link SpecRules}, which has checked the parts. */
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
     * The image that was described.
     *
     * @param files tells which of the named files are there
     * @throws InvalidSpecException with every mistake, if there is any
     */
    public static ImageSpec of(GivenOptions given, WorkspaceFiles files) throws InvalidSpecException {
        return new SpecRules(given, files).apply();
    }

    /** The references the image gets, at least one. */
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

    /** How the CVMFS client is set up. */
    public CvmfsClient client() {
        return client;
    }

    /** The builder of the buildx strategy. */
    public BuilderSpec builder() {
        return builder;
    }

    /** What else the build is told. */
    public BuildOptions options() {
        return new BuildOptions(values);
    }

    /** All options as they were given, with the source's defaults. */
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

    /** Whether the build may ask for {@code security.insecure}; one that mounts nothing need not. */
    public boolean insecure() {
        return values.flag(ImageTable.INSECURE) && !readsHost();
    }

    /** Whose client gives the build its CVMFS. */
    public CvmfsAccess access() {
        return CvmfsAccess.of(values.text(ClientTable.ACCESS));
    }

    /** Whether the build reads the agent's own CVMFS, and mounts nothing. */
    public boolean readsHost() {
        return access() == CvmfsAccess.HOST;
    }

    /** Where the machine of the engine has its own CVMFS. */
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

    /** Whether the image is given to somebody else than the engine. */
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
