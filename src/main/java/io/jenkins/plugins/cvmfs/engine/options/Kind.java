package io.jenkins.plugins.cvmfs.engine.options;

/** What the value of an option is. */
public enum Kind {
    /** A text of one line. */
    TEXT,
    /** A text that is a script or a configuration of its own; nothing in it is expanded. */
    SCRIPT,
    /** Yes or no. */
    FLAG,
    /** Yes, no, or left to something else. */
    SWITCH,
    /** Texts, each on a line of its own. */
    LIST,
    /** {@code name=value} entries, each name once. */
    MAP,
    /** Settings with a form of their own, in Jenkins alone. */
    OBJECT;

    /** Whether it has several values. */
    public boolean hasSeveral() {
        return this == LIST || this == MAP;
    }
}
