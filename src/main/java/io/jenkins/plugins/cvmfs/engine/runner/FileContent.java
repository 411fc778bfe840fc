package io.jenkins.plugins.cvmfs.engine.runner;

import java.io.Serializable;
import java.util.Optional;

/**
 * The content of a file, or why there is none.
 *
 * @param text its text in UTF-8, or null if there is none
 * @param problem why an existing file was not read, or null
 */
public record FileContent(String text, String problem) implements Serializable {
    /** There is no such file. */
    public static final FileContent NONE = new FileContent(null, null);

    private static final int MOST = 200;

    /** The text of a problem is untrusted too, so its length is limited. */
    public FileContent {
        problem = problem == null || problem.length() <= MOST ? problem : problem.substring(0, MOST);
    }

    static FileContent of(String text) {
        return new FileContent(text, null);
    }

    static FileContent refused(String problem) {
        return new FileContent(null, problem);
    }

    /** The text; empty if there is no such file, or it was not read. */
    public Optional<String> readable() {
        return Optional.ofNullable(problem == null ? text : null);
    }
}
