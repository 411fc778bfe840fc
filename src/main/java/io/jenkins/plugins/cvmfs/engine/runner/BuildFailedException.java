package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Finding;

/** A build that made no image. */
public final class BuildFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    /** @param finding what failed, why, and how to fix it */
    public BuildFailedException(Finding finding) {
        super(finding.message());
        this.finding = finding;
    }

    /** What failed, why, and how to fix it. */
    public Finding finding() {
        return finding;
    }
}
