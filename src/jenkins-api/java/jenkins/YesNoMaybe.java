package jenkins;

/** Of org.jenkins-ci.main:jenkins-core. */
public enum YesNoMaybe {
    MAYBE, NO, YES
}
