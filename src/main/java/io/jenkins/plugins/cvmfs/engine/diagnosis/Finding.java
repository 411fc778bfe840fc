package io.jenkins.plugins.cvmfs.engine.diagnosis;

/**
 * An answer to a failure, each part one or more sentences.
 *
 * @param what what failed
 * @param why why it failed
 * @param fix what helps
 */
public record Finding(String what, String why, String fix) {
    /** The whole answer as a short block of text. */
    public String message() {
        return what + "\n  Why: " + why + "\n  Fix: " + fix;
    }
}
