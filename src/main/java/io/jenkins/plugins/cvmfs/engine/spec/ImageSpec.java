package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.util.List;

/**
 * One derived image as it is wanted; made by {@link ImageSpecBuilder}, which checks it.
 *
 * @param tags the references the image gets, at least one
 * @param source where the content comes from
 * @param strategy how it is built
 * @param mounts the CVMFS repositories to mount
 * @param client how the CVMFS client is set up
 * @param uid numeric user id for the content, or null for that of the agent's user
 * @param gid numeric group id for the content, or null for that of the agent's user
 * @param load whether the image is kept in the engine
 * @param push whether the image is pushed under every tag
 * @param options what else the build is told
 * @param insecure whether the build may ask for {@code security.insecure}
 * @param builder the builder of the buildx strategy
 * @param smokeTest a shell command that must succeed in a container of the image, with the same mounts, before the
 *     image is published; or null
 * @param wipeCache whether the commit strategy empties the CVMFS cache before the image is made
 */
public record ImageSpec(
        List<ImageReference> tags,
        Source source,
        Strategy strategy,
        Mounts mounts,
        CvmfsClient client,
        String uid,
        String gid,
        boolean load,
        boolean push,
        BuildOptions options,
        boolean insecure,
        BuilderSpec builder,
        String smokeTest,
        boolean wipeCache) {
    /** The base image unless the configuration or the user names another one. */
    public static final String DEFAULT_BASE_IMAGE = "aperloff/cms-cvmfs-docker:latest";

    /** Whether the image is given to somebody else than the engine. */
    public boolean goesElsewhere() {
        return push || !options.outputs().isEmpty();
    }
}
