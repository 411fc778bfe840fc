package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.diagnosis.FrontEnd;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The place where a build runs: a machine with a private directory (mode 0700) for this build.
 *
 * <p>Front ends differ only in their site; {@link ImageBuild} runs the same steps for all.
 */
public interface Site extends Results {
    /** Creates the files in the private directory. */
    void layDown(List<PlannedFile> files) throws IOException, InterruptedException;

    /** Starts {@code sh PRIVATE-DIRECTORY/build.sh} as one process and passes on its output immediately. */
    void start() throws IOException, InterruptedException;

    /**
     * How the script ended. A site that waits for its process does so here, and stops it if the thread is interrupted.
     * Others are called after the script has ended.
     *
     * @throws BuildFailedException if the script left no exit code
     */
    Outcome collect() throws BuildFailedException, IOException, InterruptedException;

    /**
     * The results of one of several images.
     *
     * @param folder the image's, below the private directory
     */
    Results in(String folder) throws IOException, InterruptedException;

    /** The name of the image among several; empty for the only one. */
    default String image() {
        return "";
    }

    /** How users of this site spell an option, given its name. */
    default UnaryOperator<String> naming() {
        return FrontEnd.PLAIN.naming();
    }

    /** Stops what still runs and removes the private directory. Does nothing if that has been done. */
    void close() throws IOException, InterruptedException;
}
