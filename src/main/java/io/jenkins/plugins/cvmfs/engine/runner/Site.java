package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.diagnosis.FrontEnd;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The place where a build runs: a machine with one private directory (mode 0700) of this build.
 *
 * <p>The front ends differ in their site alone; {@link ImageBuild} takes each through the same steps.
 */
public interface Site extends Results {
    /** Creates the files in the private directory. */
    void layDown(List<PlannedFile> files) throws IOException, InterruptedException;

    /** Starts {@code sh PRIVATE-DIRECTORY/build.sh} as one process, whose output is passed on as it comes. */
    void start() throws IOException, InterruptedException;

    /**
     * How the script ended. A site that waits for its process does so here, and stops it if the thread is interrupted;
     * others are asked when the script has ended.
     *
     * @throws BuildFailedException if the script left nothing that says how it ended
     */
    Outcome collect() throws BuildFailedException, IOException, InterruptedException;

    /**
     * What the script has left of one of several images.
     *
     * @param folder the image's, below the private directory
     */
    Results in(String folder) throws IOException, InterruptedException;

    /** The name of the image that is built here, if others are built by the same call; empty for the only one. */
    default String image() {
        return "";
    }

    /** How those who build here spell an option, given its name. */
    default UnaryOperator<String> naming() {
        return FrontEnd.PLAIN.naming();
    }

    /** Removes the private directory and all in it, and stops what still runs; does nothing if that is done. */
    void close() throws IOException, InterruptedException;
}
