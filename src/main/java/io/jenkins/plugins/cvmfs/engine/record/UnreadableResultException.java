package io.jenkins.plugins.cvmfs.engine.record;

/** A result file is missing, incomplete, or invalid. */
public final class UnreadableResultException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final String USUAL_FIX =
            "Check whether the disk that holds temporary files is full, then build again.";

    private final String fix;

    /**
     * @param what the file
     * @param why the problem
     */
    public UnreadableResultException(String what, String why) {
        this(what + " cannot be read: " + why, USUAL_FIX, null);
    }

    private UnreadableResultException(String message, String fix, Throwable cause) {
        super(message, cause);
        this.fix = fix;
    }

    /** The same for a file from the image, which its Dockerfile or base image may have written. */
    UnreadableResultException ofImage(String path) {
        return new UnreadableResultException(
                getMessage(),
                "Allow only the mounts to write " + path + ": nothing in the Dockerfile or its base image may "
                        + "change it.",
                this);
    }

    /** How to fix it. */
    public String fix() {
        return fix;
    }
}
