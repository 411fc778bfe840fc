package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import java.io.IOException;
import java.util.Optional;

/** The results that a script left. */
public interface Results {
    /**
     * The text of a result file; empty if there is none.
     *
     * @throws UnreadableResultException if it is not a regular file, or too large
     */
    Optional<String> read(ResultFile file) throws IOException, InterruptedException, UnreadableResultException;
}
