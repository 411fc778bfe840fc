package io.jenkins.plugins.cvmfs.engine.diagnosis;

/**
 * The explanation of a failure. Each part is one or more sentences.
 *
 * @param cause the name of the cause in docs/troubleshooting.md, or an empty text
 * @param what what failed
 * @param why why it failed
 * @param fix how to fix it
 */
public record Finding(String cause, String what, String why, String fix) {
    /** An explanation whose cause has no name. */
    public Finding(String what, String why, String fix) {
        this("", what, why, fix);
    }

    /** The same, of one of several images. */
    public Finding of(String image) {
        return new Finding(cause, "Image '" + image + "': " + what, why, fix);
    }

    /** The whole explanation as a short block of text. */
    public String message() {
        return what + "\n  Why: " + why + "\n  Fix: " + fix;
    }
}
