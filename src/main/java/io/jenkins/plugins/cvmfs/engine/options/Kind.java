package io.jenkins.plugins.cvmfs.engine.options;

/** The type of an option's value. */
public enum Kind {
    /** A text of one line. */
    TEXT,
    /** A script or configuration, in which nothing is expanded. */
    SCRIPT,
    /** Yes or no. */
    FLAG,
    /** Yes, no, or unset. */
    SWITCH,
    /** Texts, one per line. */
    LIST,
    /** Entries {@code name=value}, each name once. */
    MAP,
    /** Settings with their own form, only in Jenkins. */
    OBJECT;

    /** Whether it has several values. */
    public boolean hasSeveral() {
        return this == LIST || this == MAP;
    }
}
