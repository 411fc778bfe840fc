package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import java.io.IOException;
import java.util.List;

/** The place where a build runs: a machine with one private directory (mode 0700) of this build's own. */
public interface Site extends Results {
    /** Puts the files into the private directory. */
    void layDown(List<PlannedFile> files) throws IOException, InterruptedException;

    /**
     * Runs {@code sh PRIVATE-DIRECTORY/build.sh} as one process and waits for it, passing its output on as it comes.
     */
    Outcome run() throws IOException, InterruptedException;

    /** Removes the private directory and all in it; does nothing if that is done. */
    void remove() throws IOException, InterruptedException;
}
