package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

/** Ends the reading of a file at its first mistake. */
final class UnacceptedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Mistake mistake;

    UnacceptedException(int line, String text, String fix) {
        super(text);
        this.mistake = new Mistake(line, text, fix);
    }

    Mistake mistake() {
        return mistake;
    }
}
