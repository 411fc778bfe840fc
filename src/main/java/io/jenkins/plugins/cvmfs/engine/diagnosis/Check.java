package io.jenkins.plugins.cvmfs.engine.diagnosis;

/**
 * One thing that a build needs.
 *
 * @param what the thing
 * @param state whether it is there
 * @param found what was found
 * @param fix how to fix it, or an empty text where nothing is lacking
 */
public record Check(String what, State state, String found, String fix) {
    /** Whether a thing is there. */
    public enum State {
        /** It is. */
        OK,
        /** Builds may fail for it. */
        WARNING,
        /** It is not. */
        LACKING
    }

    static Check ok(String what, String found) {
        return new Check(what, State.OK, found, "");
    }

    static Check warning(String what, String found, String fix) {
        return new Check(what, State.WARNING, found, fix);
    }

    static Check lacking(String what, String found, String fix) {
        return new Check(what, State.LACKING, found, fix);
    }
}
