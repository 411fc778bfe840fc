package io.jenkins.plugins.cvmfs.engine.dockerfile;

import java.util.Optional;

/** A stage that contains only {@link #FILE}, so that a build can export it. */
public final class RevisionStage {
    /**
     * The file in the image with the mounted state of each repository: one line each with name, revision and root hash,
     * {@code -} for unknown.
     */
    public static final String FILE = "/usr/share/cvmfs-derived-image/repositories";

    /** The stage's name. */
    public static final String NAME = "cvmfs-revisions";

    /** Name of a user's Dockerfile with the stage below. */
    public static final String DOCKERFILE = "revisions.Dockerfile";

    private RevisionStage() {}

    /** @param stage the name or number of the stage that mounts */
    static String of(String stage) {
        return "FROM scratch AS " + NAME + "\nCOPY --from=" + stage + " " + FILE + " /\n";
    }

    /**
     * The text to append to a user's Dockerfile.
     *
     * @param target the name of the stage that is built, or null for the last
     * @return empty if there is no such stage, or one of this name already
     */
    public static Optional<String> below(String dockerfile, String target) {
        StageNames stages = new StageNames(dockerfile);
        int stage = target == null ? stages.count() - 1 : stages.last(target);
        return stage < 0 || stages.has(NAME) ? Optional.empty() : Optional.of(of(String.valueOf(stage)));
    }
}
