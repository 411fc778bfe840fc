package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** A build failed. */
public final class BuildFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    /** @param finding what failed, why, and how to fix it */
    public BuildFailedException(Finding finding) {
        this(finding, finding.message());
    }

    /** The same for one of several images. */
    BuildFailedException of(String image) {
        return new BuildFailedException(finding.of(image));
    }

    /** Several images that failed in one call; the finding is that of the first. */
    public static BuildFailedException of(List<BuildFailedException> all) {
        return new BuildFailedException(
                all.get(0).finding, all.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
    }

    private BuildFailedException(Finding finding, String message) {
        super(message);
        this.finding = finding;
    }

    /** What failed, why, and how to fix it. */
    public Finding finding() {
        return finding;
    }
}
