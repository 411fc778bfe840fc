package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import java.io.IOException;
import java.util.Optional;

/** What a script has left. */
public interface Results {
    /** The text of a file that the script left; empty if it left none. */
    Optional<String> read(ResultFile file) throws IOException, InterruptedException;
}
