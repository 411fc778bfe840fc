package io.jenkins.plugins.cvmfs.engine.record;

/** A file that should tell what was made is missing, cut short, or not what it should be. */
public final class UnreadableResultException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param what the file
     * @param why what is wrong with it
     */
    public UnreadableResultException(String what, String why) {
        super(what + " cannot be read: " + why);
    }
}
