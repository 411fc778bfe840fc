package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import java.io.IOException;
import java.util.Optional;

/** What a script has left. */
public interface Results {
    /**
     * The text of a file that the script left; empty if it left none.
     *
     * @throws UnreadableResultException if something else than a regular file is there, or one that is too large
     */
    Optional<String> read(ResultFile file) throws IOException, InterruptedException, UnreadableResultException;
}
