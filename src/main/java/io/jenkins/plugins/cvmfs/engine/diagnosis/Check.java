package io.jenkins.plugins.cvmfs.engine.diagnosis;

/**
 * One thing that a build needs.
 *
 * @param what the name of the thing
 * @param state whether it is present
 * @param found what was found
 * @param fix how to fix it, or an empty text if nothing is missing
 */
public record Check(String what, State state, String found, String fix) {
    /** Whether a thing is present. */
    public enum State {
        /** It is present. */
        OK,
        /** Builds may fail because of it. */
        WARNING,
        /** It is missing. */
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
